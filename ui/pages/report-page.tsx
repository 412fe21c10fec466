import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import type { Report } from "../../src/contract.ts";
import { Icon } from "../components/icon.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { QueryView } from "../components/query-view.tsx";
import { AdviceCards } from "../components/report/advice-cards.tsx";
import { AdviceDocument } from "../components/report/advice-document.tsx";
import { CauseList } from "../components/report/cause-list.tsx";
import { Distribution } from "../components/report/distribution.tsx";
import { GroupTable } from "../components/report/group-table.tsx";
import { MethodFooter } from "../components/report/method-footer.tsx";
import { ReportSkeleton } from "../components/report/report-skeleton.tsx";
import { SampleList } from "../components/report/sample-list.tsx";
import { SamplePanel } from "../components/report/sample-panel.tsx";
import { SampleSteps } from "../components/report/sample-steps.tsx";
import { ShareButtons } from "../components/report/share-buttons.tsx";
import type { SampleView } from "../components/report/use-samples.ts";
import { VerdictStrip } from "../components/report/verdict-strip.tsx";
import { runName } from "../components/run-name.tsx";
import { formatCount, formatDateTime } from "../format.ts";
import { t } from "../i18n/translate.ts";
import { reportQuery } from "../queries.ts";

/** 报告详情: the result, what to do about it, and the sentences it rests on. */
export default function ReportPage() {
  const params = useParams<{ id: string }>();
  const query = useQuery(() => reportQuery(params.id));
  return (
    <QueryView
      query={query}
      heading={<PageHeading title={t().report.title} />}
      skeleton={<ReportSkeleton />}
      gone={{
        title: t().report.gone,
        text: t().report.goneText,
        href: "/runs",
        link: t().report.toRuns,
      }}
    >
      {(report) => <ReportBody report={report()} />}
    </QueryView>
  );
}

function ReportBody(props: { report: Report }) {
  const [search, setSearch] = useSearchParams<{ sample: string; sort: string; cause: string }>();
  const navigate = useNavigate();
  const run = () => props.report.run;
  const onlySample = () => (run().total_samples === 1 ? props.report.lowest[0] : undefined);
  const title = () => onlySample()?.question ?? runName(run());
  const sampleId = () => search.sample ?? onlySample()?.sample_id;
  const view = (): SampleView => ({
    sort: search.sort ?? run().metrics[0] ?? "",
    cause: search.cause ?? "",
  });
  const hrefWith = (sample: string | null) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...view(), sample })) {
      if (value) query.set(name, value);
    }
    return `/runs/${run().run_id}?${query}`;
  };

  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-8">
      <div>
        <PageHeading title={t().report.title} tab={title().slice(0, 60)}>
          <ShareButtons runId={run().run_id} />
          <button type="button" class="button" onClick={() => print()}>
            <Icon name="print" />
            {t().report.print}
          </button>
        </PageHeading>
        <p class="mt-3 text-lg leading-snug font-medium break-words">{title()}</p>
        <p class="mt-1 flex flex-wrap gap-x-3 text-sm text-faint">
          <span>
            {t().report.runOf(
              t().runs[run().mode],
              t().runs.sampleCount(run().total_samples, formatCount(run().total_samples)),
            )}
          </span>
          <time datetime={run().finished_at}>{formatDateTime(run().finished_at)}</time>
          <span>{run().judge_model ?? run().judge}</span>
          <Show when={onlySample() && run().name}>
            <span>{run().name}</span>
          </Show>
        </p>
      </div>
      <VerdictStrip report={props.report} />
      <section aria-labelledby="advice">
        <h2 id="advice" class="text-lg font-semibold">
          {t().report.advice}
        </h2>
        <AdviceCards report={props.report} onSample={(id) => navigate(hrefWith(id))} />
        <Show when={props.report.artifacts.includes("optimization_advice.md")}>
          <AdviceDocument runId={run().run_id} />
        </Show>
      </section>
      <CauseList report={props.report} onCause={(cause) => setSearch({ cause, sample: null })} />
      <Distribution report={props.report} />
      <GroupTable report={props.report} />
      <Show
        when={sampleId()}
        fallback={
          <SampleList
            report={props.report}
            view={view()}
            onView={(next) => setSearch(next)}
            hrefOf={hrefWith}
          />
        }
      >
        {(id) => (
          <SamplePanel
            runId={run().run_id}
            sampleId={id()}
            metrics={run().metrics}
            listHref={onlySample() ? null : hrefWith(null)}
            steps={
              <SampleSteps report={props.report} view={view()} sampleId={id()} hrefOf={hrefWith} />
            }
          />
        )}
      </Show>
      <MethodFooter report={props.report} />
    </div>
  );
}
