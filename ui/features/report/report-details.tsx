import type { SearchParams } from "@solidjs/router";
import { lazy, Show, Suspense } from "solid-js";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import { t } from "../../i18n/translate.ts";
import { Folded } from "../../kit/folded.tsx";
import { GroupTable } from "./group-table.tsx";
import { MethodFacts } from "./method-facts.tsx";

const Scatter = lazy(() => import("./scatter.tsx"));
const AdviceDocument = lazy(() => import("./advice-document.tsx"));

/** What nobody needs at first sight, each folded under its name. */
export function ReportDetails(props: {
  report: ReviewedReport;
  search: Partial<SearchParams>;
  onSearch: (search: Record<string, string | null>) => void;
  hrefOf: (sampleId: string) => string;
}) {
  const run = () => props.report.run;
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
    <div class="mt-3 grid grid-cols-[minmax(0,1fr)] gap-2">
      <Show when={props.report.groups.length > 1}>
        <Folded title={t().report.groups}>
          <GroupTable report={props.report} />
        </Folded>
      </Show>
      <Show when={run().metrics.length > 1 && run().total_samples > 2}>
        <Folded
          title={t().scatter.title}
          isOpen={props.search.x !== undefined || props.search.y !== undefined}
        >
          <Suspense fallback={<div class="skeleton h-[26rem]" />}>
            <p class="mb-3 text-sm text-soft">{t().scatter.intro}</p>
            <Scatter
              report={props.report}
              axes={axes()}
              onAxes={props.onSearch}
              hrefOf={props.hrefOf}
            />
          </Suspense>
        </Folded>
      </Show>
      <Show when={props.report.artifacts.includes("optimization_advice.md")}>
        <Folded title={t().report.document}>
          <Suspense fallback={<div class="skeleton h-64" />}>
            <AdviceDocument runId={run().run_id} />
          </Suspense>
        </Folded>
      </Show>
      <Folded title={t().report.method}>
        <MethodFacts report={props.report} />
      </Folded>
    </div>
  );
}
