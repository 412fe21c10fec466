import { useParams, useSearchParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createComputed, createEffect, createMemo, Match, on, Show, Switch } from "solid-js";
import type { ReviewedReport } from "../../../src/contract/review.ts";
import { t } from "../../i18n/translate.ts";
import { goneRun } from "../../kit/gone-run.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { runName } from "../../kit/run-name.tsx";
import { BaselineChoice } from "./baseline.tsx";
import { CauseColumn } from "./cause-column.tsx";
import { MetricTiles } from "./metric-tiles.tsx";
import { ReportDetails } from "./report-details.tsx";
import { ReportHeading } from "./report-heading.tsx";
import { reportQuery } from "./report-queries.ts";
import { ReportSections } from "./report-sections.tsx";
import { SampleDesk } from "./sample-desk.tsx";
import { SamplePanel } from "./sample-panel.tsx";
import { sampleQuery } from "./sample-query.ts";
import { firstViewOf, readView, writeView } from "./sample-view.ts";

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

/** Below the title: the finding, the strip of metrics, causes beside samples. */
function ReportSkeleton() {
  return (
    <div>
      <span class="sr-only" role="status">
        {t().app.loading}
      </span>
      <div aria-hidden="true">
        <div class="skeleton mt-3 h-6 w-1/2" />
        <div class="card mt-3 h-25" />
        <div class="mt-14 grid gap-x-5 gap-y-3 xl:grid-cols-[18.5rem_minmax(0,1fr)]">
          <div class="card h-56" />
          <div class="card h-96" />
        </div>
      </div>
    </div>
  );
}

/** Either the report, or one sample of it: what one reads fills the page, and the address says which it is. */
function ReportBody(props: { report: ReviewedReport }) {
  const [search, setSearch] = useSearchParams();
  const run = () => props.report.run;
  const onlySample = () => (run().total_samples === 1 ? props.report.lowest[0] : undefined);
  /** The only sample says below what was asked. */
  const title = () => (onlySample() ? (run().name ?? "") : runName(run()));
  const sampleId = createMemo(() => (typeof search.sample === "string" ? search.sample : null));
  const first = createMemo(() => firstViewOf(props.report));
  const view = createMemo(() => readView(search, first()));
  const baseId = () => (typeof search.base === "string" ? search.base : null);
  const base = useQuery(() => ({
    ...reportQuery(baseId() ?? ""),
    enabled: baseId() !== null && baseId() !== run().run_id,
    retry: false,
  }));
  const evidence = useQuery(() => ({
    ...sampleQuery(run().run_id, onlySample()?.sample_id ?? ""),
    enabled: onlySample() !== undefined,
  }));
  const baseRun = () => (baseId() !== null && base.isSuccess ? base.data.run : null);
  function hrefWith(more: Record<string, string | null>): string {
    const query = new URLSearchParams();
    const kept = {
      x: search.x,
      y: search.y,
      base: baseId(),
      ...writeView(view(), first()),
      sample: sampleId(),
      ...more,
    };
    for (const [name, value] of Object.entries(kept)) {
      if (typeof value === "string" && value !== "") query.set(name, value);
    }
    const text = query.toString();
    return `/runs/${run().run_id}${text ? `?${text}` : ""}`;
  }
  const hrefOf = (sample: string) => hrefWith({ sample });
  const onSearch = (next: Record<string, string | null>) => setSearch(next, { scroll: false });
  const details = () => (
    <ReportDetails report={props.report} search={search} onSearch={onSearch} hrefOf={hrefOf} />
  );
  keepPlaceOfList(sampleId);

  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <ReportHeading
        report={props.report}
        title={title()}
        tab={onlySample()?.question ?? title()}
        baseline={
          <BaselineChoice
            run={run()}
            base={baseRun()}
            hrefOf={(id) => hrefWith({ base: id, sample: null })}
          />
        }
      />
      <Show when={props.report.controls?.is_reliable === false}>
        <p class="font-medium text-bad">{t().trust.unreliable}</p>
      </Show>
      <Switch
        fallback={
          <ReportSections
            report={props.report}
            base={baseRun()}
            view={view()}
            onView={(next) => onSearch(writeView(next, first()))}
            hrefOf={hrefOf}
            hrefWith={hrefWith}
            details={details()}
          />
        }
      >
        <Match when={onlySample()}>
          {(only) => (
            <>
              <SamplePanel
                runId={run().run_id}
                sampleId={only().sample_id}
                metrics={run().metrics}
                listHref={null}
              />
              {/* Not before the evidence is there: it would be pushed down under the reader's eyes. */}
              <Show when={!evidence.isPending}>
                <div class="mt-4 grid gap-4">
                  <MetricTiles report={props.report} base={baseRun()} onBar={() => undefined} />
                  <CauseColumn
                    report={props.report}
                    chosen=""
                    hrefOfCause={(cause) => hrefWith({ cause })}
                  />
                </div>
                {details()}
              </Show>
            </>
          )}
        </Match>
        <Match when={sampleId()}>
          {(id) => (
            <SampleDesk
              report={props.report}
              view={view()}
              sampleId={id()}
              hrefOf={hrefOf}
              listHref={hrefWith({ sample: null })}
            />
          )}
        </Match>
      </Switch>
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
