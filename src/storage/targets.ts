import type { Sql } from "sql-template-tag";
import { omit, type RecordOf } from "./fields.ts";
import { targets } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll, findOne, insert, set } from "./table.ts";

const TARGET = omit(targets.fields, "streak", "dueAt");

export type TargetRecord = RecordOf<typeof TARGET>;
type NewTarget = Parameters<typeof insert<typeof targets.fields>>[1];

export async function insertTarget(db: D1Database, target: NewTarget): Promise<void> {
  await change(db, insert(targets, target));
}

export function listTargets(
  db: D1Database,
  project: string,
  limit: number,
): Promise<TargetRecord[]> {
  return findAll(
    db,
    TARGET,
    sql`SELECT ${columns(TARGET)} FROM targets WHERE project = ${project} ORDER BY id LIMIT ${limit}`,
  );
}

export function getTarget(
  db: D1Database,
  project: string,
  id: string,
): Promise<TargetRecord | null> {
  return findOne(
    db,
    TARGET,
    sql`SELECT ${columns(TARGET)} FROM targets WHERE project = ${project} AND id = ${id}`,
  );
}

export async function changeTarget(
  db: D1Database,
  { project, id }: { project: string; id: string },
  changes: Partial<
    Pick<
      TargetRecord,
      "name" | "baseUrl" | "apiKey" | "options" | "mode" | "inputs" | "asksPerDay" | "trial"
    >
  >,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await change(
    db,
    sql`UPDATE targets SET ${set(targets, changes)} WHERE project = ${project} AND id = ${id}`,
  );
}

export async function deleteTarget(db: D1Database, project: string, id: string): Promise<boolean> {
  return (await change(db, sql`DELETE FROM targets WHERE project = ${project} AND id = ${id}`)) > 0;
}

/** Counts one question against the day's budget. False: it is spent. */
export async function takeFromBudget(
  db: D1Database,
  target: { project: string; id: string },
  day: string,
): Promise<boolean> {
  return (await change(db, payAsk(target, day))) > 0;
}

/** SQL: the same, as a part of something. */
export function payAsk(
  { project, id }: { project: string; id: string },
  day: string,
  isAsked: Sql = sql`1`,
): Sql {
  return sql`UPDATE targets SET asked = iif(asked_day = ${day}, asked, 0) + 1, asked_day = ${day}
    WHERE project = ${project} AND id = ${id}
      AND (asks_per_day IS NULL OR asked_day <> ${day} OR asked < asks_per_day) AND ${isAsked}`;
}
