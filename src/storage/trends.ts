export interface TrendDay {
  /** YYYY-MM-DD in UTC. */
  day: string;
  n: number;
  sum: number;
  squares: number;
}

// The whole row, not the view `trend_days`: D1 would count every metric of it as a row read.
const DAYS = `SELECT day, sums FROM trends WHERE project = ?1 AND tag = ?2 AND day >= ?3 ORDER BY day`;

/** Days with scored samples, oldest first. The rows are kept by triggers on `runs`; nothing else writes them. */
export async function listTrendDays(
  db: D1Database,
  project: string,
  series: { metric: string; tag: string; fromDay: string },
): Promise<TrendDay[]> {
  const { results } = await db
    .prepare(DAYS)
    .bind(project, series.tag, series.fromDay)
    .all<{ day: string; sums: string }>();
  return results.flatMap(({ day, sums }) => {
    const ofDay = new Map(Object.entries(JSON.parse(sums) as Record<string, number[]>));
    const [n = 0, sum = 0, squares = 0] = ofDay.get(series.metric) ?? [];
    return n > 0 ? [{ day, n, sum, squares }] : [];
  });
}

const TAGS = `SELECT tag FROM trend_tags WHERE project = ?1 AND last_day >= ?2
  ORDER BY last_day DESC, busy DESC, tag LIMIT ?3`;

/** Tags of the time, the latest first, and of one day the busiest first. */
export async function listTrendTags(
  db: D1Database,
  project: string,
  fromDay: string,
  limit: number,
): Promise<string[]> {
  const { results } = await db.prepare(TAGS).bind(project, fromDay, limit).all<{ tag: string }>();
  return results.map(({ tag }) => tag);
}
