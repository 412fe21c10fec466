import type { JobStatus } from "../contract.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";

export interface JobFilter {
  status: JobStatus | null;
  sessionId: string | null;
  /** Only the jobs of this caller. */
  submittedBy: string | null;
  tag: { name: string; value: string | null } | null;
  /** Part of the question or name, case-insensitive for ASCII. */
  search: string | null;
  /** Ids are times: both bounds become id bounds. */
  fromId: string | null;
  toId: string | null;
}

const GET_JOB = `SELECT ${JOB_COLUMNS} FROM jobs WHERE project = ?1 AND id = ?2`;
const GET_BY_DEDUPE_KEY = `SELECT ${JOB_COLUMNS} FROM jobs WHERE project = ?1 AND dedupe_key = ?2`;
const FORGET_DEDUPE_KEY = `UPDATE jobs SET dedupe_key = NULL WHERE project = ?1 AND id = ?2`;
const COUNT_ACTIVE = `SELECT
  (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE project = ?1 AND status = 'queued' LIMIT 10000)) AS queued,
  (SELECT count(*) FROM (SELECT 1 FROM jobs WHERE project = ?1 AND status = 'running' LIMIT 10000)) AS running,
  (SELECT created_at FROM jobs WHERE project = ?1 AND status = 'queued' ORDER BY id LIMIT 1) AS oldest`;

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

/** One page, newest first, and one row more to know whether there is a next page. */
export async function listJobs(
  db: D1Database,
  project: string,
  filter: JobFilter,
  page: { limit: number; before: string | null },
): Promise<JobRecord[]> {
  const { conditions, values } = jobConditions(project, filter, page.before);
  values.push(page.limit + 1);
  const sql = `SELECT ${JOB_COLUMNS} FROM jobs WHERE ${conditions.join(" AND ")} ORDER BY id DESC LIMIT ?${values.length}`;
  const { results } = await db
    .prepare(sql)
    .bind(...values)
    .all<JobRow>();
  return results.map(toJobRecord);
}

function jobConditions(project: string, filter: JobFilter, before: string | null) {
  const conditions = ["project = ?1"];
  const values: (string | number)[] = [project];
  const add = (condition: (parameter: string) => string, value: string) => {
    values.push(value);
    conditions.push(condition(`?${values.length}`));
  };
  if (before !== null) add((p) => `id < ${p}`, before);
  if (filter.status !== null) add((p) => `status = ${p}`, filter.status);
  if (filter.sessionId !== null) add((p) => `session_id = ${p}`, filter.sessionId);
  if (filter.submittedBy !== null) add((p) => `submitted_by = ${p}`, filter.submittedBy);
  if (filter.fromId !== null) add((p) => `id >= ${p}`, filter.fromId);
  if (filter.toId !== null) add((p) => `id < ${p}`, filter.toId);
  if (filter.search !== null) {
    // instr instead of LIKE: no wildcards to escape, and no limit on the length of the pattern.
    add(
      (p) => `instr(lower(question || ' ' || coalesce(name, '')), lower(${p})) > 0`,
      filter.search,
    );
  }
  if (filter.tag !== null) {
    add(
      (p) => `EXISTS (SELECT 1 FROM json_each(jobs.tags) AS t WHERE t.key = ${p})`,
      filter.tag.name,
    );
    if (filter.tag.value !== null) {
      const { name, value } = filter.tag;
      values.push(name, value);
      conditions.push(
        `EXISTS (SELECT 1 FROM json_each(jobs.tags) AS t WHERE t.key = ?${values.length - 1} AND t.value = ?${values.length})`,
      );
    }
  }
  return { conditions, values };
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
