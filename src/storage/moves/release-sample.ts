import type { Failure } from "../../words/said.ts";

const RELEASE_SAMPLE = `UPDATE samples SET status = 'queued', lease_until = NULL, error_code = ?4, error_message = ?5
  WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running'`;
const REQUEUE_JOB = `UPDATE jobs SET status = 'queued', updated_at = ?3, wake_at = ?4, error_code = ?5, error_message = ?6
  WHERE project = ?1 AND id = ?2 AND status = 'running'
    AND NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ?2 AND status = 'running')`;

/** Gives a claimed sample back, to be tried again at `wakeAt`; the reason stays visible meanwhile. */
export async function releaseSample(
  db: D1Database,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  times: { now: number; wakeAt: number },
  error: Failure,
): Promise<void> {
  const { project, jobId, seq, attempt } = holder;
  await db.batch([
    db.prepare(RELEASE_SAMPLE).bind(jobId, seq, attempt, error.code, JSON.stringify(error.message)),
    db
      .prepare(REQUEUE_JOB)
      .bind(project, jobId, times.now, times.wakeAt, error.code, JSON.stringify(error.message)),
  ]);
}

const POSTPONE = `UPDATE jobs SET wake_at = ?3, wakes = 0, updated_at = ?4, error_code = ?5, error_message = ?6
  WHERE project = ?1 AND id = ?2 AND status IN ('queued', 'running') AND judge = 'llm' AND fallback IS NULL
    AND NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ?2 AND status = 'running')`;

/** The judge is away: the job is looked at again at `wakeAt` and says why it waits. */
export async function postponeJob(
  db: D1Database,
  job: { project: string; jobId: string },
  times: { now: number; wakeAt: number },
  error: Failure,
): Promise<void> {
  await db
    .prepare(POSTPONE)
    .bind(
      job.project,
      job.jobId,
      times.wakeAt,
      times.now,
      error.code,
      JSON.stringify(error.message),
    )
    .run();
}
