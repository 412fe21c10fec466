import type { Sql } from "sql-template-tag";
import { hasOpenAsks } from "./due-targets.ts";
import { omit, pick, type RecordOf } from "./fields.ts";
import { type AskHandle, asks } from "./schema.ts";
import { change, hasChanged, readRows, sql, transact } from "./sql.ts";
import { columns, firstOf, set } from "./table.ts";
import { payAsk } from "./targets.ts";

// One question to one app while somebody asks it: taken, kept, put off, and what came of it.

const HELD = omit(asks.fields, "outcome", "why", "ms", "cost", "reply");
export type HeldAsk = RecordOf<typeof HELD>;

const DONE = pick(asks.fields, "outcome", "why", "ms", "cost", "reply");
export type DoneAsk = RecordOf<typeof DONE>;

interface Target {
  project: string;
  id: string;
}

/** SQL: the first of those asks of a target whose job still runs. */
function firstOfState({ project, id }: Target, state: "waiting" | "asking", isDue: Sql): Sql {
  return sql`SELECT * FROM (SELECT a.job_id, a.seq, a.lost + (a.state = 'asking') AS lost FROM asks AS a INDEXED BY asks_open
    CROSS JOIN jobs AS j ON j.project = ${project} AND j.id = a.job_id
    WHERE a.target_id = ${id} AND a.state = ${state} AND a.state <> 'done' AND j.status = 'running' AND ${isDue}
    ORDER BY a.job_id, a.seq LIMIT 1)`;
}

/** An ask that somebody holds now. `isPaid`: the day's budget is charged for it. */
export interface TakenAsk {
  held: HeldAsk;
  isPaid: boolean;
}

export interface Taking {
  now: number;
  leaseUntil: number;
  /** Whose budget is charged. */
  day: string;
}

/**
 * Takes the next ask of an app, one whose consumer died first; null: none is due, or as many are under way as it bears.
 * Those of an app that was deleted are taken too: somebody has to end them.
 */
export async function claimAsk(
  db: D1Database,
  target: Target,
  taking: Taking,
): Promise<TakenAsk | null> {
  return readTaken(await transact<unknown>(db, takeAsk(target, taking)));
}

/** SQL: takes an ask. */
function takeAsk(target: Target, { now, leaseUntil, day }: Taking, isWanted: Sql = sql`1`): Sql[] {
  const died = firstOfState(target, "asking", sql`a.lease_until < ${now}`);
  const waiting = firstOfState(target, "waiting", sql`a.wake_at <= ${now}`);
  const next = sql`(SELECT * FROM (${died} UNION ALL ${waiting})
    WHERE (SELECT count(*) FROM asks AS u INDEXED BY asks_open
           WHERE u.target_id = ${target.id} AND u.state = 'asking' AND u.state <> 'done' AND u.lease_until >= ${now})
        < coalesce((SELECT slots FROM targets WHERE project = ${target.project} AND id = ${target.id}), 1)
      AND ${isWanted} LIMIT 1)`;
  return [
    // One that may have reached the app is looked up first, and paid when it is asked again.
    payAsk(target, day, sql`(SELECT lost FROM ${next}) = 0`),
    sql`UPDATE asks SET state = 'asking', attempt = attempt + 1, lease_until = ${leaseUntil}, lost = lost + (state = 'asking')
      WHERE (job_id, seq) IN (SELECT job_id, seq FROM ${next})
      RETURNING ${columns(HELD)}`,
  ];
}

function readTaken([paid, taken]: readonly D1Result<unknown>[]): TakenAsk | null {
  const held = firstOf(HELD, taken);
  return held && { held, isPaid: hasChanged(paid) };
}

/** SQL: the ask is still held by this attempt and its job still wanted. */
function isAskHeld({ jobId, seq, attempt }: HeldAsk): Sql {
  return sql`EXISTS (SELECT 1 FROM asks WHERE job_id = ${jobId} AND seq = ${seq} AND attempt = ${attempt} AND state = 'asking')`;
}

/** Those of them that are still held by these attempts; `leaseUntil`: and are to be held so long. */
export async function keepAsks(
  db: D1Database,
  asked: readonly HeldAsk[],
  leaseUntil: number | null,
): Promise<HeldAsk[]> {
  if (asked.length === 0) return [];
  const ids = JSON.stringify(asked.map(({ jobId, seq, attempt }) => [jobId, seq, attempt]));
  const isHeld = sql`state = 'asking' AND (job_id, seq, attempt) IN
    (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${ids}))`;
  const found = await readRows<{ job_id: string; seq: number }>(
    db,
    leaseUntil === null
      ? sql`SELECT job_id, seq FROM asks WHERE ${isHeld}`
      : sql`UPDATE asks SET lease_until = ${leaseUntil} WHERE ${isHeld} RETURNING job_id, seq`,
  );
  return asked.filter((one) =>
    found.some((row) => row.job_id === one.jobId && row.seq === one.seq),
  );
}

