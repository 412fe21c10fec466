import { errorForLog } from "../errors.ts";
import { takeTurn } from "../storage/facts.ts";
import { deleteUnusedJudgements, listOldJobs } from "../storage/old-rows.ts";
import { removeJob } from "./change-job.ts";
import type { JobContext } from "./context.ts";
import { idBound } from "./ids.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
/** What one run of the cron deletes at most; it comes every minute. */
const JOBS_AT_ONCE = 20;
const JUDGEMENTS_AT_ONCE = 500;

/** Deletes ended jobs older than `RETENTION_DAYS`, a few at a time, with all that is theirs. */
export async function forgetOldJobs(context: JobContext): Promise<number> {
  const { retentionDays } = context.settings;
  if (retentionDays === null) return 0;
  const before = context.now() - retentionDays * DAY_MS;
  const old = await listOldJobs(context.db, idBound("job", Math.max(0, before)), JOBS_AT_ONCE);
  for (const job of old) {
    // One that cannot be deleted now must not keep the others.
    await removeJob(context, job).catch((error) =>
      context.log({ event: "retention.failed", job_id: job.id, error: errorForLog(error) }),
    );
  }
  if (old.length > 0) context.log({ event: "retention.deleted", jobs: old.length });
  await forgetJudgements(context, before);
  return old.length;
}

/** Reads the whole table of judgements, so once an hour is enough. */
async function forgetJudgements(context: JobContext, before: number): Promise<void> {
  const now = context.now();
  if (!(await takeTurn(context.db, "retention_judgements", now, now + HOUR_MS))) return;
  await deleteUnusedJudgements(context.db, before, JUDGEMENTS_AT_ONCE);
}
