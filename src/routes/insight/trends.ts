import { utcDay } from "../../access/quota.ts";
import type { Trend } from "../../contract/trend.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { addSums, meanInterval, meanOf, type Sums } from "../../scoring/intervals.ts";
import { listTrendDays, listTrendJudges, listTrendTags } from "../../storage/trends.ts";
import type { INSIGHT_ROUTES } from "./routes.ts";

const MOST_TAGS = 100;
const NONE: Sums = { n: 0, sum: 0, squares: 0 };
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
      whole: rows.length === 0 ? null : describeSums(rows.reduce<Sums>(addSums, NONE)),
      judge_changes: changesOf(await listTrendJudges(db, project, fromDay)),
      tags: await listTrendTags(db, project, fromDay, MOST_TAGS),
    };
  },
} satisfies Partial<Handlers<typeof INSIGHT_ROUTES>>;

/** Where the judges of a day are not those of the one before. */
function changesOf(named: readonly { day: string; judge: string }[]): Trend["judge_changes"] {
  const byDay = new Map<string, string[]>();
  for (const { day, judge } of named) byDay.set(day, [...(byDay.get(day) ?? []), judge]);
  const days = [...byDay].map(([day, judges]) => ({ day, judges }));
  return days.flatMap(({ day, judges }, at) => {
    const before = days[at - 1]?.judges ?? judges;
    return before.join() === judges.join() ? [] : [{ day, before, judges }];
  });
}

function describeSums(sums: Sums) {
  return { n: sums.n, mean: meanOf(sums), interval: meanInterval(sums) };
}
