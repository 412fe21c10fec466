import type { Failure } from "../../words/said.ts";
import { jobs, samples } from "../schema.ts";
import { change, sql, transact } from "../sql.ts";
import { set } from "../table.ts";
import { ofAttempt, type SampleHolder } from "./sample-holder.ts";

/** Gives a claimed sample back, to be tried again at `wakeAt`; the reason stays visible meanwhile. */
export async function releaseSample(
  db: D1Database,
  holder: SampleHolder,
  { now, wakeAt }: { now: number; wakeAt: number },
  error: Failure,
): Promise<void> {
  const { project, jobId } = holder;
  await transact(db, [
    sql`UPDATE samples SET ${set(samples, { status: "queued", leaseUntil: null, error })}
        WHERE ${ofAttempt(holder)} AND status = 'running'`,
    sql`UPDATE jobs SET ${set(jobs, { status: "queued", updatedAt: now, wakeAt, error })}
        WHERE project = ${project} AND id = ${jobId} AND status = 'running' AND ${hasNoneRunning(jobId)}`,
  ]);
}

/** The judge is away: the job is looked at again at `wakeAt` and says why it waits. */
export async function postponeJob(
  db: D1Database,
  { project, jobId }: { project: string; jobId: string },
  { now, wakeAt }: { now: number; wakeAt: number },
  error: Failure,
): Promise<void> {
  await change(
    db,
    sql`UPDATE jobs SET ${set(jobs, { wakeAt, wakes: 0, updatedAt: now, error })}
      WHERE project = ${project} AND id = ${jobId} AND status IN ('queued', 'running') AND judge <> 'offline'
        AND fallback IS NULL AND ${hasNoneRunning(jobId)}`,
  );
}

function hasNoneRunning(jobId: string) {
  return sql`NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ${jobId} AND status = 'running')`;
}
