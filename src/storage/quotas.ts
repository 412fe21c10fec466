export type QuotaUnit = "samples" | "judge_tokens";

const CHARGE_JOB = `INSERT INTO quota_use (project, day, unit, used, cap)
  SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ?1 AND id = ?6 AND charged = 0)
  ON CONFLICT (project, day, unit) DO UPDATE SET used = used + excluded.used, cap = excluded.cap`;

/**
 * Charges samples to the day, as part of the transaction that writes the job: without the job (a replayed key)
 * nothing is charged, and beyond the cap the table's own check undoes job and charge together. So no number of
 * parallel submissions ever gets past the cap, and no refused one costs anything.
 */
export function chargeForJob(
  db: D1Database,
  charge: { project: string; day: string; jobId: string; samples: number; cap: number },
): D1PreparedStatement {
  return db
    .prepare(CHARGE_JOB)
    .bind(charge.project, charge.day, "samples", charge.samples, charge.cap, charge.jobId);
}

const REFUSE_IF_SPENT = `UPDATE quota_use SET cap = ?3 - 1
  WHERE project = ?1 AND day = ?2 AND unit = 'judge_tokens' AND EXISTS (SELECT 1 FROM jobs WHERE project = ?1 AND id = ?4)`;
const LIFT_CAP = `UPDATE quota_use SET cap = NULL WHERE project = ?1 AND day = ?2 AND unit = 'judge_tokens'`;

/**
 * Breaks the transaction that writes a job when the day's tokens are spent. Tokens are known only once they are
 * spent, so the cap stands in the row for this one moment: jobs under way when the last one goes still end.
 */
export function refuseIfTokensSpent(
  db: D1Database,
  charge: { project: string; day: string; jobId: string; cap: number },
): D1PreparedStatement[] {
  const { project, day, jobId, cap } = charge;
  return [
    db.prepare(REFUSE_IF_SPENT).bind(project, day, cap, jobId),
    db.prepare(LIFT_CAP).bind(project, day),
  ];
}

/** True for the failure of a transaction whose charge went beyond the cap. */
export function isOverQuota(error: unknown): boolean {
  return error instanceof Error && error.message.includes("within_daily_quota");
}

const CHARGE_TOKENS = `INSERT INTO quota_use (project, day, unit, used, cap)
  SELECT ?1, ?2, 'judge_tokens', ?3, NULL
  WHERE EXISTS (SELECT 1 FROM samples WHERE job_id = ?4 AND seq = ?5 AND attempt = ?6
    AND status IN ('completed', 'failed'))
  ON CONFLICT (project, day, unit) DO UPDATE SET used = used + excluded.used`;

/** Charges the tokens of a sample to the day, as part of the transaction that finishes it: never twice, never not. */
export function chargeTokens(
  db: D1Database,
  charge: { project: string; day: string; tokens: number },
  holder: { jobId: string; seq: number; attempt: number },
): D1PreparedStatement {
  return db
    .prepare(CHARGE_TOKENS)
    .bind(charge.project, charge.day, charge.tokens, holder.jobId, holder.seq, holder.attempt);
}

export async function getUse(
  db: D1Database,
  project: string,
  day: string,
): Promise<Record<QuotaUnit, number>> {
  const { results } = await db
    .prepare("SELECT unit, used FROM quota_use WHERE project = ?1 AND day = ?2")
    .bind(project, day)
    .all<{ unit: QuotaUnit; used: number }>();
  const use = { samples: 0, judge_tokens: 0 };
  for (const row of results) use[row.unit] = row.used;
  return use;
}
