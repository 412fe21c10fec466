import { useNavigate, useParams } from "@solidjs/router";
import { createEffect, on, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import { FactList, formatUsage } from "../../kit/fact-list.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { CardSkeletons } from "../../kit/page-skeleton.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { followJob } from "./follow-job.ts";
import { JobCard } from "./job-card.tsx";
import { useJob } from "./job-query.ts";

/** One job. Who waits here for it is taken to the report the moment it is there. */
export default function JobPage() {
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const id = () => params.id;
  const isFollowed = followJob(id, () => isWaiting());
  const { query, job, isWaiting, nowMs } = useJob(id, () => isFollowed());
  createEffect(
    on(isWaiting, (waits, waited) => {
      const runId = job()?.run_id;
      if (waited && !waits && job()?.status === "completed" && runId) {
        navigate(`/runs/${runId}`, { replace: true });
      }
    }),
  );
  return (
    <>
      <PageHeading title={t().job.title} tab={job()?.question.slice(0, 60)}>
        <a class="button" href="/">
          {t().app.back}
        </a>
      </PageHeading>
      <QueryView
        query={query}
        skeleton={<CardSkeletons n={1} />}
        gone={{ title: t().job.gone, text: t().job.goneText, href: "/", link: t().nav.jobs }}
      >
        {(shown) => (
          <div class="mt-6 grid grid-cols-1 gap-6">
            <Show when={isWaiting()}>
              <p role="status" class="text-soft">
                {t().job.waitingForReport}
              </p>
            </Show>
            <JobCard job={shown()} nowMs={nowMs()} onDeleted={() => navigate("/")} isPage />
            <JobFacts job={shown()} />
          </div>
        )}
      </QueryView>
    </>
  );
}

function JobFacts(props: { job: Job }) {
  const tags = () => Object.entries(props.job.tags).map(([name, value]) => `${name}=${value}`);
  return (
    <FactList
      facts={[
        [t().job.id, props.job.job_id],
        [t().jobs.created, formatDateTime(props.job.created_at)],
        [t().jobs.judge, props.job.judge],
        [t().job.model, props.job.judge_model],
        [t().job.usage, formatUsage(props.job.usage)],
        [t().job.attempts, formatCount(props.job.attempts)],
        [t().job.session, props.job.session_id],
        [t().job.tags, tags().join(", ") || null],
      ]}
    />
  );
}
