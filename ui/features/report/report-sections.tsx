import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import type { Run } from "../../../src/contract/run.ts";
import { CauseColumn } from "./cause-column.tsx";
import { FindingLine } from "./finding-line.tsx";
import type { SampleView } from "./first-view.ts";
import { MetricTiles } from "./metric-tiles.tsx";
import { SampleTable } from "./sample-table.tsx";

/** The report of several samples: what is wrong, what to fix first, and the samples that show it. */
export function ReportSections(props: {
  report: ReviewedReport;
  base: Run | null;
  view: SampleView;
  onView: (view: Partial<SampleView>) => void;
  hrefOf: (sampleId: string) => string;
  hrefWith: (more: Record<string, string | null>) => string;
  /** What stands further down. */
  details: JSX.Element;
}) {
  const hrefOfCause = (cause: string | null) => props.hrefWith({ cause });
  return (
    <>
      <FindingLine report={props.report} hrefOfCause={hrefOfCause} />
      <MetricTiles
        report={props.report}
        base={props.base}
        onBar={(metric, low, high) =>
          props.onView({ metric, above: String(low), below: String(high), all: "1" })
        }
      />
      <div class="grid grid-cols-[minmax(0,1fr)] gap-x-5 gap-y-3 xl:grid-cols-[18.5rem_minmax(0,1fr)] print:block">
        <CauseColumn report={props.report} chosen={props.view.cause} hrefOfCause={hrefOfCause} />
        <SampleTable
          report={props.report}
          view={props.view}
          onView={props.onView}
          hrefOf={props.hrefOf}
        />
      </div>
      <NextTask>{props.details}</NextTask>
    </>
  );
}

let isFirstVisit = true;

/**
 * What stands further down is drawn in a task of its own, so that a page that opens answers in between. Only at first:
 * who comes back finds the page as tall as it was, and so the place they left.
 */
function NextTask(props: { children: JSX.Element }) {
  const [isDue, setIsDue] = createSignal(!isFirstVisit);
  if (!isDue()) {
    const timer = setTimeout(() => {
      isFirstVisit = false;
      setIsDue(true);
    });
    onCleanup(() => clearTimeout(timer));
  }
  return <Show when={isDue()}>{props.children}</Show>;
}
