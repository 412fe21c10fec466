import { raw } from "sql-template-tag";
import { batches, chunks, jobs, samples } from "../schema.ts";
import { hasChanged, sql, transact } from "../sql.ts";
import { set } from "../table.ts";

// A batch that completed with failed samples can be retried too.
const RETRIABLE = raw(
  "(status IN ('failed', 'cancelled') OR (status = 'completed' AND failed > 0))",
);

/** Queues what failed or was cancelled again; what is done stays done. */
export async function retryJob(
  db: D1Database,
  project: string,
  jobId: string,
  { now, wakeAt }: { now: number; wakeAt: number },
): Promise<boolean> {
  const job = sql`project = ${project} AND id = ${jobId} AND ${RETRIABLE}`;
  const isRetriable = sql`EXISTS (SELECT 1 FROM jobs WHERE ${job})`;
  const anew = { failures: 0, leaseUntil: null };
  const retried = {
    updatedAt: now,
    finishedAt: null,
    wakeAt,
    wakes: 0,
    failed: 0,
    error: null,
    status: sql`CASE WHEN EXISTS (SELECT 1 FROM batches WHERE job_id = ${jobId} AND planned_at IS NOT NULL)
      THEN 'running' ELSE 'queued' END`,
  };
  const answers = await transact(db, [
    sql`UPDATE samples SET ${set(samples, { status: "queued", leaseUntil: null, crashes: 0 })}
        WHERE job_id = ${jobId} AND status IN ('failed', 'cancelled') AND ${isRetriable}`,
    sql`UPDATE chunks SET ${set(chunks, { ...anew, isOpen: true, failed: 0, crashes: 0, wakeAt: 0 })}
        WHERE job_id = ${jobId} AND ${isRetriable} AND EXISTS (SELECT 1 FROM samples AS s
          WHERE s.job_id = ${jobId} AND s.seq BETWEEN chunks.first_seq AND chunks.last_seq AND s.status = 'queued')`,
    sql`UPDATE batches SET ${set(batches, anew)} WHERE job_id = ${jobId} AND ${isRetriable}`,
    sql`UPDATE jobs SET ${set(jobs, retried)} WHERE ${job}`,
  ]);
  return hasChanged(answers[3]);
}
