import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

const now = Date.now();
const INSERT = `INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples,
    invalid_samples, metrics, attempt, is_counted, totals, tags)
  VALUES ('default', ?1, 'batch', 'offline', ?2, ?2, 1, 1, 0, ?4, 1, 1, ?3, '{"app":"客服"}')`;
const UPDATE = "UPDATE runs SET totals = ?2 WHERE project = 'default' AND id = ?1";

/** A year of days and thirty tags beside those of the runs here. */
const FILL = `WITH RECURSIVE d (day) AS
    (VALUES (date('now', '-1 day')) UNION ALL SELECT date(day, '-1 day') FROM d WHERE day > date('now', '-364 day')),
  t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 30)
  INSERT INTO trends (project, tag, day, sums)
  SELECT 'default', CASE n WHEN 1 THEN '' WHEN 2 THEN 'app=客服' ELSE 'app=a' || n END, day, '{"faithfulness":[9,7,6]}'
  FROM d, t`;
const FILL_TAGS = `INSERT OR IGNORE INTO trend_tags (project, tag, last_day, busy)
  SELECT project, tag, max(day), 64 FROM trends WHERE tag <> '' GROUP BY tag`;

const totals = (value: number) =>
  JSON.stringify({
    "": { faithfulness: [1, value, value * value] },
    "app=客服": { faithfulness: [1, value, value * value] },
  });

async function rowsRead(sql: string, ...values: unknown[]): Promise<number> {
  const { meta } = await env.DB.prepare(sql)
    .bind(...values)
    .run();
  return meta.rows_read;
}

/** Rows read by what happens to a run: written without numbers, with some, with others in their place, moved by a day. */
async function live(name: string): Promise<Record<string, number>> {
  return {
    "without numbers": await rowsRead(INSERT, `run_${name}0`, now, "{}", "{}"),
    "of one sample": await rowsRead(INSERT, `run_${name}2`, now, null, '{"faithfulness":[0.5]}'),
    "with numbers": await rowsRead(INSERT, `run_${name}1`, now, totals(0.5), "{}"),
    "built anew": await rowsRead(UPDATE, `run_${name}1`, totals(0.25)),
    "built anew on another day": await rowsRead(
      `UPDATE runs SET totals = ?2, finished_at = finished_at - 86400000 WHERE project = 'default' AND id = ?1`,
      `run_${name}1`,
      totals(0.75),
    ),
  };
}

describe("a finished run", () => {
  let few: Record<string, number> = {};
  let many: Record<string, number> = {};

  beforeAll(async () => {
    // The tags of today and yesterday are known before either look, so that both do the same.
    await live("a");
    few = await live("b");
    await env.DB.prepare(FILL.replace("INSERT", "INSERT OR IGNORE")).run();
    await env.DB.prepare(FILL_TAGS).run();
    many = await live("c");
  });

  it("reads as much after a year of thirty tags as on the first day", () => {
    for (const [event, rows] of Object.entries(many)) {
      expect(rows, event).toBeLessThanOrEqual((few[event] ?? 0) + 4);
    }
  });
});
