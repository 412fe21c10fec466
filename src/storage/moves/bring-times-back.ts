// A clock that is set back leaves times behind that lie too far ahead to be honest: nothing would happen until they come.

const FARTHEST = `SELECT max(ahead) AS ahead FROM (
  SELECT max(wake_at) - ?1 AS ahead FROM jobs WHERE wake_at IS NOT NULL
  UNION ALL SELECT max(due_at) - ?1 FROM sessions WHERE due_at IS NOT NULL
  UNION ALL SELECT max(next_at) - ?2 FROM deliveries WHERE next_at IS NOT NULL)`;

// Whatever is held or waited for belongs to a job whose own time lies as far ahead.
const OF_JOBS = "job_id IN (SELECT id FROM jobs WHERE wake_at > ?1)";
const BACK = [
  `UPDATE samples SET lease_until = ?2 WHERE status = 'running' AND lease_until > ?1 AND ${OF_JOBS}`,
  `UPDATE chunks SET lease_until = ?2 WHERE is_open = 1 AND lease_until > ?1 AND ${OF_JOBS}`,
  `UPDATE chunks SET wake_at = ?2 WHERE is_open = 1 AND wake_at > ?1 AND ${OF_JOBS}`,
  `UPDATE batches SET lease_until = ?2 WHERE lease_until > ?1 AND ${OF_JOBS}`,
  "UPDATE breaker SET until = ?2 WHERE until > ?1",
  "UPDATE jobs SET wake_at = ?2 WHERE wake_at > ?1",
  "UPDATE sessions SET lease_until = min(lease_until, ?2), due_at = ?2 WHERE due_at > ?1",
];
// The first attempt is due at once.
const BACK_DELIVERIES = `UPDATE deliveries SET lease_until = min(lease_until, ?2), next_at = ?2
  WHERE next_at > ?3 OR (attempts = 0 AND next_at > ?1)`;

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
  horizon: Horizon,
  at: number,
): Promise<boolean> {
  const row = await db
    .prepare(FARTHEST)
    .bind(horizon.work, horizon.deliveries)
    .first<{ ahead: number | null }>();
  if ((row?.ahead ?? 0) <= 0) return false;
  await db.batch([
    ...BACK.map((sql) => db.prepare(sql).bind(horizon.work, at)),
    db.prepare(BACK_DELIVERIES).bind(horizon.work, at, horizon.deliveries),
  ]);
  return true;
}
