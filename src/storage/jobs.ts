import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";

const GET_JOB = `SELECT ${JOB_COLUMNS} FROM jobs WHERE project = ?1 AND id = ?2`;
const GET_BY_DEDUPE_KEY = `SELECT ${JOB_COLUMNS} FROM jobs WHERE project = ?1 AND dedupe_key = ?2`;
const FORGET_DEDUPE_KEY = `UPDATE jobs SET dedupe_key = NULL WHERE project = ?1 AND id = ?2`;
const COUNT_ACTIVE = `SELECT
  (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE project = ?1 AND status = 'queued' LIMIT 10000)) AS queued,
  (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE project = ?1 AND status = 'running' LIMIT 10000)) AS running,
  (SELECT created_at FROM jobs INDEXED BY jobs_by_status
    WHERE project = ?1 AND status = 'queued' ORDER BY id LIMIT 1) AS oldest`;

export async function getJob(
  db: D1Database,
  project: string,
  id: string,
): Promise<JobRecord | null> {
  const row = await db.prepare(GET_JOB).bind(project, id).first<JobRow>();
  return row ? toJobRecord(row) : null;
}

export async function getJobByDedupeKey(
  db: D1Database,
  project: string,
  dedupeKey: string,
): Promise<JobRecord | null> {
  const row = await db.prepare(GET_BY_DEDUPE_KEY).bind(project, dedupeKey).first<JobRow>();
  return row ? toJobRecord(row) : null;
}

/** After this the same key makes a new job. */
export async function forgetDedupeKey(db: D1Database, project: string, id: string): Promise<void> {
  await db.prepare(FORGET_DEDUPE_KEY).bind(project, id).run();
}

export interface ActiveCounts {
  queued: number;
  running: number;
  oldestQueuedAt: number | null;
}

/** Counts stop at 10,000: a health check must not read a long backlog row by row. */
export async function countActiveJobs(db: D1Database, project: string): Promise<ActiveCounts> {
  const row = await db
    .prepare(COUNT_ACTIVE)
    .bind(project)
    .first<{ queued: number; running: number; oldest: number | null }>();
  return {
    queued: row?.queued ?? 0,
    running: row?.running ?? 0,
    oldestQueuedAt: row?.oldest ?? null,
  };
}
