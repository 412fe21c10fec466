import type { Sql } from "sql-template-tag";
import { type QuotaUnit, quotaUse } from "./schema.ts";
import { readRows, sql } from "./sql.ts";
import { insert } from "./table.ts";

/** What scoring has cost, known only once it is spent. */
export interface Charge {
  unit: Exclude<QuotaUnit, "samples">;
  /** Or the month, as the unit says. */
  day: string;
  used: number;
}

interface Day {
  project: string;
  day: string;
}

/** SQL: charges samples to the day where the condition holds; beyond the cap the table's own check breaks it. */
export function chargeSamples(
  { project, day }: Day,
  samples: number,
  cap: number,
  condition: Sql,
): Sql {
  const use = { project, day, unit: "samples", used: samples, cap } as const;
  return sql`${insert(quotaUse, use, sql`WHERE ${condition}`)}
    ON CONFLICT (project, day, unit) DO UPDATE SET used = used + excluded.used, cap = excluded.cap`;
}

/** SQL: charges what was spent, where the condition holds. */
export function chargeSpent(project: string, charges: readonly Charge[], condition: Sql): Sql[] {
  return charges.map(
    (charge) => sql`${insert(quotaUse, { project, ...charge }, sql`WHERE ${condition}`)}
      ON CONFLICT (project, day, unit) DO UPDATE SET used = used + excluded.used`,
  );
}

/**
 * Charges samples to the day, as part of the transaction that writes the job: without the job (a replayed key)
 * nothing is charged, and beyond the cap the table's own check undoes job and charge together. So no number of
 * parallel submissions ever gets past the cap, and no refused one costs anything.
 */
export function chargeForJob(charge: Day & { jobId: string; samples: number; cap: number }): Sql {
  const isUncharged = sql`EXISTS (SELECT 1 FROM jobs
    WHERE project = ${charge.project} AND id = ${charge.jobId} AND charged = 0)`;
  return chargeSamples(charge, charge.samples, charge.cap, isUncharged);
}

/**
 * Breaks the transaction that writes a job when tokens or money are spent. They are known only once they are spent, so
 * the cap stands in the row for this one moment: jobs under way when the last one goes still end.
 */
export function refuseIfSpent({
  project,
  day,
  unit,
  jobId,
  cap,
}: Day & { unit: Charge["unit"]; jobId: string; cap: number }): Sql[] {
  const ofDay = sql`project = ${project} AND day = ${day} AND unit = ${unit}`;
  return [
    sql`UPDATE quota_use SET cap = ${cap - 1} WHERE ${ofDay}
        AND EXISTS (SELECT 1 FROM jobs WHERE project = ${project} AND id = ${jobId})`,
    sql`UPDATE quota_use SET cap = NULL WHERE ${ofDay}`,
  ];
}

/** True for the failure of a transaction whose charge went beyond the cap. */
export function isOverQuota(error: unknown): boolean {
  return error instanceof Error && error.message.includes("within_daily_quota");
}

/** Charges what a sample has cost, as part of the transaction that finishes it: never twice, never not. */
export function chargeSample(
  charges: readonly Charge[],
  {
    project,
    jobId,
    seq,
    attempt,
  }: { project: string; jobId: string; seq: number; attempt: number },
): Sql[] {
  const hasEnded = sql`EXISTS (SELECT 1 FROM samples WHERE job_id = ${jobId} AND seq = ${seq}
    AND attempt = ${attempt} AND status IN ('completed', 'failed'))`;
  return chargeSpent(project, charges, hasEnded);
}

export async function getUse(
  db: D1Database,
  project: string,
  /** The month is known with it. */
  day: string,
): Promise<Record<QuotaUnit, number>> {
  const rows = await readRows<{ unit: QuotaUnit; used: number }>(
    db,
    sql`SELECT unit, used FROM quota_use WHERE project = ${project} AND day IN (${day}, ${day.slice(0, 7)})`,
  );
  const use = { samples: 0, judge_tokens: 0, usd_day: 0, usd_month: 0 };
  for (const row of rows) use[row.unit] = row.used;
  return use;
}
