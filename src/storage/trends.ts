import { readSums, type Sums } from "../scoring/intervals.ts";
import { pick } from "./fields.ts";
import { trendJudges, trends } from "./schema.ts";
import { readRows, sql } from "./sql.ts";
import { columns, findAll } from "./table.ts";

export interface TrendDay extends Sums {
  /** YYYY-MM-DD in UTC. */
  day: string;
}

// The whole row, not the view `trend_days`: D1 would count every metric of it as a row read.
const DAY = pick(trends.fields, "day", "sums");

/** Days with scored samples, oldest first. The rows are kept by triggers on `runs`; nothing else writes them. */
export async function listTrendDays(
  db: D1Database,
  project: string,
  { metric, tag, fromDay }: { metric: string; tag: string; fromDay: string },
): Promise<TrendDay[]> {
  const days = await findAll(
    db,
    DAY,
    sql`SELECT ${columns(DAY)} FROM trends
      WHERE project = ${project} AND tag = ${tag} AND day >= ${fromDay} ORDER BY day`,
  );
  return days.flatMap(({ day, sums }) => {
    const known = readSums(new Map(Object.entries(sums)).get(metric) ?? []);
    return known.n > 0 ? [{ day, ...known }] : [];
  });
}

const JUDGE = pick(trendJudges.fields, "day", "judge");

/** Who judged on which day, oldest first, each day's by name. */
export function listTrendJudges(
  db: D1Database,
  project: string,
  fromDay: string,
): Promise<{ day: string; judge: string }[]> {
  return findAll(
    db,
    JUDGE,
    sql`SELECT ${columns(JUDGE)} FROM trend_judges WHERE project = ${project} AND day >= ${fromDay} ORDER BY day, judge`,
  );
}

/** Tags of the time, the latest first, and of one day the busiest first. */
export async function listTrendTags(
  db: D1Database,
  project: string,
  fromDay: string,
  limit: number,
): Promise<string[]> {
  const rows = await readRows<{ tag: string }>(
    db,
    sql`SELECT tag FROM trend_tags WHERE project = ${project} AND last_day >= ${fromDay}
      ORDER BY last_day DESC, busy DESC, tag LIMIT ${limit}`,
  );
  return rows.map(({ tag }) => tag);
}
