import { useSearchParams } from "@solidjs/router";
import { createComputed, createEffect, createMemo, on, Show } from "solid-js";
import type { ReviewedReport } from "../../../src/contract-insight.ts";
import { runName } from "../runs/run-name.tsx";
import { ReportHeading } from "./report-heading.tsx";
import { ReportSections } from "./report-sections.tsx";
import { SamplePanel } from "./sample-panel.tsx";
import { SampleSteps } from "./sample-steps.tsx";
import { readView, writeView } from "./sample-view.ts";

/** Either the report, or one sample of it: what one reads fills the page, and the address says which it is. */
export function ReportBody(props: { report: ReviewedReport }) {
  const [search, setSearch] = useSearchParams();
  const run = () => props.report.run;
  const onlySample = () => (run().total_samples === 1 ? props.report.lowest[0] : undefined);
  const title = () => onlySample()?.question ?? runName(run());
  const sampleId = createMemo(() => (typeof search.sample === "string" ? search.sample : null));
  const view = createMemo(() => readView(search));
  function hrefWith(more: Record<string, string | null>): string {
    const query = new URLSearchParams();
    const kept = { x: search.x, y: search.y, ...writeView(view()), sample: sampleId(), ...more };
    for (const [name, value] of Object.entries(kept)) {
      if (typeof value === "string" && value !== "") query.set(name, value);
    }
    const text = query.toString();
    return `/runs/${run().run_id}${text ? `?${text}` : ""}`;
  }
  const hrefOf = (sample: string) => hrefWith({ sample });
  keepPlaceOfList(sampleId);

  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-8">
      <ReportHeading report={props.report} title={title()} />
      <Show
        when={onlySample() ? null : sampleId()}
        fallback={
          <ReportSections
            report={props.report}
            onlySampleId={onlySample()?.sample_id ?? null}
            view={view()}
            search={search}
            onSearch={setSearch}
            hrefOf={hrefOf}
            hrefWith={hrefWith}
          />
        }
      >
        {(id) => (
          <SamplePanel
            runId={run().run_id}
            sampleId={id()}
            metrics={run().metrics}
            listHref={hrefWith({ sample: null })}
            steps={
              <SampleSteps report={props.report} view={view()} sampleId={id()} hrefOf={hrefOf} />
            }
          />
        )}
      </Show>
    </div>
  );
}

/** A sample opens at its top; whoever comes back finds the list where they left it. */
function keepPlaceOfList(sampleId: () => string | null): void {
  let leftAt = 0;
  // Before anything is drawn: a page that got shorter has lost its place already.
  createComputed(
    on(sampleId, (_now, before) => {
      if (before === null) leftAt = scrollY;
    }),
  );
  createEffect(
    on(
      sampleId,
      (now) => {
        const top = now === null ? leftAt : 0;
        requestAnimationFrame(() => scrollTo({ top, behavior: "instant" }));
      },
      { defer: true },
    ),
  );
}
