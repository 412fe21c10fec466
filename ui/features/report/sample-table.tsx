import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo, For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { dataOf } from "../../kit/data-of.ts";
import { goneRun } from "../../kit/gone-run.ts";
import { ListView } from "../../kit/list-view.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Titled } from "../../kit/titled.tsx";
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
    <Titled
      id="samples"
      title={t().report.samples}
      text={props.view.sort === "gain" ? t().find.intro : t().report.samplesIntro}
      class="scroll-mt-16"
    >
      <SampleToolbar report={props.report} view={props.view} onView={props.onView} />
      <ListView
        query={query}
        skeleton={<div class="skeleton mt-3 h-96" />}
        errorClass="mt-3"
        gone={goneRun()}
      >
        <Show when={samples().length > 0} fallback={<NoSamples {...props} />}>
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
        </Show>
      </ListView>
    </Titled>
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

function NoSamples(props: { view: SampleView; onView: (view: Partial<SampleView>) => void }) {
  return (
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
  );
}
