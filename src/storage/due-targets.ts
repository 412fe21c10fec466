import { empty, type Sql } from "sql-template-tag";
import type { DueRows } from "./due-rows.ts";
import { pick, type RecordOf } from "./fields.ts";
import { targets } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll } from "./table.ts";

const TARGET = pick(targets.fields, "project", "id");
type Target = RecordOf<typeof TARGET>;

/**
 * Apps of which something is left to ask. A message that asks one is sent again after each pause: whoever is asking
 * it already leaves it nothing to take, and where a consumer died its asks are taken up as soon as their leases end.
 */
export const dueTargets = (pauseMs: number): DueRows<Target> => ({
  table: "targets",
  column: "due_at",
  take: (db, { now, lostBy, limit }) =>
    findAll(
      db,
      TARGET,
      sql`UPDATE targets SET due_at = ${now + pauseMs} WHERE (project, id) IN
        (SELECT project, id FROM targets WHERE due_at IS NOT NULL AND due_at <= ${lostBy} ORDER BY due_at LIMIT ${limit})
        RETURNING ${columns(TARGET)}`,
    ),
  bringBack: (horizon, at) => {
    const open = (state: "waiting" | "asking") =>
      sql`state = ${state} AND state <> 'done' AND target_id IN (SELECT id FROM targets WHERE due_at > ${horizon})`;
    return [
      sql`UPDATE asks INDEXED BY asks_open SET lease_until = ${at} WHERE ${open("asking")} AND lease_until > ${horizon}`,
      sql`UPDATE asks INDEXED BY asks_open SET wake_at = ${at} WHERE ${open("waiting")} AND wake_at > ${horizon}`,
      sql`UPDATE targets SET due_at = ${at} WHERE due_at > ${horizon}`,
    ];
  },
});

/** SQL: an app has something to be asked. */
export function watchTarget({ project, id }: Target, dueAt: number): Sql {
  return sql`UPDATE targets SET due_at = ${dueAt} WHERE project = ${project} AND id = ${id} AND due_at IS NULL
    AND ${hasOpenAsks(id)}`;
}

/** Nobody looks at an app again of which nothing is left to ask. */
export async function unwatchTarget(db: D1Database, { project, id }: Target): Promise<void> {
  await change(
    db,
    sql`UPDATE targets SET due_at = NULL WHERE project = ${project} AND id = ${id} AND due_at IS NOT NULL
      AND NOT ${hasOpenAsks(id)}`,
  );
}

/** SQL: something is left to ask an app, in one job or in any. */
export function hasOpenAsks(targetId: string | Sql, jobId?: string | Sql): Sql {
  const ofJob = jobId === undefined ? empty : sql`AND job_id = ${jobId}`;
  return sql`EXISTS (SELECT 1 FROM asks INDEXED BY asks_open
    WHERE target_id = ${targetId} AND state IN ('waiting', 'asking') AND state <> 'done' ${ofJob})`;
}
