import type { DueRows } from "./due-rows.ts";
import { pick, type RecordOf } from "./fields.ts";
import { schedules } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll, findOne, insert, set } from "./table.ts";

const SCHEDULE = schedules.fields;
export type ScheduleRecord = RecordOf<typeof SCHEDULE>;

/** Looked at so often at least: the queue keeps a message for a day at most. */
export const LONGEST_LOOK_MS = 20 * 60 * 60 * 1000;

/** When the next one starts, and when to look for it. */
export function dueFor(
  nextAt: number | null,
  now: number,
): Pick<ScheduleRecord, "nextAt" | "dueAt"> {
  return { nextAt, dueAt: nextAt === null ? null : Math.min(nextAt, now + LONGEST_LOOK_MS) };
}

export async function insertSchedule(db: D1Database, schedule: ScheduleRecord): Promise<void> {
  await change(db, insert(schedules, schedule));
}

export function listSchedules(
  db: D1Database,
  project: string,
  limit: number,
): Promise<ScheduleRecord[]> {
  return findAll(
    db,
    SCHEDULE,
    sql`SELECT ${columns(SCHEDULE)} FROM schedules WHERE project = ${project} ORDER BY id LIMIT ${limit}`,
  );
}

export function getSchedule(
  db: D1Database,
  project: string,
  id: string,
): Promise<ScheduleRecord | null> {
  return findOne(
    db,
    SCHEDULE,
    sql`SELECT ${columns(SCHEDULE)} FROM schedules WHERE project = ${project} AND id = ${id}`,
  );
}

/** `seenNextAt`: only while its time is what it was; false: somebody else was there. */
export async function changeSchedule(
  db: D1Database,
  { project, id }: { project: string; id: string },
  changes: Partial<Pick<ScheduleRecord, "name" | "everyHours" | "nextAt" | "dueAt" | "problem">>,
  seenNextAt?: number,
): Promise<boolean> {
  if (Object.keys(changes).length === 0) return true;
  const isSame = seenNextAt === undefined ? sql`1` : sql`next_at = ${seenNextAt}`;
  const changed = await change(
    db,
    sql`UPDATE schedules SET ${set(schedules, changes)} WHERE project = ${project} AND id = ${id} AND ${isSame}`,
  );
  return changed > 0;
}

export async function deleteSchedule(
  db: D1Database,
  project: string,
  id: string,
): Promise<boolean> {
  return (
    (await change(db, sql`DELETE FROM schedules WHERE project = ${project} AND id = ${id}`)) > 0
  );
}

const DUE = pick(schedules.fields, "project", "id");

/** Schedules whose time has come; each moves its own time on once it has started. */
export const DUE_SCHEDULES: DueRows<RecordOf<typeof DUE>> = {
  table: "schedules",
  column: "due_at",
  take: (db, { now, limit }) =>
    findAll(
      db,
      DUE,
      sql`SELECT ${columns(DUE)} FROM schedules WHERE due_at IS NOT NULL AND due_at <= ${now} ORDER BY due_at LIMIT ${limit}`,
    ),
  bringBack: (horizon, at) => [sql`UPDATE schedules SET due_at = ${at} WHERE due_at > ${horizon}`],
};
