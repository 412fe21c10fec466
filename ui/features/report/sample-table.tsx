import { useNavigate } from "@solidjs/router";
import { useInfiniteQuery } from "@tanstack/solid-query";
import { createMemo, For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { dataOf } from "../../kit/data-of.ts";
import { formatCount } from "../../kit/format.ts";
import { goneRun } from "../../kit/gone-run.ts";
import { isLetterKey } from "../../kit/letter-keys.ts";
import { ListView } from "../../kit/list-view.tsx";
import { listen } from "../../kit/listen.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { keyOf } from "../evidence/review-keys.ts";
import { FIRST_VIEW, filterOf, type SampleView } from "./first-view.ts";
import { samplesQuery } from "./report-queries.ts";
import { SampleRowView } from "./sample-row-view.tsx";
import { SampleToolbar } from "./sample-toolbar.tsx";
import { isFiltered, turnAt } from "./sample-view.ts";

const MOST_COLUMNS = 5;

/** The samples of a run, where a repair would gain most first; filters and order live in the address. */
export function SampleTable(props: {
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
  /** What is looked for stands first where there is no room for all. */
  const metrics = createMemo(() => {
    const asked = [props.view.metric, props.view.sort];
    const all = props.report.run.metrics;
    return [
      ...all.filter((metric) => asked.includes(metric)),
      ...all.filter((metric) => !asked.includes(metric)),
    ]
      .slice(0, MOST_COLUMNS)
      .sort((a, b) => all.indexOf(a) - all.indexOf(b));
  });
  const leftOut = () => props.report.run.total_samples - samples().length;
  const navigate = useNavigate();
  // `j` and `k` walk the rows, Enter opens one as any link; `r` begins to review.
  listen(document, "keydown", (event) => {
    if (!isLetterKey(event)) return;
    const links = [...document.querySelectorAll("a.sample-link")];
    const at = document.activeElement ? links.indexOf(document.activeElement) : -1;
    const key = keyOf(event);
    const first = samples()[0];
    if (key === "r" && first) navigate(props.hrefOf(first.sample_id), { scroll: false });
    else if (key === "j") focusOn(links[Math.min(at + 1, links.length - 1)]);
    else if (key === "k") focusOn(links[Math.max(at - 1, 0)]);
    else return;
    event.preventDefault();
  });
  return (
    <section aria-labelledby="samples" class="min-w-0 scroll-mt-16">
      <h2 id="samples" class="sr-only">
        {t().report.samples}
      </h2>
      <SampleToolbar
        report={props.report}
        view={props.view}
        onView={props.onView}
        reviewHref={samples()[0] ? props.hrefOf(samples()[0]?.sample_id ?? "") : null}
      />
      <ListView
        query={query}
        skeleton={<div class="skeleton mt-2 h-96" />}
        errorClass="mt-2"
        gone={goneRun()}
      >
        <Show when={samples().length > 0} fallback={<NoSamples {...props} />}>
          <table class="sample-table card mt-2">
            <thead>
              <tr>
                <th scope="col">{t().report.samples}</th>
                <For each={metrics()}>
                  {(metric) => (
                    <th
                      scope="col"
                      class="w-20 text-right text-balance"
                      title={words.title(metric)}
                    >
                      {words.title(metric)}
                    </th>
                  )}
                </For>
                <th scope="col" class="w-28">
                  {t().report.cause}
                </th>
              </tr>
            </thead>
            <tbody class="sample-rows">
              <For each={samples()}>
                {(sample, at) => (
                  <SampleRowView
                    sample={sample}
                    turn={turnAt(props.report, props.view, at())}
                    metrics={metrics()}
                    words={words}
                    href={props.hrefOf(sample.sample_id)}
                  />
                )}
              </For>
            </tbody>
          </table>
          <Show when={leftOut() > 0}>
            <p class="mt-2 hidden text-sm print:block">
              {t().report.leftOut(formatCount(leftOut()))}
            </p>
          </Show>
        </Show>
      </ListView>
    </section>
  );
}

/** The samples of a run in the reader's order, weakest first; table and sample view walk the same pages. */
export function useSamples(report: () => Report, view: () => SampleView) {
  const words = useMetricWords();
  const isLowerBetter = () => words.info(view().sort)?.direction === "lower";
  const query = useInfiniteQuery(() =>
    samplesQuery(report().run.run_id, filterOf(view(), isLowerBetter())),
  );
  const samples = createMemo(() => dataOf(query)?.pages.flatMap((page) => page.samples) ?? []);
  return { query, samples };
}

function focusOn(link: Element | undefined): void {
  if (link instanceof HTMLElement) link.focus();
}

function NoSamples(props: { view: SampleView; onView: (view: Partial<SampleView>) => void }) {
  return (
    <div class="card mt-2 flex flex-wrap items-center gap-4 p-5">
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
