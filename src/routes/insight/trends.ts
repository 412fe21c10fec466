import { utcDay } from "../../access/quota.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { meanInterval, type Sums } from "../../scoring/intervals.ts";
import { listTrendDays, listTrendTags } from "../../storage/trends.ts";
import type { INSIGHT_ROUTES } from "./routes.ts";

const MOST_TAGS = 100;
const DAY_MS = 24 * 60 * 60 * 1000;

export const TREND_HANDLERS = {
  async get_trend(http, { query }) {
    const { metric, days, tag = null } = query;
    const { db, now } = http.get("jobs");
    const { project } = http.get("caller");
    const fromDay = utcDay(now() - (days - 1) * DAY_MS);
    const rows = await listTrendDays(db, project, { metric, tag: tag ?? "", fromDay });
    return {
      metric,
      days,
      tag,
      points: rows.map((row) => ({ day: row.day, ...describeSums(row) })),
      whole: rows.length === 0 ? null : describeSums(addUp(rows)),
      tags: await listTrendTags(db, project, fromDay, MOST_TAGS),
    };
  },
} satisfies Partial<Handlers<typeof INSIGHT_ROUTES>>;

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
