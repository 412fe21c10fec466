export interface TrendDay {
  /** YYYY-MM-DD in UTC. */
  day: string;
  n: number;
  sum: number;
  squares: number;
}

const DAYS = `SELECT day, n, sum, squares FROM trend_days
  WHERE project = ?1 AND metric = ?2 AND tag = ?3 AND day >= ?4 AND n > 0 ORDER BY day`;

/** Days with scored samples, oldest first. The rows are kept by triggers on `runs`; nothing else writes them. */
export async function listTrendDays(
  db: D1Database,
  project: string,
  series: { metric: string; tag: string; fromDay: string },
): Promise<TrendDay[]> {
  const { results } = await db
    .prepare(DAYS)
    .bind(project, series.metric, series.tag, series.fromDay)
    .all<TrendDay>();
  return results;
}

const TAGS = `SELECT tag FROM trend_days WHERE project = ?1 AND metric = ?2 AND tag <> '' AND day >= ?3
  GROUP BY tag ORDER BY sum(n) DESC, tag LIMIT ?4`;

/** Tags of the time, the busiest first. */
export async function listTrendTags(
  db: D1Database,
  project: string,
  series: { metric: string; fromDay: string },
  limit: number,
): Promise<string[]> {
  const { results } = await db
    .prepare(TAGS)
    .bind(project, series.metric, series.fromDay, limit)
    .all<{ tag: string }>();
  return results.map(({ tag }) => tag);
}
