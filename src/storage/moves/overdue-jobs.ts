const TAKE_OVERDUE = `UPDATE jobs SET wakes = wakes + 1, wake_at = ?1 + min(600000, ?2 << min(wakes, 5))
  WHERE (project, id) IN (SELECT project, id FROM jobs WHERE wake_at IS NOT NULL AND wake_at <= ?1
                          ORDER BY wake_at LIMIT ?3)
  RETURNING project, id, kind, total`;

export interface OverdueJob {
  project: string;
  id: string;
  kind: "single" | "batch";
  total: number;
}

/** Jobs nothing has happened to in time, at most `limit`; each is next due after a doubled pause. */
export async function takeOverdueJobs(
  db: D1Database,
  now: number,
  pauseMs: number,
  limit: number,
): Promise<OverdueJob[]> {
  const { results } = await db.prepare(TAKE_OVERDUE).bind(now, pauseMs, limit).all<OverdueJob>();
  return results;
}

const NEXT_WAKE = `SELECT min(at) AS at FROM (
  SELECT min(wake_at) AS at FROM jobs WHERE wake_at IS NOT NULL
  UNION ALL SELECT min(due_at) FROM sessions WHERE due_at IS NOT NULL
  UNION ALL SELECT min(next_at) FROM deliveries WHERE next_at IS NOT NULL)`;

/** When the next thing falls due (job, session report, webhook), or null when nothing is open. */
export async function nextWakeAt(db: D1Database): Promise<number | null> {
  const row = await db.prepare(NEXT_WAKE).first<{ at: number | null }>();
  return row?.at ?? null;
}
