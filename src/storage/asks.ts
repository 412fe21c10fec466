import { empty, type Sql } from "sql-template-tag";
import type { AskOutcome } from "../contract/target.ts";
import type { Said } from "../words/said.ts";
import type { DueRows } from "./due-rows.ts";
import { omit, pick, type RecordOf } from "./fields.ts";
import { type AskHandle, asks, experimentRuns, targets } from "./schema.ts";
import { change, hasChanged, readRow, readRows, sql, transact } from "./sql.ts";
import { columns, findAll, firstOf, jsonRows, set, valuesOfEach } from "./table.ts";
import { payAsk } from "./targets.ts";

// One question to one app: who asks it, and what came of it.

const HELD = omit(asks.fields, "outcome", "why", "ms", "cost", "reply");
export type HeldAsk = RecordOf<typeof HELD>;

const NEW = pick(asks.fields, "seq", "targetId", "itemId", "item", "state", "outcome", "why");
export type NewAsk = RecordOf<typeof NEW>;

const DONE = pick(asks.fields, "outcome", "why", "ms", "cost", "reply");
export type DoneAsk = RecordOf<typeof DONE>;

const SHOWN = pick(asks.fields, "itemId", "state", "outcome", "why", "ms");

/** A parameter of D1 holds 2 MB at most. */
const ROWS_AT_ONCE = 200;

/** SQL: the asks of a new run; nothing where its job was not written. */
export function insertAsks(project: string, jobId: string, rows: readonly NewAsk[]): Sql[] {
  const statements: Sql[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    statements.push(
      sql`INSERT INTO asks (job_id, ${columns(NEW)})
        SELECT ${jobId}, ${valuesOfEach(NEW)} FROM json_each(${jsonRows(NEW, rows.slice(from, from + ROWS_AT_ONCE))})
        WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ${project} AND id = ${jobId}) ON CONFLICT DO NOTHING`,
    );
  }
  return statements;
}

interface Target {
  project: string;
  id: string;
}

const TARGET = pick(targets.fields, "project", "id");

/**
 * Apps of which something is left to ask. A message that asks one is sent again after each pause: whoever is asking
 * it already leaves it nothing to take, and where a consumer died its asks are taken up as soon as their leases end.
 */
export const dueTargets = (pauseMs: number): DueRows<RecordOf<typeof TARGET>> => ({
  table: "targets",
  column: "due_at",
  take: (db, { now, lostBy, limit }) =>
    findAll(
      db,
      TARGET,
      sql`UPDATE targets SET due_at = ${now + pauseMs} WHERE (project, id) IN
        (SELECT project, id FROM targets WHERE due_at IS NOT NULL AND due_at <= ${lostBy} ORDER BY due_at LIMIT ${limit})
        RETURNING ${columns(TARGET)}`,
    ),
  bringBack: (horizon, at) => {
    const open = (state: "waiting" | "asking") =>
      sql`state = ${state} AND state <> 'done' AND target_id IN (SELECT id FROM targets WHERE due_at > ${horizon})`;
    return [
      sql`UPDATE asks INDEXED BY asks_open SET lease_until = ${at} WHERE ${open("asking")} AND lease_until > ${horizon}`,
      sql`UPDATE asks INDEXED BY asks_open SET wake_at = ${at} WHERE ${open("waiting")} AND wake_at > ${horizon}`,
      sql`UPDATE targets SET due_at = ${at} WHERE due_at > ${horizon}`,
    ];
  },
});

/** SQL: an app has something to be asked. */
export function watchTarget({ project, id }: Target, dueAt: number): Sql {
  return sql`UPDATE targets SET due_at = ${dueAt} WHERE project = ${project} AND id = ${id} AND due_at IS NULL
    AND ${hasOpenAsks(id)}`;
}

