import pLimit from "p-limit";
import { errorForLog } from "../error-for-log.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { deleteUnusedJudgements, listOldJobs } from "../storage/old-rows.ts";
import { removeJob } from "./change-job.ts";
import type { JobContext } from "./context.ts";
import { idBound } from "./ids.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** What one run of the cron, which comes every minute, deletes at most: ten jobs a second grow old as fast as they come. */
const JOBS_PER_RUN = 600;
const JOBS_AT_ONCE = 50;
const DELETED_TOGETHER = 5;
const LONGEST_MS = 40_000;
/** Of judgements it looks at so many. */
const JUDGEMENTS_AT_ONCE = 1000;

/** Deletes ended jobs older than `RETENTION_DAYS` with all that is theirs; what is left waits for the next run. */
export async function forgetOldJobs(context: JobContext): Promise<number> {
  const { retentionDays } = context.settings;
  if (retentionDays === null) return 0;
  const startedAt = context.now();
  const before = startedAt - retentionDays * DAY_MS;
  let deleted = 0;
  while (deleted < JOBS_PER_RUN && context.now() - startedAt < LONGEST_MS) {
    const old = await listOldJobs(context.db, idBound("job", Math.max(0, before)), JOBS_AT_ONCE);
    const gone = await deleteAll(context, old);
    deleted += gone;
    // Nothing gone: the rest fails too, or the platform lets this run do no more.
    if (old.length < JOBS_AT_ONCE || gone === 0) break;
  }
  if (deleted > 0) context.log({ event: "retention.deleted", jobs: deleted });
  await deleteUnusedJudgements(context.db, before, JUDGEMENTS_AT_ONCE);
  return deleted;
}

/** One that cannot be deleted now must not keep the others. */
async function deleteAll(context: JobContext, jobs: readonly JobRecord[]): Promise<number> {
  const limit = pLimit(DELETED_TOGETHER);
  const outcomes = await Promise.all(
    jobs.map((job) =>
      limit(() =>
        removeJob(context, job).then(
          () => true,
          (error: unknown) => {
            context.log({
              event: "retention.failed",
              job_id: job.id,
              error: errorForLog(error),
            });
            return false;
          },
        ),
      ),
    ),
  );
  return outcomes.filter((isGone) => isGone).length;
}
