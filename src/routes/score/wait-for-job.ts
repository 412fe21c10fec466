import { LIMITS } from "../../contract/limits.ts";
import type { Http } from "../../http/http-context.ts";
import { hasEnded } from "../../jobs/job.ts";
import { openFeed } from "../../jobs/live/job-feed.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import { listenerOf } from "../jobs/listen.ts";

/** The end is told by the listeners' object; the row is only looked at for one that was not. */
const LOOK_EVERY_MS = 5000;

/** Seconds of `Prefer: wait=N` (RFC 7240), capped; 0 without it. */
export function readWait(header: string | undefined): number {
  const seconds = Number(header?.match(/(?:^|[,;\s])wait\s*=\s*"?(\d{1,5})/i)?.[1] ?? 0);
  return Math.min(seconds, LIMITS.waitSeconds);
}

/** The job once it has ended, or null when it has not within the time. */
export async function waitForEnd(
  http: Http,
  job: JobRecord,
  waitMs: number,
): Promise<JobRecord | null> {
  const context = http.get("jobs");
  const deadline = Date.now() + waitMs;
  const feed = await openFeed(context, job, listenerOf(http, job, null));
  let current: JobRecord | null = job;
  while (current && !hasEnded(current.status) && Date.now() < deadline) {
    const told = await feed.next(Math.min(LOOK_EVERY_MS, deadline - Date.now()));
    if (told === null || told.event === "done")
      current = await getJob(context.db, job.project, job.id);
  }
  feed.close();
  return current && hasEnded(current.status) ? current : null;
}
