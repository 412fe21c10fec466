import type { SearchParams } from "@solidjs/router";
import { createSignal, type JSX, lazy, onCleanup, onMount, Show, Suspense } from "solid-js";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import { t } from "../../i18n/translate.ts";
import { listen } from "../../kit/listen.ts";
import { Titled } from "../../kit/titled.tsx";
import { AdviceCards, AdviceDocument } from "./advice.tsx";
import { CauseList, GroupTable } from "./causes-and-groups.tsx";
import { Distribution } from "./distribution.tsx";
import { MethodFooter } from "./method-footer.tsx";
import { SampleList } from "./sample-list.tsx";
import { SamplePanel } from "./sample-panel.tsx";
import { type SampleView, writeView } from "./sample-view.ts";
import { VerdictStrip } from "./verdict-strip.tsx";

const Scatter = lazy(() => import("./scatter.tsx"));

/** The report from the result down to how it was measured. */
export function ReportSections(props: {
  report: ReviewedReport;
  /** A run of one sample shows it in the place of the list. */
  onlySampleId: string | null;
  view: SampleView;
  search: Partial<SearchParams>;
  onSearch: (search: Record<string, string | null>) => void;
  hrefOf: (sampleId: string) => string;
  hrefWith: (more: Record<string, string | null>) => string;
}) {
  const run = () => props.report.run;
  const hrefOfCause = (cause: string) => `${props.hrefWith({ cause })}#samples`;
  const first = () => props.report.lowest[0]?.sample_id;
  const axes = () => ({
    x: axisOf("x", "context_recall", run().metrics[1]),
    y: axisOf("y", "faithfulness", run().metrics[0]),
  });
  function axisOf(side: "x" | "y", usual: string, other: string | undefined): string {
    const asked = props.search[side];
    if (typeof asked === "string" && run().metrics.includes(asked)) return asked;
    return run().metrics.includes(usual) ? usual : (other ?? usual);
  }
  return (
    <>
      <VerdictStrip
        report={props.report}
        reviewHref={props.onlySampleId === null && first() ? props.hrefOf(first() ?? "") : null}
      />
      <Titled id="advice" title={t().report.advice}>
        <AdviceCards report={props.report} hrefOfCause={hrefOfCause} />
        <Show when={props.report.artifacts.includes("optimization_advice.md")}>
          <AdviceDocument runId={run().run_id} />
        </Show>
      </Titled>
      <Show
        when={props.onlySampleId}
        fallback={
          <NextTask>
            <CauseList report={props.report} hrefOfCause={hrefOfCause} />
            <Distribution
              report={props.report}
              onBar={(metric, low, high) => {
                props.onSearch({ metric, above: String(low), below: String(high) });
                document.getElementById("samples")?.scrollIntoView();
              }}
            />
            <Show when={run().metrics.length > 1 && run().total_samples > 2}>
              <Titled id="scatter" title={t().scatter.title} text={t().scatter.intro}>
                <div class="mt-3">
                  <WhenNear height="h-[26rem]">
                    <Suspense fallback={<div class="skeleton h-[26rem]" />}>
                      <Scatter
                        report={props.report}
                        axes={axes()}
                        onAxes={props.onSearch}
                        hrefOf={props.hrefOf}
                      />
                    </Suspense>
                  </WhenNear>
                </div>
              </Titled>
            </Show>
            <GroupTable report={props.report} />
            <NextTask isLast>
              <SampleList
                report={props.report}
                view={props.view}
                onView={(next) => props.onSearch(writeView(next))}
                hrefOf={props.hrefOf}
              />
              <MethodFooter report={props.report} />
            </NextTask>
          </NextTask>
        }
      >
        {(id) => (
          <>
            <SamplePanel
              runId={run().run_id}
              sampleId={id()}
              metrics={run().metrics}
              listHref={null}
            />
            <MethodFooter report={props.report} />
          </>
        )}
      </Show>
    </>
  );
}

let isFirstVisit = true;

/**
 * What stands further down is drawn in a task of its own, so that a page that opens answers in between. Only at first:
 * who comes back finds the page as tall as it was, and so the place they left.
 */
function NextTask(props: { isLast?: boolean; children: JSX.Element }) {
  const [isDue, setIsDue] = createSignal(!isFirstVisit);
  if (!isDue()) {
    const timer = setTimeout(() => {
      if (props.isLast) isFirstVisit = false;
      setIsDue(true);
    });
    onCleanup(() => clearTimeout(timer));
  }
  return <Show when={isDue()}>{props.children}</Show>;
}

/** What is below the fold is neither loaded nor drawn before the reader comes near it, or prints. */
function WhenNear(props: { height: string; children: JSX.Element }) {
  const [isNear, setIsNear] = createSignal(false);
  let place: HTMLDivElement | undefined;
  const come = () => setIsNear(true);
  onMount(() => {
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && come(),
      { rootMargin: "400px" },
    );
    if (place) observer.observe(place);
    onCleanup(() => observer.disconnect());
  });
  listen(window, "beforeprint", come);
  return (
    <Show when={isNear()} fallback={<div ref={place} class={props.height} />}>
      {props.children}
    </Show>
  );
}
