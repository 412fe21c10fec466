import pLimit from "p-limit";
import { errorForLog } from "../error-for-log.ts";
import { takeTurn } from "../storage/facts.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { deleteUnusedJudgements, listOldJobs } from "../storage/old-rows.ts";
import { removeJob } from "./change-job.ts";
import type { JobContext } from "./context.ts";
import { idBound } from "./ids.ts";
import { tryWake } from "./wake.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** While there is more it runs once a minute, and deletes so many at most: ten jobs a second grow old as fast as they come. */
const EVERY_MS = 60_000;
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
  let isMore = true;
  while (deleted < JOBS_PER_RUN && context.now() - startedAt < LONGEST_MS) {
    const old = await listOldJobs(context.db, idBound("job", Math.max(0, before)), JOBS_AT_ONCE);
    const gone = await deleteAll(context, old);
    deleted += gone;
    isMore = old.length === JOBS_AT_ONCE;
    // Nothing gone: the rest fails too, or the platform lets this run do no more.
    if (!isMore || gone === 0) break;
  }
  if (deleted > 0) context.log({ event: "retention.deleted", jobs: deleted });
  await deleteUnusedJudgements(context.db, before, JUDGEMENTS_AT_ONCE);
  if (isMore) await goOn(context);
  return deleted;
}

/** The cron alone comes too seldom. One message is under way, however many runs ask for it. */
async function goOn(context: JobContext): Promise<void> {
  const now = context.now();
  if (!(await takeTurn(context.db, "retention", now, now + EVERY_MS))) return;
  await tryWake(context, [{ message: { kind: "forget" }, delaySeconds: EVERY_MS / 1000 }]);
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
