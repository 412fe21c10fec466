import { utcDay } from "../../access/quota.ts";
import type { Trend } from "../../contract-insight.ts";
import type { Http } from "../../http/http-context.ts";
import { readQuery } from "../../http/read-query.ts";
import { meanInterval, type Sums } from "../../scoring/intervals.ts";
import { listTrendDays, listTrendTags } from "../../storage/trends.ts";
import { TrendQuery } from "../queries.ts";

const MOST_TAGS = 100;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `GET /api/trends?metric=…&days=…&tag=…` */
export async function getTrend(http: Http): Promise<Response> {
  const { db, now } = http.get("jobs");
  const { project } = http.get("caller");
  const { metric, days, tag = null } = readQuery(http, TrendQuery);
  const fromDay = utcDay(now() - (days - 1) * DAY_MS);
  const rows = await listTrendDays(db, project, { metric, tag: tag ?? "", fromDay });
  const trend: Trend = {
    metric,
    days,
    tag,
    points: rows.map((row) => ({ day: row.day, ...describeSums(row) })),
    whole: rows.length === 0 ? null : describeSums(addUp(rows)),
    tags: await listTrendTags(db, project, fromDay, MOST_TAGS),
  };
  return http.json(trend);
}

function describeSums(sums: Sums) {
  return { n: sums.n, mean: sums.sum / sums.n, interval: meanInterval(sums) };
}

function addUp(rows: readonly Sums[]): Sums {
  return rows.reduce((total, row) => ({
    n: total.n + row.n,
    sum: total.sum + row.sum,
    squares: total.squares + row.squares,
  }));
}
