import type { Sql } from "sql-template-tag";
import { JOB, type JobRecord } from "./job-records.ts";
import { change, readRow, sql } from "./sql.ts";
import { columns, findAll, findOne } from "./table.ts";

export function getJob(db: D1Database, project: string, id: string): Promise<JobRecord | null> {
  return findOne(
    db,
    JOB,
    sql`SELECT ${columns(JOB)} FROM jobs WHERE project = ${project} AND id = ${id}`,
  );
}

export function listJobsById(
  db: D1Database,
  project: string,
  ids: readonly string[],
): Promise<JobRecord[]> {
  return findAll(
    db,
    JOB,
    sql`SELECT ${columns(JOB)} FROM jobs
      WHERE project = ${project} AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
}

export function getJobByDedupeKey(
  db: D1Database,
  project: string,
  dedupeKey: string,
): Promise<JobRecord | null> {
  return findOne(
    db,
    JOB,
    sql`SELECT ${columns(JOB)} FROM jobs WHERE project = ${project} AND dedupe_key = ${dedupeKey}`,
  );
}

/** After this the same key makes a new job. */
export async function forgetDedupeKey(db: D1Database, project: string, id: string): Promise<void> {
  await change(
    db,
    sql`UPDATE jobs SET dedupe_key = NULL WHERE project = ${project} AND id = ${id}`,
  );
}

export interface ActiveCounts {
  queued: number;
  running: number;
  oldestQueuedAt: number | null;
}

/** SQL: when the oldest queued job came; NULL: none is queued. */
export function oldestQueued(project: string): Sql {
  return sql`(SELECT created_at FROM jobs INDEXED BY jobs_by_status
    WHERE project = ${project} AND status = 'queued' ORDER BY id LIMIT 1)`;
}

/** Counts stop at 10,000: a health check must not read a long backlog row by row. */
export async function countActiveJobs(db: D1Database, project: string): Promise<ActiveCounts> {
  const count = (status: string) => sql`(SELECT count(*) FROM (
    SELECT 1 FROM jobs WHERE project = ${project} AND status = ${status} LIMIT 10000))`;
  const counts = await readRow<ActiveCounts>(
    db,
    sql`SELECT ${count("queued")} AS queued, ${count("running")} AS running,
      ${oldestQueued(project)} AS oldestQueuedAt`,
  );
  return counts ?? { queued: 0, running: 0, oldestQueuedAt: null };
}
