import { useSearchParams } from "@solidjs/router";
import { useInfiniteQuery, useQuery } from "@tanstack/solid-query";
import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  lazy,
  Show,
  Suspense,
} from "solid-js";
import type { RunRow } from "../../../src/contract/run.ts";
import { t } from "../../i18n/translate.ts";
import { createTyping } from "../../kit/create-typing.ts";
import { dataOf } from "../../kit/data-of.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { ListView } from "../../kit/list-view.tsx";
import { isScoped, type ListSearch, readScope } from "../../kit/lists/list-scope.ts";
import { ScopeBar } from "../../kit/lists/scope-bar.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { CardSkeletons } from "../../kit/page-skeleton.tsx";
import { runName } from "../../kit/run-name.tsx";
import { saveFile } from "../../kit/save-file.ts";
import { CompareBar } from "./compare-bar.tsx";
import { createRunsView, runsQuery } from "./create-runs-view.ts";
import { RunCards } from "./run-cards.tsx";
import { judgeRun } from "./run-gate.ts";
import type { RunChoice } from "./run-parts.tsx";
import { RunTable } from "./run-table.tsx";
import { sortRuns } from "./runs-view.ts";
import { TrendChart, trendQuery } from "./trend-chart.tsx";

const ViewPanel = lazy(() => import("./view-panel.tsx"));

/** 运行列表: one row for each report. What narrows, sorts and judges the list lives in the address. */
export default function RunsPage() {
  const [search, setSearch] = useSearchParams<
    ListSearch & { judge: string; q: string; singles: string; trend: string }
  >();
  const scope = createMemo(() => readScope(search));
  const judge = () => search.judge ?? "";
  const q = () => search.q ?? "";
  // Who has sent nothing but single calls sees those.
  const [isAllSingle, setIsAllSingle] = createSignal(false);
  const hasSingles = () => search.singles === "yes" || isAllSingle();
  const isNarrowed = () => isScoped(scope()) || judge() !== "" || q() !== "";
  const query = useInfiniteQuery(() =>
    runsQuery({ ...scope(), judge: judge(), q: q(), hasSingles: hasSingles() || isNarrowed() }),
  );
  const trend = useQuery(() => trendQuery(search.trend ?? "faithfulness", scope().tag));
  createEffect(() => {
    const first = dataOf(query)?.pages[0];
    if (first?.runs.length === 0 && !first.has_more && !isNarrowed()) setIsAllSingle(true);
  });
  const [typed, type] = createTyping(q, (text) => setSearch({ q: text }, { replace: true }));
  const isWaiting = () => trend.isPending || (query.isPlaceholderData && runs().length === 0);
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
      <PageHeading title={t().runs.title}>
        <button type="button" class="button" onClick={() => query.refetch()}>
          <Icon name="refresh" class={query.isFetching ? "animate-spin" : ""} />
          <span class="max-sm:sr-only">{t().app.refresh}</span>
        </button>
      </PageHeading>
      <ScopeBar scope={scope()} tags={tags()} onChange={(part) => setSearch({ ...part })}>
        <label class="relative min-w-40 flex-1">
          <span class="sr-only">{t().runs.search}</span>
          <Icon
            name="search"
            class="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint"
          />
          <input
            type="search"
            class="field py-1.5 pl-9"
            placeholder={t().runs.search}
            value={typed()}
            onInput={(event) => type(event.currentTarget.value)}
          />
        </label>
        <label class="flex items-center gap-2 text-sm text-soft">
          <input
            type="checkbox"
            class="size-4 accent-accent-fill"
            checked={hasSingles() || isNarrowed()}
            disabled={isAllSingle() || isNarrowed()}
            onChange={(event) => setSearch({ singles: event.currentTarget.checked ? "yes" : "" })}
          />
          {t().runs.singles}
        </label>
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
          when={runs().length > 0 && !isWaiting()}
          fallback={
            <Show
              when={isNarrowed()}
              fallback={
                <Show when={isWaiting() || !isAllSingle()} fallback={<NoRuns />}>
                  <CardSkeletons />
                </Show>
              }
            >
              <section class="card mt-6 p-6">
                <h2 class="font-semibold">{t().runs.emptyFilterTitle}</h2>
                <a class="button mt-4" href="/runs">
                  {t().runs.clearFilter}
                </a>
              </section>
            </Show>
          }
        >
          <Show when={(trend.data?.points.length ?? 0) > 1 && trend.data}>
            {(known) => (
              <TrendChart
                trend={known()}
                metrics={view.metrics}
                runs={runs()}
                onMetric={(metric) => setSearch({ trend: metric }, { scroll: false })}
              />
            )}
          </Show>
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
