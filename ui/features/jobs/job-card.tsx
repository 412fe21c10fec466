import { For, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { tokensTold } from "../../../src/scoring/usage.ts";
import { t } from "../../i18n/translate.ts";
import { formatAgo, formatCount, formatDateTime, formatDuration } from "../../kit/format.ts";
import { formatTokens } from "../../kit/format-tokens.ts";
import { Icon } from "../../kit/icon.tsx";
import { ScoreRow } from "../../kit/score-row.tsx";
import { JobActions } from "./job-actions.tsx";
import { JobProgress, JobWarnings, StatusBadge } from "./job-card-parts.tsx";
import { isActive } from "./job-feed.ts";
import { CardOverall } from "./job-result.tsx";

const METRICS_ON_CARD = 6;

/** A job with its scores, as it stands alone. On its own page every metric is shown and nothing links to itself. */
export function JobCard(props: {
  job: Job;
  nowMs: number;
  isPage?: boolean;
  onDeleted?: () => void;
}) {
  const job = () => props.job;
  const shown = () => (props.isPage ? job().metrics : job().metrics.slice(0, METRICS_ON_CARD));
  // A waiting card keeps the room its scores will take.
  const hasScores = () =>
    job().progress.total === 1 && (job().status === "completed" || isActive(job().status));
  const hidden = () => job().metrics.length - shown().length;
  return (
    <article class="card p-5" aria-labelledby={`${job().job_id}-question`}>
      <div class="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-xs text-faint">
        <StatusBadge status={job().status} />
        <time datetime={job().created_at} title={formatDateTime(job().created_at)}>
          {formatAgo(job().created_at, props.nowMs)}
        </time>
        <Elapsed job={job()} nowMs={props.nowMs} />
        <span>{job().judge_model ?? job().judge}</span>
        <Tokens job={job()} />
        <Show when={job().name}>
          <span class="max-w-48 truncate">{job().name}</span>
        </Show>
        <CardOverall job={job()} />
      </div>

      <h2
        id={`${job().job_id}-question`}
        class="mt-3 text-base leading-snug font-medium break-words"
        classList={{ "line-clamp-2": !props.isPage }}
      >
        <Show when={!props.isPage} fallback={job().question}>
          <a class="hover:text-accent" href={`/jobs/${job().job_id}`}>
            {job().question}
          </a>
        </Show>
      </h2>

      <JobProgress job={job()} />

      <Show when={hasScores()}>
        <dl class="mt-4 grid gap-x-8 gap-y-1.5 md:grid-cols-2">
          <For each={shown()}>
            {(metric) => (
              <ScoreRow metric={metric} scores={job().scores} outcomes={job().outcomes} />
            )}
          </For>
        </dl>
        <Show when={hidden() > 0}>
          <p class="mt-1.5 text-sm text-faint">{t().jobs.moreMetrics(formatCount(hidden()))}</p>
        </Show>
      </Show>

      <Show when={job().error}>
        {(error) => (
          <p class="mt-4 flex gap-2 rounded-field bg-bad-wash px-3 py-2 text-sm break-words text-bad">
            <Icon name="cross" class="mt-0.5" />
            <span class="min-w-0 break-words">{error().message}</span>
          </p>
        )}
      </Show>
      <JobWarnings warnings={job().warnings} />
      <JobActions job={job()} isPage={props.isPage} onDeleted={props.onDeleted} />
    </article>
  );
}

function Tokens(props: { job: Job }) {
  return (
    <Show when={tokensTold(props.job.usage) !== 0}>
      <span>{t().jobs.tokens(formatTokens(props.job.usage))}</span>
    </Show>
  );
}

function Elapsed(props: { job: Job; nowMs: number }) {
  const end = () => (props.job.finished_at ? Date.parse(props.job.finished_at) : props.nowMs);
  return (
    <Show when={props.job.finished_at !== null || isActive(props.job.status)}>
      <span>
        {isActive(props.job.status) ? t().jobs.waiting : t().jobs.elapsed}{" "}
        {formatDuration(end() - Date.parse(props.job.created_at))}
      </span>
    </Show>
  );
}
