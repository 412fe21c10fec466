import type { Said } from "../words/said.ts";

// The brake before a provider that is away: one row, moved by conditional statements only, so it holds for all
// consumers at once and costs nothing while the provider is well.

const NAME = "judge";
/** Failures in a row, with no success in between, after which judge work stops. */
export const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 15_000;
/** No outage is over for longer than this before somebody tries. */
export const LONGEST_PAUSE_MS = 30_000;
/** How long others wait for the one that tries. */
const PROBE_MS = 60_000;

/** SQL: this job (an alias of `jobs`) has to wait, because only a model may score it and the provider is away. */
export function holdBackLlm(job: string, now: string): string {
  return `(${job}.judge = 'llm' AND ${job}.fallback IS NULL
    AND EXISTS (SELECT 1 FROM breaker WHERE name = '${NAME}' AND until > ${now}))`;
}

/** After a claim, in its transaction: the first claim after the pause tries alone. `condition` starts at ?4. */
export function probeBreaker(
  db: D1Database,
  now: number,
  condition: string,
  values: readonly (string | number)[],
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE breaker SET probing = 1, until = ?2
       WHERE name = ?1 AND openings > 0 AND until <= ?3 AND ${condition}`,
    )
    .bind(NAME, now + PROBE_MS, now, ...values);
}

export interface Pause {
  until: number;
  reason: Said;
}

/** Until when judge work is stopped and why; null: it goes on. */
export async function readPause(db: D1Database, now: number): Promise<Pause | null> {
  const row = await db
    .prepare("SELECT until, reason FROM breaker WHERE name = ?1 AND until > ?2")
    .bind(NAME, now)
    .first<{ until: number; reason: string }>();
  return row && { until: row.until, reason: JSON.parse(row.reason) };
}

// What fails while it is open was under way before and says nothing new, unless it is the one that tries.
const FAIL = `INSERT INTO breaker (name, failures, openings, until, reason)
    VALUES (?1, ?7, ?7 >= ?4, CASE WHEN ?7 >= ?4 THEN ?2 + ?5 ELSE 0 END, ?3)
  ON CONFLICT (name) DO UPDATE SET failures = failures + ?7, reason = excluded.reason, probing = 0,
    openings = openings + (failures + ?7 >= ?4 AND (probing = 1 OR until <= ?2)),
    until = CASE WHEN failures + ?7 >= ?4 AND (probing = 1 OR until <= ?2)
      THEN ?2 + min(?6, ?5 << min(openings, 10)) ELSE until END
  RETURNING until`;

/** Counts failures of the provider; the time until which judge work stops, or null. */
export async function noteJudgeFailure(
  db: D1Database,
  now: number,
  reason: Said,
  failures = 1,
): Promise<number | null> {
  const row = await db
    .prepare(FAIL)
    .bind(
      NAME,
      now,
      JSON.stringify(reason),
      FAILURES_TO_OPEN,
      FIRST_PAUSE_MS,
      LONGEST_PAUSE_MS,
      failures,
    )
    .first<{ until: number }>();
  return row && row.until > now ? row.until : null;
}

/** The provider answered: everything is as if nothing had been. Writes no row while nothing was. */
export function noteJudgeSuccess(db: D1Database): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE breaker SET failures = 0, openings = 0, until = 0, probing = 0
       WHERE name = ?1 AND (failures > 0 OR openings > 0)`,
    )
    .bind(NAME);
}
