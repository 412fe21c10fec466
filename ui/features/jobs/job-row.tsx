import { Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatAgo, formatCount, formatDateTime } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import type { Selection } from "../../kit/lists/create-selection.ts";
import { evidencePath } from "./evidence-path.ts";
import { RowActions } from "./job-actions.tsx";
import { JobLabels, StatusBadge, TickJob } from "./job-card-parts.tsx";
import { JobResult } from "./job-result.tsx";

/** A row of two lines on a wide screen; as a card on a phone it is taller. */
export const ROW_PX = matchMedia("(min-width: 64rem)").matches ? 47 : 132;

/** The columns of a wide screen; what stands above them has the same. */
export const COLUMNS =
  "lg:grid-cols-[1.25rem_minmax(0,1fr)_16rem_8.5rem_8.5rem] lg:items-center lg:gap-x-4";

/** What both ways to draw the list need. */
export interface JobListProps {
  jobs: readonly Job[];
  nowMs: number;
  selection: Selection;
  /** Jobs with a later id are new to the reader. */
  seen: string | null;
  hasMore: boolean;
  isBusy: boolean;
  /** As they came, the newest first: only then there is a line between what was seen and what is new. */
  isByTime: boolean;
  onMore: () => void;
}

/** A job in the list, and above the first one the reader knows the line that says so. */
export function JobRow(props: { job: Job; at: number; list: JobListProps; isPlain?: boolean }) {
  const job = () => props.job;
  const isNew = (one: Job | undefined) =>
    one !== undefined && props.list.seen !== null && one.job_id > props.list.seen;
  return (
    <>
      <Show when={props.list.isByTime && !isNew(job()) && isNew(props.list.jobs[props.at - 1])}>
        <SeenDivider />
      </Show>
      <article
        class={`group relative grid scroll-mt-20 grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-3 gap-y-1.5 border-b border-line bg-surface px-3 py-3 hover:bg-raised/60 lg:py-1 ${COLUMNS}`}
        classList={{ "bg-accent-wash/60": props.list.selection.has(job().job_id) }}
        aria-labelledby={`${job().job_id}-question`}
        tabindex={-1}
        aria-posinset={props.at + 1}
        aria-setsize={props.list.hasMore ? -1 : props.list.jobs.length}
        style={{ "min-height": `${ROW_PX}px` }}
      >
        <span class="z-10 flex pt-0.5 lg:pt-0">
          <TickJob job={job()} selection={props.list.selection} />
        </span>
        <div class="min-w-0">
          <h2
            id={`${job().job_id}-question`}
            class="truncate text-sm leading-5 font-medium max-lg:line-clamp-2 max-lg:whitespace-normal"
          >
            <a class="after:absolute after:inset-0 hover:text-accent" href={evidencePath(job())}>
              {titleOf(job())}
            </a>
            <Show when={isNew(job())}>
              <span class="ml-2 rounded-full bg-accent-wash px-1.5 text-xs font-medium text-accent">
                {t().jobs.isNew}
              </span>
            </Show>
          </h2>
          <SecondLine job={job()} />
        </div>
        <Show when={!props.isPlain}>
          <div class="min-w-0 max-lg:col-start-2">
            <JobResult job={job()} />
          </div>
          <div class="z-10 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-xs leading-4.5 text-faint max-lg:col-start-2 lg:block">
            <p class="truncate">
              <time datetime={job().created_at} title={formatDateTime(job().created_at)}>
                {formatAgo(job().created_at, props.list.nowMs)}
              </time>
              {job().source === null ? "" : ` · ${wordFor(t().jobs.sources, job().source ?? "")}`}
            </p>
            <JobLabels job={job()} />
          </div>
          <div class="z-10 max-lg:col-start-2">
            <RowActions job={job()} />
          </div>
        </Show>
      </article>
    </>
  );
}

/** A batch is known by its name; a single question by itself. */
function titleOf({ kind, name, question, progress }: Job): string {
  if (kind === "single") return question;
  return name ?? t().jobs.batchOf(formatCount(progress.total));
}

/** What was answered; of what failed, why; of a batch, how far it is and what it lost. */
function SecondLine(props: { job: Job }) {
  const job = () => props.job;
  const { done, failed, total } = props.job.progress;
  const lost = () => failed + job().bad_rows;
  return (
    <p class="flex items-center gap-2 text-xs leading-4.5 text-soft">
      <Show when={job().status !== "completed"}>
        <StatusBadge status={job().status} />
      </Show>
      <Show when={job().kind === "batch"}>
        <span class="shrink-0" classList={{ "font-medium text-bad": lost() > 0 }}>
          {t().jobs.rowsScored(formatCount(done), formatCount(total + job().bad_rows))}
        </span>
      </Show>
      <span
        class="truncate max-lg:line-clamp-2 max-lg:whitespace-normal"
        classList={{ "text-bad": job().error !== null }}
      >
        {job().error?.message ?? (job().kind === "batch" ? job().question : job().answer)}
      </span>
      <Show when={job().warnings.length > 0}>
        <span class="z-10 shrink-0 text-warn" title={warningsOf(job())}>
          <Icon name="warning" class="inline size-3" />
          <span class="sr-only">{t().jobs.warnings(job().warnings.length)}</span>
        </span>
      </Show>
    </p>
  );
}

function warningsOf({ warnings }: Job): string {
  return warnings.map(({ message, fix }) => `${message}\n${fix}`).join("\n\n");
}

/** Stands above the first job the reader has seen before. */
function SeenDivider() {
  return (
    <p class="flex items-center gap-3 py-1 text-xs font-medium text-accent">
      <span aria-hidden="true" class="h-px flex-1 bg-accent-fill" />
      {t().jobs.seenBefore}
      <span aria-hidden="true" class="h-px flex-1 bg-accent-fill" />
    </p>
  );
}
