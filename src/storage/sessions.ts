import type { Sql } from "sql-template-tag";
import type { DueRows } from "./due-rows.ts";
import { omit, type RecordOf } from "./fields.ts";
import { sessions } from "./schema.ts";
import { change, readRows, sql, transact } from "./sql.ts";
import { columns, findOne, set } from "./table.ts";

// A session is a run that grows. Its row says how far the report is behind, and who builds it now.

const SESSION = omit(sessions.fields, "dueBy", "leaseUntil");

export type SessionRecord = RecordOf<typeof SESSION>;

/** The run of a session: named after its first job, so that runs stay in order of time. */
export async function openSession(
  db: D1Database,
  project: string,
  sessionId: string,
): Promise<string> {
  const [, found] = await transact<{ run_id: string }>(db, [
    sql`INSERT INTO sessions (project, run_id, session_id)
        SELECT ${project}, 'run_' || substr(min(id), 5), ${sessionId} FROM jobs
        WHERE project = ${project} AND session_id = ${sessionId} HAVING count(*) > 0
        ON CONFLICT DO NOTHING`,
    sql`SELECT run_id FROM sessions WHERE project = ${project} AND session_id = ${sessionId}`,
  ]);
  const runId = found?.results[0]?.run_id;
  if (runId === undefined) throw new Error("the session has no job any more");
  return runId;
}

export function getSessionByName(
  db: D1Database,
  project: string,
  sessionId: string,
): Promise<SessionRecord | null> {
  return findOne(
    db,
    SESSION,
    sql`SELECT ${columns(SESSION)} FROM sessions WHERE project = ${project} AND session_id = ${sessionId}`,
  );
}

export interface Pace {
  now: number;
  everyMs: number;
  perCallMs: number;
}

export interface TouchedSession {
  runId: string;
  dueAt: number;
  /** This job made it due, so whoever changed it sends the wake-up. */
  isFirst: boolean;
}

/** The report of the job's session is behind from now on; part of the transaction that changes the job. */
export function touchSession(
  { project, jobId }: { project: string; jobId: string },
  when: "finished" | "deleted",
  { now, everyMs, perCallMs }: Pace,
): Sql {
  const isDone =
    when === "finished"
      ? sql`status = 'completed' AND finished_at = ${now}`
      : sql`status NOT IN ('queued', 'running')`;
  // The longer a session, the longer a build may be apart: reading a thousand calls every few seconds helps nobody.
  return sql`UPDATE sessions SET version = version + 1,
        due_by = CASE WHEN due_at IS NULL THEN ${`${jobId}@${now}`} ELSE due_by END,
        due_at = coalesce(due_at, max(${now}, built_at + max(${everyMs}, ${perCallMs} * (version + 1))))
      WHERE project = ${project}
        AND run_id = (SELECT run_id FROM jobs WHERE project = ${project} AND id = ${jobId} AND ${isDone})
      RETURNING run_id, due_at, due_by`;
}

/** Reads what `touchSession` returned. */
export function readTouched(
  answer: D1Result<unknown> | undefined,
  job: { jobId: string },
  now: number,
): TouchedSession | null {
  const row = answer?.results[0] as { run_id: string; due_at: number; due_by: string } | undefined;
  if (!row) return null;
  return { runId: row.run_id, dueAt: row.due_at, isFirst: row.due_by === `${job.jobId}@${now}` };
}

/** Takes a session whose build is due; null: not due, held, or gone. */
export function claimSession(
  db: D1Database,
  { project, runId }: { project: string; runId: string },
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Promise<SessionRecord | null> {
  return findOne(
    db,
    SESSION,
    sql`UPDATE sessions SET attempt = attempt + 1, ${set(sessions, { leaseUntil, dueAt: leaseUntil })}
      WHERE project = ${project} AND run_id = ${runId} AND due_at <= ${now}
        AND (lease_until IS NULL OR lease_until < ${now})
      RETURNING ${columns(SESSION)}`,
  );
}

/** SQL: the attempt's own row. */
function ofAttempt({ project, runId, attempt }: SessionRecord): Sql {
  return sql`project = ${project} AND run_id = ${runId} AND attempt = ${attempt}`;
}

/** SQL fence of a session's run: this attempt still holds it. */
export function holdsSession(session: SessionRecord): Sql {
  return sql`EXISTS (SELECT 1 FROM sessions WHERE ${ofAttempt(session)} AND lease_until IS NOT NULL)`;
}

/** After the run row, in its transaction: built up to `version`; due again at `nextAt` when more came meanwhile. */
export function settleSession(session: SessionRecord, now: number, nextAt: number): Sql {
  const { version } = session;
  const settled = {
    builtVersion: version,
    builtAt: now,
    leaseUntil: null,
    failures: 0,
    dueBy: null,
    dueAt: sql`CASE WHEN version > ${version} THEN ${nextAt} END`,
  };
  return sql`UPDATE sessions SET ${set(sessions, settled)}
      WHERE ${ofAttempt(session)} AND lease_until IS NOT NULL RETURNING due_at`;
}

/** Gives the build back, to be tried again at `dueAt`; null: not before something changes. */
export async function releaseSession(
  db: D1Database,
  session: SessionRecord,
  dueAt: number | null,
): Promise<void> {
  await change(
    db,
    sql`UPDATE sessions SET failures = failures + 1, ${set(sessions, { leaseUntil: null, dueAt })}
      WHERE ${ofAttempt(session)}`,
  );
}

/** Sessions whose report is due, until somebody takes them. */
export const DUE_SESSIONS: DueRows<{ project: string; runId: string }> = {
  table: "sessions",
  column: "due_at",
  take: (db, { now, limit }) =>
    readRows(
      db,
      sql`SELECT project, run_id AS runId FROM sessions WHERE due_at IS NOT NULL AND due_at <= ${now}
        ORDER BY due_at LIMIT ${limit}`,
    ),
  bringBack: (horizon, at) => [
    sql`UPDATE sessions SET lease_until = min(lease_until, ${at}), due_at = ${at} WHERE due_at > ${horizon}`,
  ],
};

/** Removes a session that has no job left, with its run. */
export function dropEmptySession(project: string, runId: string): Sql[] {
  const isEmpty = sql`NOT EXISTS (SELECT 1 FROM jobs INDEXED BY jobs_by_session_run
    WHERE project = ${project} AND run_id = ${runId} AND session_id IS NOT NULL)`;
  return [
    sql`DELETE FROM runs
        WHERE project = ${project} AND id = ${runId} AND mode = 'session' AND ${isEmpty}`,
    sql`DELETE FROM sessions WHERE project = ${project} AND run_id = ${runId} AND ${isEmpty}`,
  ];
}
