// A batch that completed with failed samples can be retried too.
const RETRIABLE = "(status IN ('failed', 'cancelled') OR (status = 'completed' AND failed > 0))";
const RETRY_SAMPLES = `UPDATE samples SET status = 'queued', lease_until = NULL, crashes = 0
  WHERE job_id = ?1 AND status IN ('failed', 'cancelled')
    AND EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND ${RETRIABLE})`;
const RETRY_CHUNKS = `UPDATE chunks SET is_open = 1, failed = 0, failures = 0, crashes = 0, lease_until = NULL, wake_at = 0
  WHERE job_id = ?1 AND EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND ${RETRIABLE})
    AND EXISTS (SELECT 1 FROM samples AS s
                WHERE s.job_id = ?1 AND s.seq BETWEEN chunks.first_seq AND chunks.last_seq AND s.status = 'queued')`;
const RETRY_BATCH = `UPDATE batches SET failures = 0, lease_until = NULL
  WHERE job_id = ?1 AND EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND ${RETRIABLE})`;
const RETRY_JOB = `UPDATE jobs SET updated_at = ?3, finished_at = NULL, wake_at = ?4, wakes = 0, failed = 0,
    error_code = NULL, error_message = NULL, status = CASE
      WHEN EXISTS (SELECT 1 FROM batches WHERE job_id = ?2 AND planned_at IS NOT NULL) THEN 'running' ELSE 'queued' END
  WHERE project = ?1 AND id = ?2 AND ${RETRIABLE}`;

/** Queues what failed or was cancelled again; what is done stays done. */
export async function retryJob(
  db: D1Database,
  project: string,
  jobId: string,
  times: { now: number; wakeAt: number },
): Promise<boolean> {
  const answers = await db.batch([
    db.prepare(RETRY_SAMPLES).bind(jobId, project),
    db.prepare(RETRY_CHUNKS).bind(jobId, project),
    db.prepare(RETRY_BATCH).bind(jobId, project),
    db.prepare(RETRY_JOB).bind(project, jobId, times.now, times.wakeAt),
  ]);
  return (answers[3]?.meta.changes ?? 0) > 0;
}
