import type { Sql } from "sql-template-tag";
import { pick, type RecordOf } from "./fields.ts";
import { judgeDays, judgeMeasures } from "./schema.ts";
import { change, readRow, sql } from "./sql.ts";
import { findOne, insert } from "./table.ts";

type JudgeDay = RecordOf<typeof judgeDays.fields>;
export type JudgeCounts = Omit<JudgeDay, "model" | "day">;

/** SQL: adds what samples have shown of a model, in the transaction that finishes them. */
export function countJudge(day: JudgeDay): Sql {
  return sql`${insert(judgeDays, day)} ON CONFLICT (model, day) DO UPDATE SET asked = asked + excluded.asked,
    held = held + excluded.held, twice = twice + excluded.twice, flipped = flipped + excluded.flipped`;
}

/** Of one model since a day; zeros where it was never asked. */
export async function readJudgeCounts(
  db: D1Database,
  model: string,
  since: string,
): Promise<JudgeCounts> {
  const row = await readRow<JudgeCounts>(
    db,
    sql`SELECT coalesce(sum(asked), 0) AS asked, coalesce(sum(held), 0) AS held, coalesce(sum(twice), 0) AS twice,
      coalesce(sum(flipped), 0) AS flipped FROM judge_days WHERE model = ${model} AND day >= ${since}`,
  );
  return row ?? { asked: 0, held: 0, twice: 0, flipped: 0 };
}

const MEASURE = pick(judgeMeasures.fields, "day", "measured");

/** The newest measurement of a model; null: it was never measured. */
export function readMeasure(
  db: D1Database,
  model: string,
): Promise<RecordOf<typeof MEASURE> | null> {
  return findOne(
    db,
    MEASURE,
    sql`SELECT day, measured FROM judge_measures WHERE model = ${model} ORDER BY day DESC LIMIT 1`,
  );
}

export async function writeMeasure(
  db: D1Database,
  measure: RecordOf<typeof judgeMeasures.fields>,
): Promise<void> {
  await change(
    db,
    sql`${insert(judgeMeasures, measure)} ON CONFLICT (model, day) DO UPDATE SET measured = excluded.measured`,
  );
}
