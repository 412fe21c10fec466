import { Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import type { Selection } from "../../kit/lists/create-selection.ts";
import { JobCard } from "./job-card.tsx";

/** About a card of one sample with four metrics. */
export const CARD_PX = 236;
const CARD_GAP_PX = 16;

/** What both ways to draw the list need. */
export interface JobListProps {
  jobs: readonly Job[];
  nowMs: number;
  selection: Selection;
  /** Jobs with a later id are new to the reader. */
  seen: string | null;
  hasMore: boolean;
  isBusy: boolean;
  onMore: () => void;
}

/** A card, and above the first one the reader knows the line that says so. */
export function JobRow(props: { job: Job; at: number; list: JobListProps; isPlain?: boolean }) {
  const isNew = (job: Job | undefined) =>
    job !== undefined && props.list.seen !== null && job.job_id > props.list.seen;
  return (
    <>
      <Show when={!isNew(props.job) && isNew(props.list.jobs[props.at - 1])}>
        <SeenDivider />
      </Show>
      <JobCard
        job={props.job}
        nowMs={props.list.nowMs}
        selection={props.list.selection}
        isNew={isNew(props.job)}
        plainPx={props.isPlain ? CARD_PX - CARD_GAP_PX : undefined}
        place={{ at: props.at + 1, of: props.list.hasMore ? -1 : props.list.jobs.length }}
      />
    </>
  );
}

/** Stands above the first job the reader has seen before. */
function SeenDivider() {
  return (
    <p class="flex items-center gap-3 pb-4 text-xs font-medium text-accent">
      <span aria-hidden="true" class="h-px flex-1 bg-accent-fill" />
      {t().jobs.seenBefore}
      <span aria-hidden="true" class="h-px flex-1 bg-accent-fill" />
    </p>
  );
}
