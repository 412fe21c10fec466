import { NO_USAGE } from "../scoring/usage.ts";
import type { JobRecord } from "../storage/job-records.ts";

/** What every job is at first, of one sample or of many: queued, and nothing known of it. */
export function blankJob(now: number) {
  return {
    status: "queued",
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    finishedAt: null,
    attempts: 0,
    done: 0,
    failed: 0,
    scores: {},
    outcomes: {},
    weightedScore: null,
    runId: null,
    error: null,
    usage: NO_USAGE,
    badRows: 0,
    format: null,
  } satisfies Partial<JobRecord>;
}
