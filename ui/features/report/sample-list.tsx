import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo, For, Match, Show, Switch } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { dataOf } from "../../kit/data-of.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { LoadMore } from "../../kit/load-more.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { samplesQuery } from "./report-queries.ts";
import { SampleLine } from "./sample-line.tsx";
import { SampleToolbar } from "./sample-toolbar.tsx";
import { FIRST_VIEW, filterOf, isFiltered, type SampleView } from "./sample-view.ts";

/** The samples of a run, where a repair would gain most first; filters and order live in the address. */
export function SampleList(props: {
  report: Report;
  view: SampleView;
  onView: (view: Partial<SampleView>) => void;
  hrefOf: (sampleId: string) => string;
}) {
  const words = useMetricWords();
  const { query, samples } = useSamples(
    () => props.report,
    () => props.view,
  );
  return (
    <section aria-labelledby="samples" class="scroll-mt-16">
      <h2 id="samples" class="text-lg font-semibold">
        {t().report.samples}
      </h2>
      <p class="mt-1 text-sm text-soft">
        {props.view.sort === "gain" ? t().find.intro : t().report.samplesIntro}
      </p>
      <SampleToolbar report={props.report} view={props.view} onView={props.onView} />
      <Switch>
        <Match when={query.isPending}>
          <div class="skeleton mt-3 h-96" />
        </Match>
        <Match when={query.isError && samples().length === 0 && query.error}>
          {(error) => (
            <div class="mt-3">
              <ErrorNotice
                error={error()}
                onRetry={() => query.refetch()}
                gone={{
                  title: t().report.gone,
                  text: t().report.goneText,
                  href: "/runs",
                  link: t().report.toRuns,
                }}
              />
            </div>
          )}
        </Match>
        <Match when={samples().length === 0}>
          <div class="card mt-3 flex flex-wrap items-center gap-4 p-5">
            <p class="text-soft">{t().report.noSamples}</p>
            <Show when={isFiltered(props.view)}>
              <button
                type="button"
                class="button"
                onClick={() => props.onView({ ...FIRST_VIEW, sort: props.view.sort })}
              >
                {t().report.clear}
              </button>
            </Show>
          </div>
        </Match>
        <Match when={true}>
          <ul class="card sample-lines mt-3 divide-y divide-line">
            <For each={samples()}>
              {(sample) => (
                <SampleLine
                  sample={sample}
                  metrics={props.report.run.metrics}
                  words={words}
                  href={props.hrefOf(sample.sample_id)}
                />
              )}
            </For>
          </ul>
          <LoadMore
            hasMore={query.hasNextPage}
            isLoading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </Match>
      </Switch>
    </section>
  );
}

/** The samples of a run in the reader's order, weakest first; list and sample view walk the same pages. */
export function useSamples(report: () => Report, view: () => SampleView) {
  const words = useMetricWords();
  const isLowerBetter = () => words.info(view().sort)?.direction === "lower";
  const query = useInfiniteQuery(() =>
    samplesQuery(report().run.run_id, filterOf(view(), isLowerBetter())),
  );
  const samples = createMemo(() => dataOf(query)?.pages.flatMap((page) => page.samples) ?? []);
  return { query, samples };
}
