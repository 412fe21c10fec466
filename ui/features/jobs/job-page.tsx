import { useNavigate, useParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createEffect, createMemo, For, Match, on, Show, Switch } from "solid-js";
import type { Job } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { createClock } from "../../kit/clock.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { formatTokens } from "../../kit/format-tokens.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { CardSkeletons } from "../../kit/page-skeleton.tsx";
import { JobCard } from "./job-card.tsx";
import { isActive } from "./job-feed.ts";
import { followJob, jobQuery } from "./job-query.ts";

/** One job. Who waits here for it is taken to the report the moment it is there. */
export default function JobPage() {
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const isFollowed = followJob(
    () => params.id,
    () => isWaiting(),
  );
  const query = useQuery(() => jobQuery(params.id, isFollowed()));
  const job = () => (query.isSuccess ? query.data : undefined);
  const isWaiting = createMemo(() => isActive(job()?.status ?? "completed"));
  const nowMs = createClock(isWaiting);
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
      <Switch>
        <Match when={query.isPending}>
          <CardSkeletons n={1} />
        </Match>
        <Match when={query.isError && query.error}>
          {(error) => (
            <div class="mt-6">
              <ErrorNotice
                error={error()}
                onRetry={() => query.refetch()}
                gone={{
                  title: t().job.gone,
                  text: t().job.goneText,
                  href: "/",
                  link: t().nav.jobs,
                }}
              />
            </div>
          )}
        </Match>
        <Match when={job()}>
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
        </Match>
      </Switch>
    </>
  );
}

function JobFacts(props: { job: Job }) {
  const facts = (): [string, string][] => {
    const { job } = props;
    const { usage } = job;
    const rows: [string, string | null][] = [
      [t().job.id, job.job_id],
      [t().jobs.created, formatDateTime(job.created_at)],
      [t().jobs.judge, job.judge],
      [t().job.model, job.judge_model],
      [
        t().job.usage,
        t().job.usageText(
          formatCount(usage.judge_calls),
          formatCount(usage.cached_calls),
          formatTokens(usage),
        ),
      ],
      [t().job.attempts, formatCount(job.attempts)],
      [t().job.session, job.session_id],
      [
        t().job.tags,
        Object.entries(job.tags)
          .map(([name, value]) => `${name}=${value}`)
          .join(", ") || null,
      ],
    ];
    return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  };
  return (
    <dl class="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
      <For each={facts()}>
        {([name, value]) => (
          <>
            <dt class="text-faint">{name}</dt>
            <dd class="break-words">{value}</dd>
          </>
        )}
      </For>
    </dl>
  );
}
