import { useSearchParams } from "@solidjs/router";
import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo, createSignal, createUniqueId, lazy, Show, Suspense } from "solid-js";
import type { RunRow } from "../../../src/contract/run.ts";
import { t } from "../../i18n/translate.ts";
import { dataOf } from "../../kit/data-of.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { ListView } from "../../kit/list-view.tsx";
import { isScoped, type ListSearch, readScope } from "../../kit/lists/list-scope.ts";
import { ScopeBar } from "../../kit/lists/scope-bar.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { runName } from "../../kit/run-name.tsx";
import { saveFile } from "../../kit/save-file.ts";
import { CompareBar } from "./compare-bar.tsx";
import { createRunsView, runsQuery } from "./create-runs-view.ts";
import { RunCards } from "./run-cards.tsx";
import { judgeRun } from "./run-gate.ts";
import type { RunChoice } from "./run-parts.tsx";
import { RunTable } from "./run-table.tsx";
import { sortRuns } from "./runs-view.ts";

const ViewPanel = lazy(() => import("./view-panel.tsx"));
const TrendStrip = lazy(() => import("./trend-strip.tsx"));

/** 运行列表: one row for each report. What narrows, sorts and judges the list lives in the address. */
export default function RunsPage() {
  const [search, setSearch] = useSearchParams<ListSearch & { judge: string }>();
  const scope = createMemo(() => readScope(search));
  const judge = () => search.judge ?? "";
  const query = useInfiniteQuery(() => runsQuery({ ...scope(), judge: judge() }));
  const runs = createMemo(() => dataOf(query)?.pages.flatMap((page) => page.runs) ?? []);
  const { view, known, setColumns, setRules, isBaseGone } = createRunsView(runs);
  const sorted = createMemo(() => sortRuns(runs(), view.sorting, runName));
  const words = useMetricWords();
  const [isOpen, setIsOpen] = createSignal(false);
  const panelId = createUniqueId();
  const [chosenIds, setChosenIds] = createSignal<readonly string[]>([]);
  const choice: RunChoice = {
    isChosen: (run) => chosenIds().includes(run.run_id),
    // A third choice takes the place of the first.
    toggle: ({ run_id: id }) =>
      setChosenIds((ids) =>
        ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-2),
      ),
  };
  const tags = createMemo(() => [
    ...new Set(runs().flatMap((run) => Object.entries(run.tags).map((tag) => tag.join("=")))),
  ]);
  async function saveCsv(): Promise<void> {
    const { runsToCsv } = await import("./runs-csv.ts");
    const verdictOf = (run: RunRow) =>
      view.rules.length > 0
        ? judgeRun(run, view.rules, words.info).verdict
        : (run.gate?.verdict ?? "");
    const text = runsToCsv(sorted(), view.metrics, runName, verdictOf);
    saveFile("runs.csv", text, "text/csv;charset=utf-8");
  }

  return (
    <>
      <PageHeading title={t().runs.title} intro={t().runs.intro}>
        <button type="button" class="button" onClick={() => query.refetch()}>
          <Icon name="refresh" class={query.isFetching ? "animate-spin" : ""} />
          <span class="max-sm:sr-only">{t().app.refresh}</span>
        </button>
      </PageHeading>
      <ScopeBar scope={scope()} tags={tags()} onChange={(part) => setSearch({ ...part })}>
        <button
          type="button"
          class="button"
          aria-expanded={isOpen()}
          aria-controls={panelId}
          disabled={runs().length === 0}
          onClick={() => setIsOpen((was) => !was)}
        >
          <Icon name="columns" />
          {t().runs.view.title}
        </button>
        <button type="button" class="button" disabled={runs().length === 0} onClick={saveCsv}>
          <Icon name="download" />
          {t().runs.view.csv}
        </button>
        <Show when={judge() !== ""}>
          <button type="button" class="button" onClick={() => setSearch({ judge: "" })}>
            {t().runs.judge}: {judge()}
            <Icon name="cross" class="size-3" />
            <span class="sr-only">{t().lists.remove(t().runs.judge)}</span>
          </button>
        </Show>
      </ScopeBar>
      <Show when={isOpen() && runs().length > 0}>
        <Suspense>
          <ViewPanel
            id={panelId}
            known={known()}
            columns={view.metrics}
            rules={view.rules}
            onColumns={setColumns}
            onRules={setRules}
          />
        </Suspense>
      </Show>
      <Show when={isBaseGone()}>
        <p role="status" class="mt-4 rounded-field bg-warn-wash px-3 py-2 text-sm text-warn">
          {t().runs.versus.gone}
        </p>
      </Show>
      <ListView query={query}>
        <Show
          when={runs().length > 0}
          fallback={
            <Show when={isScoped(scope()) || judge() !== ""} fallback={<NoRuns />}>
              <section class="card mt-6 p-6">
                <h2 class="font-semibold">{t().runs.emptyFilterTitle}</h2>
                <a class="button mt-4" href="/runs">
                  {t().runs.clearFilter}
                </a>
              </section>
            </Show>
          }
        >
          <Suspense fallback={<div class="mt-6 h-36" />}>
            <TrendStrip metrics={view.metrics} tag={scope().tag} />
          </Suspense>
          <Show when={view.base}>
            {(base) => (
              <p class="mt-4 text-sm text-soft">{t().runs.versus.note(runName(base()))}</p>
            )}
          </Show>
          <RunTable runs={sorted()} view={view} choice={choice} />
          <RunCards runs={sorted()} view={view} choice={choice} />
          <p class="mt-3 flex flex-wrap gap-x-3 text-xs text-faint">
            <span>
              {query.hasNextPage
                ? t().runs.shownSoFar(formatCount(runs().length))
                : t().jobs.shown(formatCount(runs().length))}
            </span>
            <span>{t().score.legend}</span>
          </p>
        </Show>
      </ListView>
      <CompareBar
        chosen={runs().filter(choice.isChosen)}
        base={view.base}
        onClear={() => setChosenIds([])}
      />
    </>
  );
}

function NoRuns() {
  return (
    <section class="card mt-6 p-6 sm:p-8">
      <h2 class="text-lg font-semibold">{t().runs.emptyTitle}</h2>
      <p class="mt-1 text-soft">{t().runs.emptyText}</p>
      <a class="button button-primary mt-4" href="/submit">
        {t().runs.emptyAction}
      </a>
    </section>
  );
}