/** Nobody looks at an app again of which nothing is left to ask. */
export async function unwatchTarget(db: D1Database, { project, id }: Target): Promise<void> {
  await change(
    db,
    sql`UPDATE targets SET due_at = NULL WHERE project = ${project} AND id = ${id} AND due_at IS NOT NULL
      AND NOT ${hasOpenAsks(id)}`,
  );
}

/** SQL: something is left to ask an app, in one job or in any. */
function hasOpenAsks(targetId: string | Sql, jobId?: string | Sql): Sql {
  const ofJob = jobId === undefined ? empty : sql`AND job_id = ${jobId}`;
  return sql`EXISTS (SELECT 1 FROM asks INDEXED BY asks_open
    WHERE target_id = ${targetId} AND state IN ('waiting', 'asking') AND state <> 'done' ${ofJob})`;
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

/** No further question is asked in this run; those under way end by themselves. */
export async function stopAsking(
  db: D1Database,
  jobId: string,
  targetId: string,
  why: Said,
): Promise<void> {
  const stopped = { state: "done", outcome: "not_asked", why } as const;
  await transact(db, [
    sql`UPDATE experiment_runs SET ${set(experimentRuns, { stopped: why })} WHERE job_id = ${jobId} AND stopped IS NULL`,
    sql`UPDATE asks INDEXED BY asks_open SET ${set(asks, stopped)}
      WHERE target_id = ${targetId} AND state = 'waiting' AND state <> 'done' AND job_id = ${jobId}`,
  ]);
}

/** The app of a job that is still asked, and whether anything is left; null: the job is of no experiment. */
export async function readAsking(
  db: D1Database,
  jobId: string,
): Promise<{ targetId: string; isOpen: boolean } | null> {
  const row = await readRow<{ target_id: string; is_open: number }>(
    db,
    sql`SELECT r.target_id, ${hasOpenAsks(sql`r.target_id`, sql`r.job_id`)} AS is_open
      FROM experiment_runs AS r WHERE r.job_id = ${jobId}`,
  );
  return row && { targetId: row.target_id, isOpen: row.is_open === 1 };
}

const ANSWERED = pick(asks.fields, "seq", "item", "outcome", "why", "reply");
export type AnsweredAsk = RecordOf<typeof ANSWERED>;

/** A page of what was answered, in order. */
export function listAnswered(
  db: D1Database,
  jobId: string,
  from: number,
  limit: number,
): Promise<AnsweredAsk[]> {
  return findAll(
    db,
    ANSWERED,
    sql`SELECT ${columns(ANSWERED)} FROM asks WHERE job_id = ${jobId} AND seq >= ${from} ORDER BY seq LIMIT ${limit}`,
  );
}

/** The answers are rows of the job now. False: somebody did that before. */
export async function endAsking(db: D1Database, jobId: string): Promise<boolean> {
  const [ended] = await transact(db, [
    sql`UPDATE batches SET is_asking = 0 WHERE job_id = ${jobId} AND is_asking = 1`,
    sql`UPDATE asks SET reply = NULL WHERE job_id = ${jobId} AND reply IS NOT NULL`,
  ]);
  return hasChanged(ended);
}

/** Of runs, how many asks came to what; NULL: they are not done. */
export function countAsks(
  db: D1Database,
  jobIds: readonly string[],
): Promise<{ job_id: string; outcome: AskOutcome | null; n: number }[]> {
  return readRows(
    db,
    sql`SELECT job_id, outcome, count(*) AS n FROM asks
      WHERE job_id IN (SELECT value FROM json_each(${JSON.stringify(jobIds)})) GROUP BY job_id, outcome`,
  );
}

/** Of a run, in order. */
export function listAsks(
  db: D1Database,
  jobId: string,
  limit: number,
): Promise<RecordOf<typeof SHOWN>[]> {
  return findAll(
    db,
    SHOWN,
    sql`SELECT ${columns(SHOWN)} FROM asks WHERE job_id = ${jobId} ORDER BY seq LIMIT ${limit}`,
  );
}
