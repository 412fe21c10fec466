// A session is a run that grows. Its row says how far the report is behind, and who builds it now.

export interface SessionRecord {
  project: string;
  runId: string;
  sessionId: string;
  version: number;
  builtVersion: number;
  builtAt: number;
  dueAt: number | null;
  attempt: number;
  failures: number;
}

interface SessionRow {
  project: string;
  run_id: string;
  session_id: string;
  version: number;
  built_version: number;
  built_at: number;
  due_at: number | null;
  attempt: number;
  failures: number;
}

const COLUMNS =
  "project, run_id, session_id, version, built_version, built_at, due_at, attempt, failures";

function toSessionRecord(row: SessionRow): SessionRecord {
  return {
    project: row.project,
    runId: row.run_id,
    sessionId: row.session_id,
    version: row.version,
    builtVersion: row.built_version,
    builtAt: row.built_at,
    dueAt: row.due_at,
    attempt: row.attempt,
    failures: row.failures,
  };
}

const OPEN = `INSERT INTO sessions (project, run_id, session_id)
  SELECT ?1, 'run_' || substr(min(id), 5), ?2 FROM jobs WHERE project = ?1 AND session_id = ?2 HAVING count(*) > 0
  ON CONFLICT DO NOTHING`;

/** The run of a session: named after its first job, so that runs stay in order of time. */
export async function openSession(
  db: D1Database,
  project: string,
  sessionId: string,
): Promise<string> {
  const [, found] = await db.batch<{ run_id: string }>([
    db.prepare(OPEN).bind(project, sessionId),
    db
      .prepare("SELECT run_id FROM sessions WHERE project = ?1 AND session_id = ?2")
      .bind(project, sessionId),
  ]);
  const runId = found?.results[0]?.run_id;
  if (runId === undefined) throw new Error("the session has no job any more");
  return runId;
}

export async function getSessionByName(
  db: D1Database,
  project: string,
  sessionId: string,
): Promise<SessionRecord | null> {
  const row = await db
    .prepare(`SELECT ${COLUMNS} FROM sessions WHERE project = ?1 AND session_id = ?2`)
    .bind(project, sessionId)
    .first<SessionRow>();
  return row ? toSessionRecord(row) : null;
}

// The longer a session, the longer a build may be apart: reading a thousand calls every few seconds helps nobody.
const TOUCH = `UPDATE sessions SET version = version + 1,
    due_by = CASE WHEN due_at IS NULL THEN ?3 ELSE due_by END,
    due_at = coalesce(due_at, max(?4, built_at + max(?5, ?6 * (version + 1))))
  WHERE project = ?1 AND run_id = (SELECT run_id FROM jobs WHERE project = ?1 AND id = ?2 AND `;
const WHEN = {
  finished: "status = 'completed' AND finished_at = ?4)",
  deleted: "status NOT IN ('queued', 'running'))",
} as const;

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
  db: D1Database,
  job: { project: string; jobId: string },
  when: keyof typeof WHEN,
  pace: Pace,
): D1PreparedStatement {
  const mark = `${job.jobId}@${pace.now}`;
  return db
    .prepare(`${TOUCH}${WHEN[when]} RETURNING run_id, due_at, due_by`)
    .bind(job.project, job.jobId, mark, pace.now, pace.everyMs, pace.perCallMs);
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

const CLAIM = `UPDATE sessions SET attempt = attempt + 1, lease_until = ?4, due_at = ?4
  WHERE project = ?1 AND run_id = ?2 AND due_at <= ?3 AND (lease_until IS NULL OR lease_until < ?3)
  RETURNING ${COLUMNS}`;

/** Takes a session whose build is due; null: not due, held, or gone. */
export async function claimSession(
  db: D1Database,
  target: { project: string; runId: string },
  times: { now: number; leaseUntil: number },
): Promise<SessionRecord | null> {
  const row = await db
    .prepare(CLAIM)
    .bind(target.project, target.runId, times.now, times.leaseUntil)
    .first<SessionRow>();
  return row ? toSessionRecord(row) : null;
}

/** SQL: the session is still held by this attempt; ?1 project, ?2 run, then the attempt. */
export const HOLDS_SESSION = `EXISTS (SELECT 1 FROM sessions
  WHERE project = ?1 AND run_id = ?2 AND attempt = ?24 AND lease_until IS NOT NULL)`;

const SETTLE = `UPDATE sessions SET built_version = ?4, built_at = ?5, lease_until = NULL, failures = 0, due_by = NULL,
    due_at = CASE WHEN version > ?4 THEN ?6 END
  WHERE project = ?1 AND run_id = ?2 AND attempt = ?3 AND lease_until IS NOT NULL
  RETURNING due_at`;

/** After the run row, in its transaction: built up to `version`; due again at `nextAt` when more came meanwhile. */
export function settleSession(
  db: D1Database,
  session: SessionRecord,
  now: number,
  nextAt: number,
): D1PreparedStatement {
  return db
    .prepare(SETTLE)
    .bind(session.project, session.runId, session.attempt, session.version, now, nextAt);
}

const RELEASE = `UPDATE sessions SET lease_until = NULL, failures = failures + 1, due_at = ?4
  WHERE project = ?1 AND run_id = ?2 AND attempt = ?3`;

/** Gives the build back, to be tried again at `dueAt`; null: not before something changes. */
export async function releaseSession(
  db: D1Database,
  session: SessionRecord,
  dueAt: number | null,
): Promise<void> {
  await db.prepare(RELEASE).bind(session.project, session.runId, session.attempt, dueAt).run();
}

/** Sessions whose report is due. */
export async function listDueSessions(
  db: D1Database,
  now: number,
  limit: number,
): Promise<{ project: string; runId: string }[]> {
  const { results } = await db
    .prepare(
      "SELECT project, run_id FROM sessions WHERE due_at IS NOT NULL AND due_at <= ?1 ORDER BY due_at LIMIT ?2",
    )
    .bind(now, limit)
    .all<{ project: string; run_id: string }>();
  return results.map((row) => ({ project: row.project, runId: row.run_id }));
}

/** Removes a session that has no job left, with its run. */
export function dropEmptySession(
  db: D1Database,
  project: string,
  runId: string,
): D1PreparedStatement[] {
  const empty = `NOT EXISTS (SELECT 1 FROM jobs INDEXED BY jobs_by_session_run
    WHERE project = ?1 AND run_id = ?2 AND session_id IS NOT NULL)`;
  return [
    db
      .prepare(`DELETE FROM runs WHERE project = ?1 AND id = ?2 AND mode = 'session' AND ${empty}`)
      .bind(project, runId),
    db
      .prepare(`DELETE FROM sessions WHERE project = ?1 AND run_id = ?2 AND ${empty}`)
      .bind(project, runId),
  ];
}
