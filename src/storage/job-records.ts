import type { Scores } from "../contract/outcome.ts";
import { valuesOf } from "../scoring/outcome.ts";
import { initialOf, type NewOf, omit, type RecordOf } from "./fields.ts";
import { jobs } from "./schema.ts";

/** A job as the rest of the code sees it: without what only the moves of its life read. Lists read nothing else. */
export const JOB = omit(jobs.fields, "wakeAt", "wakes", "dedupeKey", "charged");

export type JobRecord = RecordOf<typeof JOB>;

/** The numbers of a job: of its one sample, or the means of a batch. */
export function scoresOf({ means, outcomes }: Pick<JobRecord, "means" | "outcomes">): Scores {
  return { ...means, ...valuesOf(outcomes) };
}

const INITIAL = initialOf(JOB);

/** A job that is written next: queued, unless it says otherwise, and nothing known of it but what is given. */
export function newJob(
  now: number,
  given: Omit<NewOf<typeof JOB>, "status" | "createdAt" | "updatedAt"> &
    Partial<Pick<JobRecord, "status">>,
): JobRecord {
  return { ...INITIAL, status: "queued", createdAt: now, updatedAt: now, ...given };
}
