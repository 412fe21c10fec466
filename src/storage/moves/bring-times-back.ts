import { readRow, sql, transact } from "../sql.ts";

// A clock that is set back leaves times behind that lie too far ahead to be honest: nothing would happen until they come.

export interface Horizon {
  /** No lease, pause or due time lies beyond this. */
  work: number;
  /** No attempt at a webhook does. */
  deliveries: number;
}

/**
 * Brings what lies beyond the horizon to `at`: so soon it is due, and whoever still works on it may say so before.
 * False: nothing did, as one read of three indexes tells.
 */
export async function bringTimesBack(
  db: D1Database,
  { work, deliveries }: Horizon,
  at: number,
): Promise<boolean> {
  const farthest = await readRow<{ ahead: number | null }>(
    db,
    sql`SELECT max(ahead) AS ahead FROM (
      SELECT max(wake_at) - ${work} AS ahead FROM jobs WHERE wake_at IS NOT NULL
      UNION ALL SELECT max(due_at) - ${work} FROM sessions WHERE due_at IS NOT NULL
      UNION ALL SELECT max(next_at) - ${deliveries} FROM deliveries WHERE next_at IS NOT NULL)`,
  );
  if ((farthest?.ahead ?? 0) <= 0) return false;
  // Whatever is held or waited for belongs to a job whose own time lies as far ahead.
  const ofJobs = sql`job_id IN (SELECT id FROM jobs WHERE wake_at > ${work})`;
  const back = [
    sql`UPDATE samples SET lease_until = ${at} WHERE status = 'running' AND lease_until > ${work} AND ${ofJobs}`,
    sql`UPDATE chunks SET lease_until = ${at} WHERE is_open = 1 AND lease_until > ${work} AND ${ofJobs}`,
    sql`UPDATE chunks SET wake_at = ${at} WHERE is_open = 1 AND wake_at > ${work} AND ${ofJobs}`,
    sql`UPDATE batches SET lease_until = ${at} WHERE lease_until > ${work} AND ${ofJobs}`,
    sql`UPDATE breaker SET until = ${at} WHERE until > ${work}`,
    sql`UPDATE jobs SET wake_at = ${at} WHERE wake_at > ${work}`,
    sql`UPDATE sessions SET lease_until = min(lease_until, ${at}), due_at = ${at} WHERE due_at > ${work}`,
    // The first attempt is due at once.
    sql`UPDATE deliveries SET lease_until = min(lease_until, ${at}), next_at = ${at}
      WHERE next_at > ${deliveries} OR (attempts = 0 AND next_at > ${work})`,
  ];
  await transact(db, back);
  return true;
}
