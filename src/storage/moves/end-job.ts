import type { Failure } from "../../words/said.ts";
import { announceEnd } from "../deliveries.ts";

const FAIL_SAMPLES = `UPDATE samples SET status = 'failed', lease_until = NULL, error_code = ?3, error_message = ?4
  WHERE job_id = ?1 AND status IN ('queued', 'running') AND (?2 IS NULL OR attempt = ?2)`;
const FAIL_JOB = `UPDATE jobs SET status = 'failed', finished_at = ?3, updated_at = ?3, wake_at = NULL,
    failed = total - done, error_code = ?4, error_message = ?5
  WHERE project = ?1 AND id = ?2 AND status IN ('queued', 'running')
    AND NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ?2 AND status IN ('queued', 'running'))`;

/** Ends a job with its reason. `attempt` fences a consumer; null is the dead letter's word, which is final. */
export async function failJob(
  db: D1Database,
  job: { project: string; jobId: string; attempt: number | null },
  now: number,
  error: Failure,
): Promise<boolean> {
  const answers = await db.batch([
    db
      .prepare(FAIL_SAMPLES)
      .bind(job.jobId, job.attempt, error.code, JSON.stringify(error.message)),
    db
      .prepare(FAIL_JOB)
      .bind(job.project, job.jobId, now, error.code, JSON.stringify(error.message)),
    announceEnd(db, job, "failed", now),
  ]);
  return (answers[1]?.meta.changes ?? 0) > 0;
}

const CANCEL_JOB = `UPDATE jobs SET status = 'cancelled', finished_at = ?3, updated_at = ?3, wake_at = NULL
  WHERE project = ?1 AND id = ?2 AND status IN ('queued', 'running')`;
const CANCEL_SAMPLES = `UPDATE samples SET status = 'cancelled', lease_until = NULL
  WHERE job_id = ?1 AND status IN ('queued', 'running')`;

/** A running consumer notices at its next look at the lease. */
export async function cancelJob(
  db: D1Database,
  project: string,
  jobId: string,
  now: number,
): Promise<boolean> {
  const answers = await db.batch([
    db.prepare(CANCEL_JOB).bind(project, jobId, now),
    db.prepare(CANCEL_SAMPLES).bind(jobId),
    announceEnd(db, { project, jobId }, "cancelled", now),
  ]);
  return (answers[0]?.meta.changes ?? 0) > 0;
}
