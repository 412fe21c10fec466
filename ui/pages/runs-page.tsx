import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo, createSignal, Match, Show, Switch } from "solid-js";
import type { Run } from "../../src/contract.ts";
import type { RunChoice } from "../components/choose-run.tsx";
import { CompareBar } from "../components/compare-bar.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Icon } from "../components/icon.tsx";
import { LoadMore } from "../components/load-more.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { CardSkeletons } from "../components/page-skeleton.tsx";
import { RunCards } from "../components/run-cards.tsx";
import { RunTable } from "../components/run-table.tsx";
import { formatCount } from "../format.ts";
import { t } from "../i18n/translate.ts";
import { runsQuery } from "../queries.ts";

/** As many as fit beside name and advice without scrolling. */
const METRIC_COLUMNS = 4;

/** 运行列表: one row for each report. */
export default function RunsPage() {
  const query = useInfiniteQuery(runsQuery);
  const runs = createMemo(() =>
    query.isPending ? [] : (query.data?.pages.flatMap((page) => page.runs) ?? []),
  );
  const metrics = createMemo(() => mostUsed(runs(), METRIC_COLUMNS));
  const [chosenIds, setChosenIds] = createSignal<readonly string[]>([]);
  const choice: RunChoice = {
    isChosen: (run) => chosenIds().includes(run.run_id),
    // A third choice takes the place of the first.
    toggle: ({ run_id: id }) =>
      setChosenIds((ids) =>
        ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id].slice(-2),
      ),
  };
  return (
    <>
      <PageHeading title={t().runs.title} intro={t().runs.intro}>
        <button type="button" class="button" onClick={() => query.refetch()}>
          <Icon name="refresh" class={query.isFetching ? "animate-spin" : ""} />
          <span class="max-sm:sr-only">{t().app.refresh}</span>
        </button>
      </PageHeading>
      <Switch>
        <Match when={query.isPending}>
          <CardSkeletons />
        </Match>
        <Match when={query.isError && runs().length === 0 && query.error}>
          {(error) => (
            <div class="mt-6">
              <ErrorNotice error={error()} onRetry={() => query.refetch()} />
            </div>
          )}
        </Match>
        <Match when={runs().length === 0}>
          <section class="card mt-6 p-6 sm:p-8">
            <h2 class="text-lg font-semibold">{t().runs.emptyTitle}</h2>
            <p class="mt-1 text-soft">{t().runs.emptyText}</p>
            <a class="button button-primary mt-4" href="/submit">
              {t().runs.emptyAction}
            </a>
          </section>
        </Match>
        <Match when={true}>
          <RunTable runs={runs()} metrics={metrics()} choice={choice} />
          <RunCards runs={runs()} choice={choice} />
          <p class="mt-3 flex flex-wrap gap-x-3 text-xs text-faint">
            <span>{t().jobs.shown(formatCount(runs().length))}</span>
            <span>{t().score.legend}</span>
            <Show when={query.isRefetchError}>
              <span class="text-bad">{t().app.updateFailed}</span>
            </Show>
          </p>
          <LoadMore
            hasMore={query.hasNextPage}
            isLoading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
          <CompareBar chosen={runs().filter(choice.isChosen)} onClear={() => setChosenIds([])} />
        </Match>
      </Switch>
    </>
  );
}

/** The metrics most runs have, so that columns are full; equals stay in the order the runs name them. */
function mostUsed(runs: readonly Run[], n: number): string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const metric of run.metrics) counts.set(metric, (counts.get(metric) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, n)
    .map(([metric]) => metric);
}
