import type { Sql } from "sql-template-tag";
import { quotaUse } from "./schema.ts";
import { readRows, sql } from "./sql.ts";
import { insert } from "./table.ts";

export type QuotaUnit = "samples" | "judge_tokens";

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

/** SQL: charges judge tokens to the day where the condition holds. */
export function chargeTokens({ project, day }: Day, tokens: number, condition: Sql): Sql {
  const use = { project, day, unit: "judge_tokens", used: tokens } as const;
  return sql`${insert(quotaUse, use, sql`WHERE ${condition}`)}
    ON CONFLICT (project, day, unit) DO UPDATE SET used = used + excluded.used`;
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
 * Breaks the transaction that writes a job when the day's tokens are spent. Tokens are known only once they are
 * spent, so the cap stands in the row for this one moment: jobs under way when the last one goes still end.
 */
export function refuseIfTokensSpent({
  project,
  day,
  jobId,
  cap,
}: Day & { jobId: string; cap: number }): Sql[] {
  const ofDay = sql`project = ${project} AND day = ${day} AND unit = 'judge_tokens'`;
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

/** Charges the tokens of a sample to the day, as part of the transaction that finishes it: never twice, never not. */
export function chargeTokensOfSample(
  charge: Day & { tokens: number },
  { jobId, seq, attempt }: { jobId: string; seq: number; attempt: number },
): Sql {
  const hasEnded = sql`EXISTS (SELECT 1 FROM samples WHERE job_id = ${jobId} AND seq = ${seq}
    AND attempt = ${attempt} AND status IN ('completed', 'failed'))`;
  return chargeTokens(charge, charge.tokens, hasEnded);
}

export async function getUse(
  db: D1Database,
  project: string,
  day: string,
): Promise<Record<QuotaUnit, number>> {
  const rows = await readRows<{ unit: QuotaUnit; used: number }>(
    db,
    sql`SELECT unit, used FROM quota_use WHERE project = ${project} AND day = ${day}`,
  );
  const use = { samples: 0, judge_tokens: 0 };
  for (const row of rows) use[row.unit] = row.used;
  return use;
}
