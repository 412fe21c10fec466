import { raw } from "sql-template-tag";
import { readSums, type Sums } from "../scoring/intervals.ts";
import { tellChannels } from "./channel-messages.ts";
import { CHANNEL_PREFIX } from "./channels.ts";
import type { DueRows } from "./due-rows.ts";
import { omit, type RecordOf } from "./fields.ts";
import { alertRules, deliveries } from "./schema.ts";
import { change, hasChanged, readRows, sql, transact } from "./sql.ts";
import { columns, decode, findAll, insert, set } from "./table.ts";

const ALERT = omit(alertRules.fields, "dueAt");

export type AlertRecord = RecordOf<typeof ALERT>;

export async function insertAlert(db: D1Database, alert: AlertRecord): Promise<void> {
  await change(db, insert(alertRules, alert));
}

export function listAlerts(db: D1Database, project: string, limit: number): Promise<AlertRecord[]> {
  return findAll(
    db,
    ALERT,
    sql`SELECT ${columns(ALERT)} FROM alert_rules WHERE project = ${project} ORDER BY id LIMIT ${limit}`,
  );
}

/** False: there is none. */
export async function deleteAlert(db: D1Database, project: string, id: string): Promise<boolean> {
  return (
    (await change(db, sql`DELETE FROM alert_rules WHERE project = ${project} AND id = ${id}`)) > 0
  );
}

/** Projects with rules that a run came for since they were looked at. */
export const DUE_ALERTS: DueRows<{ project: string }> = {
  table: "alert_rules",
  column: "due_at",
  take: (db, { now, limit }) =>
    readRows(
      db,
      sql`SELECT DISTINCT project FROM alert_rules WHERE due_at IS NOT NULL AND due_at <= ${now} LIMIT ${limit}`,
    ),
  bringBack: (horizon, at) => [
    sql`UPDATE alert_rules SET due_at = ${at} WHERE due_at > ${horizon}`,
  ],
};

/** Rules, of all projects or of one, with what their windows hold now; a run that comes later makes them due again. */
export async function takeAlertsWithSums(
  db: D1Database,
  project: string | null,
  now: number,
  limit: number,
): Promise<{ alert: AlertRecord; sums: Sums }[]> {
  const ofProject = project === null ? sql`true` : sql`project = ${project}`;
  await change(
    db,
    sql`UPDATE alert_rules SET due_at = NULL WHERE due_at IS NOT NULL AND ${ofProject}`,
  );
  // Its own window for each rule, from at most as many day rows as the window is long.
  const rows = await readRows<{ sums: string }>(
    db,
    sql`SELECT ${columns(ALERT)},
        (SELECT json_array(coalesce(sum(n), 0), coalesce(sum(sum), 0), coalesce(sum(squares), 0),
            coalesce(sum(w), 0), coalesce(sum(wx), 0), coalesce(sum(ww), 0), coalesce(sum(wwx), 0), coalesce(sum(wwxx), 0))
         FROM trend_days AS d
         WHERE d.project = r.project AND d.metric = r.metric AND d.tag = r.tag
           AND d.day > date(${now} / 1000, 'unixepoch', '-' || r.window_days || ' days')) AS sums
      FROM alert_rules AS r WHERE ${ofProject} ORDER BY project, id LIMIT ${limit}`,
  );
  return rows.map((row) => {
    const sums = readSums(JSON.parse(row.sums) as number[]);
    return { alert: decode(ALERT, { ...row }), sums };
  });
}

/**
 * Moves a rule to its new state and writes the webhook with it: exactly one for each change, however many look at the
 * same time. Gives back the id of the delivery, or null.
 */
export async function moveAlert(
  db: D1Database,
  alert: AlertRecord,
  {
    now,
    payload,
    ...moved
  }: Pick<AlertRecord, "state" | "seen"> & { now: number; payload: object },
): Promise<string | null> {
  const { project, id } = alert;
  const event = moved.state === "firing" ? "alert.firing" : "alert.resolved";
  const key = `${id.replace(/^alert_/, "")}_${now}`;
  const delivery = {
    project,
    id: `msg_${key}`,
    jobId: id,
    event,
    url: raw("coalesce(c.masked, r.webhook_url)"),
    state: raw("iif(c.state = 'refused', 'disabled', 'pending')"),
    createdAt: now,
    nextAt: sql`CASE WHEN c.id IS NULL THEN ${now} END`,
    payload: JSON.stringify(payload),
    channelId: raw("c.id"),
  } as const;
  const isMoved = sql`r.project = ${project} AND r.id = ${id} AND r.changed_at = ${now}`;
  const telling = { project, event, key, about: id, at: now, payload } as const;
  const [answer, announced] = await transact<{ id: string }>(db, [
    sql`UPDATE alert_rules SET ${set(alertRules, { ...moved, changedAt: now })}
        WHERE project = ${project} AND id = ${id} AND state = ${alert.state}`,
    sql`${insert(
      deliveries,
      delivery,
      sql`FROM alert_rules AS r LEFT JOIN channels AS c ON c.project = r.project AND c.id = r.webhook_url
        WHERE ${isMoved} AND r.webhook_url IS NOT NULL AND c.state IS NOT 'off'
        AND (c.id IS NOT NULL OR r.webhook_url NOT LIKE ${`${CHANNEL_PREFIX}%`})
        AND NOT EXISTS (SELECT 1 FROM disabled_callbacks AS x WHERE x.project = r.project AND x.url = r.webhook_url)`,
    )}
        ON CONFLICT DO NOTHING RETURNING id`,
    tellChannels(
      telling,
      sql`EXISTS (SELECT 1 FROM alert_rules AS r WHERE ${isMoved} AND r.webhook_url IS NOT c.id)`,
    ),
  ]);
  if (!hasChanged(answer)) return null;
  return announced?.results[0]?.id ?? null;
}

export async function noteSeen(
  db: D1Database,
  { project, id }: AlertRecord,
  seen: AlertRecord["seen"],
): Promise<void> {
  await change(
    db,
    sql`UPDATE alert_rules SET ${set(alertRules, { seen })}
      WHERE project = ${project} AND id = ${id} AND seen IS NOT ${JSON.stringify(seen)}`,
  );
}
