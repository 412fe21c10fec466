import type { JobStatus } from "../contract.ts";
import type { Said } from "../words/said.ts";

export type DeliveryState = "pending" | "delivered" | "failed" | "disabled";

export interface DeliveryAttempt {
  at: number;
  /** HTTP status of the receiver; null when none came. */
  status: number | null;
  /** Why it counts as a failure. */
  error: Said | null;
  ms: number;
}

export interface DeliveryRecord {
  project: string;
  id: string;
  jobId: string;
  event: string;
  url: string;
  state: DeliveryState;
  createdAt: number;
  deliveredAt: number | null;
  nextAt: number | null;
  attempts: number;
  log: DeliveryAttempt[];
  /** What it says when it is about no job. */
  payload: string | null;
}

interface DeliveryRow {
  project: string;
  id: string;
  job_id: string;
  event: string;
  url: string;
  state: DeliveryState;
  created_at: number;
  delivered_at: number | null;
  next_at: number | null;
  attempts: number;
  log: string;
  payload: string | null;
}

const COLUMNS =
  "project, id, job_id, event, url, state, created_at, delivered_at, next_at, attempts, log, payload";

function toDeliveryRecord(row: DeliveryRow): DeliveryRecord {
  return {
    project: row.project,
    id: row.id,
    jobId: row.job_id,
    event: row.event,
    url: row.url,
    state: row.state,
    createdAt: row.created_at,
    deliveredAt: row.delivered_at,
    nextAt: row.next_at,
    attempts: row.attempts,
    log: JSON.parse(row.log),
    payload: row.payload,
  };
}

/** Receivers see it as `webhook-id`: the same for all attempts, another one when a job ends a second time. */
export function deliveryId(jobId: string, endedAt: number): string {
  return `msg_${jobId.replace(/^job_/, "")}_${endedAt}`;
}

const ANNOUNCE = `INSERT INTO deliveries (project, id, job_id, event, url, state, created_at, next_at)
  SELECT j.project, ?3, j.id, 'job.' || j.status, j.callback_url,
    CASE WHEN d.url IS NULL THEN 'pending' ELSE 'disabled' END, ?4, CASE WHEN d.url IS NULL THEN ?4 END
  FROM jobs AS j LEFT JOIN disabled_callbacks AS d ON d.project = j.project AND d.url = j.callback_url
  WHERE j.project = ?1 AND j.id = ?2 AND j.callback_url IS NOT NULL AND j.finished_at = ?4 AND j.status = ?5
  ON CONFLICT DO NOTHING`;

/** After a statement that ends a job, in its transaction: the delivery exists exactly when the end does. */
export function announceEnd(
  db: D1Database,
  job: { project: string; jobId: string },
  status: Extract<JobStatus, "completed" | "failed" | "cancelled">,
  endedAt: number,
): D1PreparedStatement {
  const id = deliveryId(job.jobId, endedAt);
  return db.prepare(ANNOUNCE).bind(job.project, job.jobId, id, endedAt, status);
}

const CLAIM = `UPDATE deliveries SET attempts = attempts + 1, lease_until = ?4, next_at = ?4
  WHERE project = ?1 AND id = ?2 AND state = 'pending' AND next_at <= ?3
    AND (lease_until IS NULL OR lease_until < ?3)
  RETURNING ${COLUMNS}`;

/** Takes a delivery that is due; null: not due, held, or over. */
export async function claimDelivery(
  db: D1Database,
  target: { project: string; id: string },
  times: { now: number; leaseUntil: number },
): Promise<DeliveryRecord | null> {
  const row = await db
    .prepare(CLAIM)
    .bind(target.project, target.id, times.now, times.leaseUntil)
    .first<DeliveryRow>();
  return row ? toDeliveryRecord(row) : null;
}

const SETTLE = `UPDATE deliveries SET state = ?4, next_at = ?5, lease_until = NULL, delivered_at = ?6,
    log = json_insert(log, '$[#]', json(?7))
  WHERE project = ?1 AND id = ?2 AND attempts = ?3 AND state = 'pending'`;
const DISABLE = `INSERT INTO disabled_callbacks (project, url, disabled_at) SELECT ?1, ?2, ?3 WHERE ?4 = 'disabled'
  ON CONFLICT DO NOTHING`;

/** Writes what an attempt came to; fenced by its number. */
export async function settleDelivery(
  db: D1Database,
  delivery: DeliveryRecord,
  outcome: { state: DeliveryState; nextAt: number | null; attempt: DeliveryAttempt },
): Promise<void> {
  const { project, id, attempts, url } = delivery;
  const { state, nextAt, attempt } = outcome;
  const deliveredAt = state === "delivered" ? attempt.at : null;
  await db.batch([
    db
      .prepare(SETTLE)
      .bind(project, id, attempts, state, nextAt, deliveredAt, JSON.stringify(attempt)),
    db.prepare(DISABLE).bind(project, url, attempt.at, state),
  ]);
}

const REDELIVER = `UPDATE deliveries SET state = 'pending', next_at = ?4, lease_until = NULL, attempts = 0
  WHERE project = ?1 AND id = ?2 AND job_id = ?3 AND state <> 'pending'`;
const ENABLE = `DELETE FROM disabled_callbacks WHERE project = ?1
  AND url = (SELECT url FROM deliveries WHERE project = ?1 AND id = ?2)`;

/** A person asks for it again; that also opens a receiver that had said 410. False: no such delivery at rest. */
export async function reopenDelivery(
  db: D1Database,
  target: { project: string; jobId: string; id: string },
  now: number,
): Promise<boolean> {
  const [reopened] = await db.batch([
    db.prepare(REDELIVER).bind(target.project, target.id, target.jobId, now),
    db.prepare(ENABLE).bind(target.project, target.id),
  ]);
  return (reopened?.meta.changes ?? 0) > 0;
}

/** The deliveries of a job, oldest first; a job ends a handful of times at most. */
export async function listDeliveries(
  db: D1Database,
  project: string,
  jobId: string,
): Promise<DeliveryRecord[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM deliveries INDEXED BY deliveries_by_job
       WHERE project = ?1 AND job_id = ?2 ORDER BY id LIMIT 100`,
    )
    .bind(project, jobId)
    .all<DeliveryRow>();
  return results.map(toDeliveryRecord);
}

/** Deliveries whose time has come. */
export async function listDueDeliveries(
  db: D1Database,
  now: number,
  limit: number,
): Promise<{ project: string; id: string }[]> {
  const { results } = await db
    .prepare(
      "SELECT project, id FROM deliveries WHERE next_at IS NOT NULL AND next_at <= ?1 ORDER BY next_at LIMIT ?2",
    )
    .bind(now, limit)
    .all<{ project: string; id: string }>();
  return results;
}
