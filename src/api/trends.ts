import { utcDay } from "../access/quota.ts";
import type { Trend } from "../contract-insight.ts";
import { INSIGHT_LIMITS } from "../contract-limits.ts";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import { AppError } from "../errors.ts";
import { meanInterval, type Sums } from "../scoring/intervals.ts";
import { isMetricName } from "../scoring/metrics/registry.ts";
import { listTrendDays, listTrendTags } from "../storage/trends.ts";
import type { Http } from "./http-context.ts";

const DEFAULT_DAYS = 30;
const MOST_TAGS = 100;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `GET /api/trends?metric=…&days=…&tag=…` */
export async function getTrend(http: Http): Promise<Response> {
  const { db, now } = http.get("jobs");
  const { project } = http.get("caller");
  const metric = readMetric(http.req.query("metric"));
  const days = readDays(http.req.query("days"));
  const tag = http.req.query("tag")?.slice(0, 200) || null;
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

function readMetric(text: string | undefined): string {
  const name = text?.trim() ?? "";
  if (isMetricName(name) || (name.startsWith(CRITERION_PREFIX) && name.length <= 100)) return name;
  throw new AppError(
    "invalid_request",
    "`metric` must be the name of a metric; see GET /api/metrics.",
    {
      errors: [{ pointer: "#/metric", detail: "Not a metric." }],
    },
  );
}

function readDays(text: string | undefined): number {
  if (text === undefined || text === "") return DEFAULT_DAYS;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= INSIGHT_LIMITS.trendDays) return days;
  const range = `a whole number from 1 to ${INSIGHT_LIMITS.trendDays}`;
  throw new AppError("invalid_request", `\`days\` must be ${range}.`, {
    errors: [{ pointer: "#/days", detail: `Not ${range}.` }],
  });
}
