import type { AlertState } from "../scoring/gate-alert.ts";
import type { Sums } from "../scoring/intervals.ts";

export interface AlertRecord {
  project: string;
  id: string;
  metric: string;
  /** Empty: all samples. */
  tag: string;
  side: "below" | "above";
  threshold: number;
  windowDays: number;
  webhookUrl: string | null;
  createdAt: number;
  createdBy: string;
  state: AlertState;
  changedAt: number | null;
  seen: { n: number; mean: number; interval: [number, number] | null } | null;
}

interface AlertRow {
  project: string;
  id: string;
  metric: string;
  tag: string;
  side: "below" | "above";
  threshold: number;
  window_days: number;
  webhook_url: string | null;
  created_at: number;
  created_by: string;
  state: AlertState;
  changed_at: number | null;
  seen: string | null;
}

const COLUMNS = `project, id, metric, tag, side, threshold, window_days, webhook_url, created_at, created_by, state,
  changed_at, seen`;

function toAlertRecord(row: AlertRow): AlertRecord {
  return {
    project: row.project,
    id: row.id,
    metric: row.metric,
    tag: row.tag,
    side: row.side,
    threshold: row.threshold,
    windowDays: row.window_days,
    webhookUrl: row.webhook_url,
    createdAt: row.created_at,
    createdBy: row.created_by,
    state: row.state,
    changedAt: row.changed_at,
    seen: row.seen ? JSON.parse(row.seen) : null,
  };
}

export async function insertAlert(db: D1Database, alert: AlertRecord): Promise<void> {
  await db
    .prepare(
      `INSERT INTO alert_rules (project, id, metric, tag, side, threshold, window_days, webhook_url, created_at,
         created_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`,
    )
    .bind(
      alert.project,
      alert.id,
      alert.metric,
      alert.tag,
      alert.side,
      alert.threshold,
      alert.windowDays,
      alert.webhookUrl,
      alert.createdAt,
      alert.createdBy,
    )
    .run();
}

export async function listAlerts(
  db: D1Database,
  project: string,
  limit: number,
): Promise<AlertRecord[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM alert_rules WHERE project = ?1 ORDER BY id LIMIT ?2`)
    .bind(project, limit)
    .all<AlertRow>();
  return results.map(toAlertRecord);
}

/** False: there is none. */
export async function deleteAlert(db: D1Database, project: string, id: string): Promise<boolean> {
  const { meta } = await db
    .prepare("DELETE FROM alert_rules WHERE project = ?1 AND id = ?2")
    .bind(project, id)
    .run();
  return meta.changes > 0;
}

// Its own window for each rule, from at most as many day rows as the window is long.
const WITH_SUMS = `SELECT ${COLUMNS},
    (SELECT json_array(coalesce(sum(n), 0), coalesce(sum(sum), 0), coalesce(sum(squares), 0)) FROM trend_days AS d
     WHERE d.project = r.project AND d.metric = r.metric AND d.tag = r.tag
       AND d.day > date(?1 / 1000, 'unixepoch', '-' || r.window_days || ' days')) AS sums
  FROM alert_rules AS r ORDER BY project, id LIMIT ?2`;

/** Rules of all projects with what their windows hold now. */
export async function listAlertsWithSums(
  db: D1Database,
  now: number,
  limit: number,
): Promise<{ alert: AlertRecord; sums: Sums }[]> {
  const { results } = await db
    .prepare(WITH_SUMS)
    .bind(now, limit)
    .all<AlertRow & { sums: string }>();
  return results.map((row) => {
    const [n, sum, squares] = JSON.parse(row.sums) as [number, number, number];
    return { alert: toAlertRecord(row), sums: { n, sum, squares } };
  });
}

const MOVE = `UPDATE alert_rules SET state = ?4, changed_at = ?5, seen = ?6
  WHERE project = ?1 AND id = ?2 AND state = ?3`;
const SEE = "UPDATE alert_rules SET seen = ?3 WHERE project = ?1 AND id = ?2 AND seen IS NOT ?3";
const ANNOUNCE = `INSERT INTO deliveries (project, id, job_id, event, url, state, created_at, next_at, payload)
  SELECT r.project, ?3, r.id, ?4, r.webhook_url, 'pending', ?5, ?5, ?6 FROM alert_rules AS r
  WHERE r.project = ?1 AND r.id = ?2 AND r.webhook_url IS NOT NULL AND r.changed_at = ?5
    AND NOT EXISTS (SELECT 1 FROM disabled_callbacks AS x WHERE x.project = r.project AND x.url = r.webhook_url)
  ON CONFLICT DO NOTHING
  RETURNING id`;

/**
 * Moves a rule to its new state and writes the webhook with it: exactly one for each change, however many look at the
 * same time. Gives back the id of the delivery, or null.
 */
export async function moveAlert(
  db: D1Database,
  alert: AlertRecord,
  change: { state: AlertState; seen: AlertRecord["seen"]; now: number; payload: object },
): Promise<string | null> {
  const { state, seen, now, payload } = change;
  const [moved, announced] = await db.batch<{ id: string }>([
    db.prepare(MOVE).bind(alert.project, alert.id, alert.state, state, now, JSON.stringify(seen)),
    db
      .prepare(ANNOUNCE)
      .bind(
        alert.project,
        alert.id,
        `msg_${alert.id.replace(/^alert_/, "")}_${now}`,
        state === "firing" ? "alert.firing" : "alert.resolved",
        now,
        JSON.stringify(payload),
      ),
  ]);
  if ((moved?.meta.changes ?? 0) === 0) return null;
  return announced?.results[0]?.id ?? null;
}

export async function noteSeen(
  db: D1Database,
  alert: AlertRecord,
  seen: AlertRecord["seen"],
): Promise<void> {
  await db.prepare(SEE).bind(alert.project, alert.id, JSON.stringify(seen)).run();
}
