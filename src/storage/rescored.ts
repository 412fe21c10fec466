import type { Sql } from "sql-template-tag";
import { omit, type RecordOf } from "./fields.ts";
import type { JobRecord } from "./job-records.ts";
import { ARRIVED, jobs, SCORED } from "./schema.ts";
import { sql, transact } from "./sql.ts";
import { columns, insert, jsonRows, set, valuesOfEach } from "./table.ts";

const SAMPLE = {
  ...omit(ARRIVED, "sessionId"),
  ...omit(SCORED, "status", "usage", "judgements"),
};

/** A sample computed again from stored judgements. */
export type RescoredSample = RecordOf<typeof SAMPLE>;

/** Rows in one statement: a parameter may hold 2 MB, and a row here is about a kilobyte. */
const ROWS_PER_STATEMENT = 200;

/** Writes the job, never queued, so no sweep takes it for lost work, and its samples; the run follows with `finishRescored`. */
export async function insertRescored(
  db: D1Database,
  job: JobRecord,
  rescored: readonly RescoredSample[],
): Promise<void> {
  const statements = [insert(jobs, job)];
  for (let from = 0; from < rescored.length; from += ROWS_PER_STATEMENT) {
    const rows = jsonRows(SAMPLE, rescored.slice(from, from + ROWS_PER_STATEMENT));
    statements.push(
      sql`INSERT INTO samples (job_id, attempt, status, ${columns(SAMPLE)})
          SELECT ${job.id}, 1, iif(value ->> 'error_code' IS NULL, 'completed', 'failed'), ${valuesOfEach(SAMPLE)}
          FROM json_each(${rows})`,
    );
  }
  await transact(db, statements);
}

interface RescoredEnd {
  runId: string;
  failed: number;
  now: number;
}

/** Ends the job; goes before the run, whose fence asks for it. */
export function finishRescored(
  { project, id, total }: JobRecord,
  { runId, failed, now }: RescoredEnd,
): Sql {
  const ended = {
    status: "completed",
    finishedAt: now,
    updatedAt: now,
    runId,
    done: total - failed,
    failed,
    // A job of one sample has its numbers already.
    weightedScore: sql`coalesce(weighted_score, (SELECT avg(weighted_score) FROM samples WHERE job_id = ${id}))`,
  } as const;
  return sql`UPDATE jobs SET ${set(jobs, ended)}
      WHERE project = ${project} AND id = ${id} AND status = 'running'`;
}

/** SQL fence of a run: its job has ended with it. */
export function isRescored({ project, id }: JobRecord, runId: string): Sql {
  return sql`EXISTS (SELECT 1 FROM jobs
    WHERE project = ${project} AND id = ${id} AND run_id = ${runId} AND status = 'completed')`;
}

/** Takes back what a rescore that broke has written. */
export async function dropRescored(db: D1Database, project: string, jobId: string): Promise<void> {
  const open = sql`FROM jobs WHERE project = ${project} AND id = ${jobId} AND status = 'running'`;
  await transact(db, [
    sql`DELETE FROM samples WHERE job_id = ${jobId} AND EXISTS (SELECT 1 ${open})`,
    sql`DELETE ${open}`,
  ]);
}
