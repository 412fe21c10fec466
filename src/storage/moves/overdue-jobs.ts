import type { DueRows } from "../due-rows.ts";
import { pick, type RecordOf } from "../fields.ts";
import { jobs } from "../schema.ts";
import { sql } from "../sql.ts";
import { columns, findAll } from "../table.ts";

const OVERDUE = pick(jobs.fields, "project", "id", "kind", "total");

/** Jobs nothing has happened to in time; each that is taken is next due after a pause, doubled each time. */
export const overdueJobs = (pauseMs: number): DueRows<RecordOf<typeof OVERDUE>> => ({
  table: "jobs",
  column: "wake_at",
  take: (db, { now, lostBy, limit }) =>
    findAll(
      db,
      OVERDUE,
      sql`UPDATE jobs SET wakes = wakes + 1, wake_at = ${now} + min(600000, ${pauseMs} << min(wakes, 5))
        WHERE (project, id) IN (SELECT project, id FROM jobs WHERE wake_at IS NOT NULL AND wake_at <= ${lostBy}
                                ORDER BY wake_at LIMIT ${limit})
        RETURNING ${columns(OVERDUE)}`,
    ),
  bringBack: (horizon, at) => {
    // Whatever is held or waited for belongs to a job whose own time lies as far ahead.
    const ofJobs = sql`job_id IN (SELECT id FROM jobs WHERE wake_at > ${horizon})`;
    return [
      sql`UPDATE samples SET lease_until = ${at} WHERE status = 'running' AND lease_until > ${horizon} AND ${ofJobs}`,
      sql`UPDATE chunks SET lease_until = ${at} WHERE is_open = 1 AND lease_until > ${horizon} AND ${ofJobs}`,
      sql`UPDATE chunks SET wake_at = ${at} WHERE is_open = 1 AND wake_at > ${horizon} AND ${ofJobs}`,
      sql`UPDATE batches SET lease_until = ${at} WHERE lease_until > ${horizon} AND ${ofJobs}`,
      sql`UPDATE breaker SET until = ${at} WHERE until > ${horizon}`,
      sql`UPDATE jobs SET wake_at = ${at} WHERE wake_at > ${horizon}`,
    ];
  },
});
