import { pick, type RecordOf } from "../fields.ts";
import { jobs } from "../schema.ts";
import { readRow, sql } from "../sql.ts";
import { columns, findAll } from "../table.ts";

const OVERDUE = pick(jobs.fields, "project", "id", "kind", "total");

export type OverdueJob = RecordOf<typeof OVERDUE>;

/** Jobs nothing has happened to in time, at most `limit`; each is next due after a doubled pause. */
export function takeOverdueJobs(
  db: D1Database,
  now: number,
  pauseMs: number,
  limit: number,
): Promise<OverdueJob[]> {
  return findAll(
    db,
    OVERDUE,
    sql`UPDATE jobs SET wakes = wakes + 1, wake_at = ${now} + min(600000, ${pauseMs} << min(wakes, 5))
      WHERE (project, id) IN (SELECT project, id FROM jobs WHERE wake_at IS NOT NULL AND wake_at <= ${now}
                              ORDER BY wake_at LIMIT ${limit})
      RETURNING ${columns(OVERDUE)}`,
  );
}

/** When the next thing falls due (job, session report, webhook), or null when nothing is open. */
export async function nextWakeAt(db: D1Database): Promise<number | null> {
  const row = await readRow<{ at: number | null }>(
    db,
    sql`SELECT min(at) AS at FROM (
      SELECT min(wake_at) AS at FROM jobs WHERE wake_at IS NOT NULL
      UNION ALL SELECT min(due_at) FROM sessions WHERE due_at IS NOT NULL
      UNION ALL SELECT min(next_at) FROM deliveries WHERE next_at IS NOT NULL)`,
  );
  return row?.at ?? null;
}
