import type { Scores } from "../contract.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";

export interface SessionJobs {
  first: JobRecord | null;
  last: JobRecord | null;
  finishedAt: number;
}

// The index is named because SQLite, knowing no sizes, would walk all jobs of the project.
const ENDS = `SELECT ${JOB_COLUMNS} FROM jobs INDEXED BY jobs_by_session_run
  WHERE project = ?1 AND run_id = ?2 AND session_id IS NOT NULL AND status = 'completed'`;

/** The first and the newest scored call of a session, and when the last of all ended. */
export async function listSessionJobs(
  db: D1Database,
  project: string,
  runId: string,
): Promise<SessionJobs> {
  const [first, last, ended] = await db.batch<unknown>([
    db.prepare(`${ENDS} ORDER BY id LIMIT 1`).bind(project, runId),
    db.prepare(`${ENDS} ORDER BY id DESC LIMIT 1`).bind(project, runId),
    db
      .prepare(
        `SELECT max(finished_at) AS at FROM jobs INDEXED BY jobs_by_session_run
         WHERE project = ?1 AND run_id = ?2 AND session_id IS NOT NULL`,
      )
      .bind(project, runId),
  ]);
  const record = (answer: D1Result<unknown> | undefined) => {
    const [row] = (answer?.results ?? []) as JobRow[];
    return row ? toJobRecord(row) : null;
  };
  const [end] = (ended?.results ?? []) as { at: number | null }[];
  return { first: record(first), last: record(last), finishedAt: end?.at ?? 0 };
}

/** How many calls a session has had, whatever became of them. */
export async function countSessionJobs(
  db: D1Database,
  project: string,
  sessionId: string,
): Promise<number> {
  const row = await db
    .prepare("SELECT count(*) AS n FROM jobs WHERE project = ?1 AND session_id = ?2")
    .bind(project, sessionId)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

/** Means over the scored calls of a session as they are now; its report may be some seconds behind. */
export async function meanSessionScores(
  db: D1Database,
  project: string,
  sessionId: string,
): Promise<Scores> {
  const { results } = await db
    .prepare(
      `SELECT s.key AS metric, avg(s.value) AS mean FROM jobs AS j, json_each(j.scores) AS s
       WHERE j.project = ?1 AND j.session_id = ?2 AND j.status = 'completed' GROUP BY s.key ORDER BY s.key`,
    )
    .bind(project, sessionId)
    .all<{ metric: string; mean: number | null }>();
  return Object.fromEntries(results.map(({ metric, mean }) => [metric, mean]));
}
