import { useParams, useSearchParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createComputed, createEffect, createMemo, For, on, Show } from "solid-js";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import { t } from "../../i18n/translate.ts";
import { goneRun } from "../../kit/gone-run.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { runName } from "../../kit/run-name.tsx";
import { ReportHeading } from "./report-heading.tsx";
import { reportQuery } from "./report-queries.ts";
import { ReportSections } from "./report-sections.tsx";
import { SamplePanel } from "./sample-panel.tsx";
import { SampleSteps } from "./sample-steps.tsx";
import { readView, writeView } from "./sample-view.ts";

/** 报告详情: the result, what to do about it, and the sentences it rests on. */
export default function ReportPage() {
  const params = useParams<{ id: string }>();
  const query = useQuery(() => reportQuery(params.id));
  return (
    <QueryView
      query={query}
      heading={<PageHeading title={t().report.title} />}
      skeleton={<ReportSkeleton />}
      gone={goneRun()}
    >
      {(report) => <ReportBody report={report()} />}
    </QueryView>
  );
}

/** Title, facts, the strip of metrics, advice. */
function ReportSkeleton() {
  return (
    <div class="mt-3">
      <span class="sr-only" role="status">
        {t().app.loading}
      </span>
      <div aria-hidden="true">
        <div class="skeleton h-6 w-2/3" />
        <div class="skeleton mt-2 h-4 w-80 max-w-full" />
        <div class="card mt-8 grid grid-cols-2 gap-px overflow-hidden lg:grid-cols-4">
          <For each={Array.from({ length: 4 })}>
            {() => (
              <div class="h-32 p-4">
                <div class="skeleton h-4 w-24" />
                <div class="skeleton mt-3 h-8 w-16" />
                <div class="skeleton mt-4 h-3" />
              </div>
            )}
          </For>
        </div>
        <div class="skeleton mt-14 h-6 w-32" />
        <div class="card mt-3 h-56" />
        <div class="card mt-4 h-56" />
      </div>
    </div>
  );
}

/** Either the report, or one sample of it: what one reads fills the page, and the address says which it is. */
function ReportBody(props: { report: ReviewedReport }) {
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
