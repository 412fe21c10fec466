import type { Failure } from "../../words/said.ts";
import { announceEnd } from "../deliveries.ts";
import { jobs, samples } from "../schema.ts";
import { hasChanged, sql, transact } from "../sql.ts";
import { set } from "../table.ts";

/** Ends a job with its reason. `attempt` fences a consumer; null is the dead letter's word, which is final. */
export async function failJob(
  db: D1Database,
  job: { project: string; jobId: string; attempt: number | null },
  now: number,
  error: Failure,
): Promise<boolean> {
  const { project, jobId, attempt } = job;
  const failed = {
    status: "failed",
    finishedAt: now,
    updatedAt: now,
    wakeAt: null,
    failed: sql`total - done`,
    error,
  } as const;
  const answers = await transact(db, [
    sql`UPDATE samples SET ${set(samples, { status: "failed", leaseUntil: null, error })}
        WHERE job_id = ${jobId} AND status IN ('queued', 'running') AND (${attempt} IS NULL OR attempt = ${attempt})`,
    sql`UPDATE jobs SET ${set(jobs, failed)}
        WHERE project = ${project} AND id = ${jobId} AND status IN ('queued', 'running')
          AND NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ${jobId} AND status IN ('queued', 'running'))`,
    ...announceEnd(job, "failed", now),
  ]);
  return hasChanged(answers[1]);
}

/** A running consumer notices at its next look at the lease. */
export async function cancelJob(
  db: D1Database,
  project: string,
  jobId: string,
  now: number,
): Promise<boolean> {
  const ended = { status: "cancelled", finishedAt: now, updatedAt: now, wakeAt: null } as const;
  const answers = await transact(db, [
    sql`UPDATE jobs SET ${set(jobs, ended)}
        WHERE project = ${project} AND id = ${jobId} AND status IN ('queued', 'running')`,
    sql`UPDATE samples SET ${set(samples, { status: "cancelled", leaseUntil: null })}
        WHERE job_id = ${jobId} AND status IN ('queued', 'running')`,
    ...announceEnd({ project, jobId }, "cancelled", now),
  ]);
  return hasChanged(answers[0]);
}
