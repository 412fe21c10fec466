import { For, Match, Show, Switch } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { useMetricWords } from "../../metric-words.ts";
import { ErrorNotice } from "../error-notice.tsx";
import { LoadMore } from "../load-more.tsx";
import { SampleLine } from "./sample-line.tsx";
import { type SampleView, useSamples } from "./use-samples.ts";

/** The samples of a run, weakest first; sorting and cause live in the address. */
export function SampleList(props: {
  report: Report;
  view: SampleView;
  onView: (view: Partial<SampleView>) => void;
  hrefOf: (sampleId: string) => string;
}) {
  const words = useMetricWords();
  const run = () => props.report.run;
  const { query, samples } = useSamples(
    () => props.report,
    () => props.view,
  );
  const causes = () => Object.keys(props.report.diagnosis);
  return (
    <section aria-labelledby="samples">
      <div class="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h2 id="samples" class="text-lg font-semibold">
            {t().report.samples}
          </h2>
          <p class="mt-1 text-sm text-soft">{t().report.samplesIntro}</p>
        </div>
        <div class="flex flex-wrap gap-3 print:hidden">
          <label class="grid grid-cols-1 gap-1 text-xs text-faint">
            {t().report.sortBy}
            <select
              class="field w-auto py-1.5 text-sm"
              value={props.view.sort}
              onChange={(event) => props.onView({ sort: event.currentTarget.value })}
            >
              <option value="">{t().report.sortSubmitted}</option>
              <For each={run().metrics}>
                {(metric) => (
                  <option value={metric} selected={props.view.sort === metric}>
                    {t().report.lowestOf(words.title(metric))}
                  </option>
                )}
              </For>
            </select>
          </label>
          <Show when={causes().length > 0}>
            <label class="grid grid-cols-1 gap-1 text-xs text-faint">
              {t().report.cause}
              <select
                class="field w-auto py-1.5 text-sm"
                value={props.view.cause}
                onChange={(event) => props.onView({ cause: event.currentTarget.value })}
              >
                <option value="">{t().report.allCauses}</option>
                <For each={causes()}>
                  {(cause) => (
                    <option value={cause} selected={props.view.cause === cause}>
                      {wordFor(t().causes, cause)}
                    </option>
                  )}
                </For>
              </select>
            </label>
          </Show>
        </div>
      </div>
      <Switch>
        <Match when={query.isPending}>
          <div class="skeleton mt-3 h-64" />
        </Match>
        <Match when={query.isError && samples().length === 0 && query.error}>
          {(error) => (
            <div class="mt-3">
              <ErrorNotice error={error()} onRetry={() => query.refetch()} />
            </div>
          )}
        </Match>
        <Match when={samples().length === 0}>
          <div class="card mt-3 flex flex-wrap items-center gap-4 p-5">
            <p class="text-soft">{t().report.noSamples}</p>
            <button type="button" class="button" onClick={() => props.onView({ cause: "" })}>
              {t().report.clear}
            </button>
          </div>
        </Match>
        <Match when={true}>
          <ul class="card mt-3 divide-y divide-line">
            <For each={samples()}>
              {(sample) => (
                <SampleLine
                  sample={sample}
                  metrics={run().metrics}
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
