import { raw, type Sql } from "sql-template-tag";
import type { Said } from "../words/said.ts";
import { tellChannels } from "./channel-messages.ts";
import { pick } from "./fields.ts";
import { breaker } from "./schema.ts";
import { sql, transact } from "./sql.ts";
import { findOne } from "./table.ts";

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
export function holdBackModels(job: string, now: number): Sql {
  return sql`(${raw(job)}.judge <> 'offline' AND ${raw(job)}.fallback IS NULL
    AND EXISTS (SELECT 1 FROM breaker WHERE name = ${NAME} AND until > ${now}))`;
}

/** After a claim, in its transaction: the first claim after the pause tries alone. */
export function probeBreaker(now: number, condition: Sql): Sql {
  return sql`UPDATE breaker SET probing = 1, until = ${now + PROBE_MS}
      WHERE name = ${NAME} AND openings > 0 AND until <= ${now} AND ${condition}`;
}

export interface Pause {
  until: number;
  reason: Said;
}

/** Until when judge work is stopped and why; null: it goes on. */
export function readPause(db: D1Database, now: number): Promise<Pause | null> {
  return findOne(
    db,
    pick(breaker.fields, "until", "reason"),
    sql`SELECT until, reason FROM breaker WHERE name = ${NAME} AND until > ${now}`,
  );
}

/** Counts failures of the provider; the time until which judge work stops, or null. */
export async function noteJudgeFailure(
  db: D1Database,
  now: number,
  reason: Said,
  failures = 1,
  /** The provider named when it will answer again: nobody asks before. */
  restMs = 0,
): Promise<number | null> {
  const opensAtOnce = failures >= FAILURES_TO_OPEN || restMs > 0;
  // What fails while it is open was under way before and says nothing new, unless it is the one that tries.
  const rests = restMs > 0;
  const opens = sql`(failures + ${failures} >= ${FAILURES_TO_OPEN} AND (probing = 1 OR until <= ${now}))`;
  const payload = { reason, until: new Date(now + FIRST_PAUSE_MS).toISOString() };
  const telling = {
    project: null,
    event: "judge.paused",
    // The first pause of an outage has one end, whoever tells of it.
    key: sql`(SELECT 'judge_' || until FROM breaker WHERE name = ${NAME})`,
    about: NAME,
    at: now,
    payload,
  } as const;
  const isFirstPause = sql`EXISTS (SELECT 1 FROM breaker WHERE name = ${NAME} AND openings = 1 AND until > ${now})`;
  const [counted] = await transact<{ until: number }>(db, [
    sql`INSERT INTO breaker (name, failures, openings, until, reason)
        VALUES (${NAME}, ${failures}, ${opensAtOnce}, ${opensAtOnce ? now + (restMs || FIRST_PAUSE_MS) : 0}, ${JSON.stringify(reason)})
      ON CONFLICT (name) DO UPDATE SET failures = failures + ${failures}, reason = excluded.reason, probing = 0,
        openings = openings + (${opens} OR ${rests}),
        until = CASE WHEN ${rests} THEN max(until, ${now + restMs}) WHEN ${opens} THEN ${now} + min(${LONGEST_PAUSE_MS}, ${FIRST_PAUSE_MS} << min(openings, 10))
          ELSE until END
      RETURNING until`,
    tellChannels(telling, isFirstPause),
  ]);
  const until = counted?.results[0]?.until ?? 0;
  return until > now ? until : null;
}

/** The provider answered: everything is as if nothing had been. Writes no row while nothing was. */
export function noteJudgeSuccess(): Sql {
  return sql`UPDATE breaker SET failures = 0, openings = 0, until = 0, probing = 0
      WHERE name = ${NAME} AND (failures > 0 OR openings > 0)`;
}
