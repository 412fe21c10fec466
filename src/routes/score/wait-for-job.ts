import { LIMITS } from "../../contract/limits.ts";
import type { Http } from "../../http/http-context.ts";
import { hasEnded } from "../../jobs/job.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";

const POLL_EVERY_MS = 250;

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
  let current: JobRecord | null = job;
  while (current && !hasEnded(current.status) && Date.now() < deadline) {
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(POLL_EVERY_MS, deadline - Date.now())),
    );
    current = await getJob(context.db, job.project, job.id);
  }
  return current && hasEnded(current.status) ? current : null;
}