/** Of an ask that is held: the ids the app gave. */
export async function noteHandle(
  db: D1Database,
  { jobId, seq, attempt }: HeldAsk,
  handle: AskHandle,
): Promise<void> {
  await change(
    db,
    sql`UPDATE asks SET ${set(asks, { handle })}
      WHERE job_id = ${jobId} AND seq = ${seq} AND attempt = ${attempt} AND state = 'asking'`,
  );
}

/** How many an app bears: one more after so many answers, one less when it says that it is too much. */
export const SLOTS = { most: 5, growAfter: 10 } as const;

/** Puts an ask off. `isLost`: it may have reached the app, and is looked up before it is asked again. */
export async function releaseAsk(
  db: D1Database,
  held: HeldAsk,
  project: string,
  { wakeAt, isLost, isBusy }: { wakeAt: number; isLost: boolean; isBusy: boolean },
): Promise<void> {
  const { jobId, seq, attempt, targetId } = held;
  await transact(db, [
    ...(isBusy
      ? [
          // What was turned away was not asked, so it is not of the day's budget.
          sql`UPDATE targets SET slots = max(1, slots - 1), streak = 0, asked = max(0, asked - 1)
            WHERE project = ${project} AND id = ${targetId} AND ${isAskHeld(held)}`,
        ]
      : []),
    sql`UPDATE asks SET state = 'waiting', lease_until = NULL, wake_at = ${wakeAt}, failures = failures + 1,
          lost = lost + ${isLost}
      WHERE job_id = ${jobId} AND seq = ${seq} AND attempt = ${attempt} AND state = 'asking'`,
  ]);
}

export interface FinishedAsk {
  /** Nothing of the job is left to ask. */
  isLast: boolean;
  /** Equal errors in a row. */
  sameErrors: number;
  /** The app bears one more. */
  grew: boolean;
  /** What was taken in the same step; null: nothing was there, undefined: nobody looked. */
  next: TakenAsk | null | undefined;
}

/**
 * Writes what came of an ask; null: somebody else holds it, or its job has ended. `error`: equal for errors that are the
 * same. `taking`: takes the next one at once, unless this was the last of its job.
 */
export async function finishAsk(
  db: D1Database,
  held: HeldAsk,
  project: string,
  done: DoneAsk & { error: string | null },
  { now, wakeAt, taking }: { now: number; wakeAt: number; taking: Taking | null },
): Promise<FinishedAsk | null> {
  const { jobId, seq, attempt, targetId } = held;
  const { error, ...result } = done;
  const isMine = sql`EXISTS (SELECT 1 FROM asks WHERE job_id = ${jobId} AND seq = ${seq} AND attempt = ${attempt}
    AND state = 'done' AND lease_until = ${now})`;
  const isOpen = hasOpenAsks(targetId, jobId);
  const ofTarget = sql`project = ${project} AND id = ${targetId}`;
  const grows =
    result.outcome === "answered"
      ? [
          sql`UPDATE targets SET slots = slots + (streak + 1 >= ${SLOTS.growAfter}),
                streak = iif(streak + 1 >= ${SLOTS.growAfter}, 0, streak + 1)
              WHERE ${ofTarget} AND slots < ${SLOTS.most} AND ${isMine} RETURNING streak`,
        ]
      : [];
  const answers = await transact<Record<string, number>>(db, [
    // The end of the lease says who finished it, for the statements that follow.
    sql`UPDATE asks SET state = 'done', ${set(asks, { ...result, leaseUntil: now })}
        WHERE job_id = ${jobId} AND seq = ${seq} AND attempt = ${attempt} AND state = 'asking'`,
    sql`UPDATE experiment_runs SET same_errors = iif(${error} IS NULL, 0, iif(last_error IS ${error}, same_errors + 1, 1)),
          last_error = ${error}
        WHERE job_id = ${jobId} AND (last_error IS NOT ${error} OR ${error} IS NOT NULL) AND ${isMine}`,
    ...grows,
    // Now it is the job itself that is waited for.
    sql`UPDATE jobs SET wake_at = ${wakeAt}, wakes = 0
        WHERE project = ${project} AND id = ${jobId} AND status = 'running' AND NOT ${isOpen} AND ${isMine}`,
    sql`SELECT ${isOpen} AS is_open,
          (SELECT same_errors FROM experiment_runs WHERE job_id = ${jobId}) AS same_errors`,
    ...(taking === null
      ? []
      : takeAsk({ project, id: targetId }, taking, sql`(${isOpen} AND ${isMine})`)),
  ]);
  if (!hasChanged(answers[0])) return null;
  const toldAt = 3 + grows.length;
  const told = answers[toldAt]?.results[0];
  const isLast = told?.is_open === 0;
  return {
    isLast,
    sameErrors: told?.same_errors ?? 0,
    grew: grows.length > 0 && answers[2]?.results[0]?.streak === 0,
    next: taking === null || isLast ? undefined : readTaken(answers.slice(toldAt + 1)),
  };
}
