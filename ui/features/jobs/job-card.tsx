import { For, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import type { Warning } from "../../../src/contract/outcome.ts";
import { tokensTold } from "../../../src/scoring/usage.ts";
import { t } from "../../i18n/translate.ts";
import { formatAgo, formatCount, formatDateTime, formatDuration } from "../../kit/format.ts";
import { formatTokens } from "../../kit/format-tokens.ts";
import { Icon } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { ScoreRow } from "../../kit/score-row.tsx";
import { evidencePath } from "./evidence-path.ts";
import { createDeeds } from "./job-actions.tsx";
import { StatusBadge } from "./job-card-parts.tsx";
import { isActive } from "./job-feed.ts";
import { Overall, worstOf } from "./job-result.tsx";

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

/** The overall score in the colour and with the word of the worst metric. */
function CardOverall(props: { job: Job }) {
  const words = useMetricWords();
  return (
    <Show when={worstOf(props.job, words)}>
      {(worst) => (
        <span class="ml-auto flex items-baseline gap-1.5 text-sm">
          {t().jobs.weighted}
          <Overall
            job={props.job}
            level={words.level(worst().metric, worst().value)}
            class="flex gap-1.5 items-baseline"
          />
        </span>
      )}
    </Show>
  );
}

/** How far a job of many samples has come. Of one sample there is nothing to count. */
function JobProgress(props: { job: Job }) {
  const progress = () => props.job.progress;
  const text = () =>
    t().jobs.progress(
      formatCount(progress().done + progress().failed),
      formatCount(progress().total),
    );
  return (
    <Show when={progress().total > 1}>
      <div class="mt-4">
        <progress
          class="progress h-1.5 w-full"
          aria-label={text()}
          max={progress().total || 1}
          value={progress().done + progress().failed}
        />
        <p class="mt-1.5 text-sm text-faint">
          {text()}
          <Show when={progress().failed > 0}>
            {" · "}
            <span class="text-bad">{t().jobs.failedSamples(formatCount(progress().failed))}</span>
          </Show>
        </p>
      </div>
    </Show>
  );
}

/** What intake found odd, each with its fix; folded, because the scores matter more. */
function JobWarnings(props: { warnings: readonly Warning[] }) {
  return (
    <Show when={props.warnings.length > 0}>
      <details class="group mt-4 rounded-field bg-warn-wash text-sm">
        <summary class="flex list-none items-center gap-2 rounded-field px-3 py-2 font-medium text-warn">
          <Icon name="warning" />
          {t().jobs.warnings(props.warnings.length)}
          <Icon name="down" class="ml-auto group-open:rotate-180" />
        </summary>
        <ul class="grid grid-cols-1 gap-3 px-3 pb-3">
          <For each={props.warnings}>
            {(warning) => (
              <li class="break-words">
                <p class="text-ink">{warning.message}</p>
                <p class="mt-0.5 text-soft">
                  <span class="font-medium">{t().jobs.fix}: </span>
                  {warning.fix}
                </p>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}

/** `onDeleted` lets a page leave what is no more. */
function JobActions(props: { job: Job; isPage?: boolean; onDeleted?: () => void }) {
  const deeds = createDeeds(() => props.job);
  function remove(): void {
    deeds.remove();
    props.onDeleted?.();
  }
  return (
    <div class="mt-4 flex flex-wrap items-center gap-2 print:hidden">
      <Show when={props.job.run_id !== null}>
        <a class="button button-primary" href={evidencePath(props.job)}>
          {t().jobs.viewReport}
          <Icon name="right" />
        </a>
      </Show>
      <Show when={deeds.canRetry()}>
        <button type="button" class="button" disabled={deeds.isBusy()} onClick={deeds.retry}>
          <Icon name="refresh" />
          {t().jobs.retry}
        </button>
      </Show>
      <Show when={isActive(props.job.status)}>
        <button type="button" class="button" disabled={deeds.isBusy()} onClick={deeds.cancel}>
          {t().jobs.cancel}
        </button>
      </Show>
      <Show when={!props.isPage}>
        <a class="button button-quiet" href={`/jobs/${props.job.job_id}`}>
          {t().jobs.details}
        </a>
      </Show>
      <button
        type="button"
        class="button button-quiet ml-auto px-2.5"
        aria-label={deeds.deleteName()}
        title={t().jobs.delete}
        disabled={deeds.isBusy()}
        onClick={remove}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}
