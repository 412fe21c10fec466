import { empty, type Sql } from "sql-template-tag";
import type { Usage } from "../contract/outcome.ts";
import type { Failure } from "../words/said.ts";
import { announceEnd } from "./deliveries.ts";
import { omit, pick, type RecordOf } from "./fields.ts";
import { JOB, type JobRecord } from "./job-records.ts";
import { insertJob } from "./moves/insert-job.ts";
import { chargeSamples } from "./quotas.ts";
import { insertRun, type RunRecord } from "./runs.ts";
import { batches, jobs } from "./schema.ts";
import { change, hasChanged, readRow, sql, transact } from "./sql.ts";
import { columns, findOne, firstOf, insert, set } from "./table.ts";

// One batch job, its upload, and who works on it as a whole: planning first, the report last.

const BATCH = omit(batches.fields, "leaseUntil");

export type BatchRecord = RecordOf<typeof BATCH>;

/** Accepts a batch. False: another job holds the same dedupe key, nothing was written. */
export async function insertBatchJob(
  db: D1Database,
  job: JobRecord,
  dedupeKey: string | null,
  wakeAt: number,
  batch: Pick<BatchRecord, "format" | "options" | "uploadKey">,
): Promise<boolean> {
  const { project, id } = job;
  const { format, options, uploadKey } = batch;
  const isAccepted = sql`WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ${project} AND id = ${id})`;
  const row = { jobId: id, project, format, options, uploadKey };
  const [inserted] = await transact(db, [
    insertJob(job, dedupeKey, wakeAt),
    sql`${insert(batches, row, isAccepted)} ON CONFLICT DO NOTHING`,
  ]);
  return hasChanged(inserted);
}

/** The stages of a batch as a whole; scoring in between belongs to the chunks. */
export type BatchStage = "plan" | "report";

/** Takes a stage of a batch; null: it is held, over, or not due yet. */
export async function claimBatch(
  db: D1Database,
  { project, jobId }: { project: string; jobId: string },
  stage: BatchStage,
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Promise<{ job: JobRecord; batch: BatchRecord } | null> {
  const job = sql`project = ${project} AND id = ${jobId} AND status IN ('queued', 'running')`;
  const isDue =
    stage === "plan"
      ? sql`planned_at IS NULL AND is_asking = 0`
      : sql`planned_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM chunks WHERE job_id = ${jobId} AND is_open = 1)`;
  const planning = stage === "plan" ? sql`, updated_at = ${now}, attempts = attempts + 1` : empty;
  const [claimed, started] = await transact(db, [
    sql`UPDATE batches SET attempt = attempt + 1, lease_until = ${leaseUntil}
        WHERE job_id = ${jobId} AND (lease_until IS NULL OR lease_until < ${now}) AND ${isDue}
          AND EXISTS (SELECT 1 FROM jobs WHERE ${job})
        RETURNING ${columns(BATCH)}`,
    sql`UPDATE jobs SET status = 'running', started_at = coalesce(started_at, ${now}),
          wake_at = ${leaseUntil}, wakes = 0${planning}
        WHERE ${job} AND EXISTS (SELECT 1 FROM batches WHERE job_id = ${jobId} AND lease_until = ${leaseUntil})
        RETURNING ${columns(JOB)}`,
  ]);
  const found = { batch: firstOf(BATCH, claimed), job: firstOf(JOB, started) };
  return found.batch && found.job ? { job: found.job, batch: found.batch } : null;
}

export function getBatch(db: D1Database, jobId: string): Promise<BatchRecord | null> {
  return findOne(db, BATCH, sql`SELECT ${columns(BATCH)} FROM batches WHERE job_id = ${jobId}`);
}

export interface BatchHolder {
  project: string;
  jobId: string;
  attempt: number;
}

/** SQL: the batch is still held by this attempt and the job is still wanted. */
export function isBatchHeld({ project, jobId, attempt }: BatchHolder): Sql {
  return sql`EXISTS (SELECT 1 FROM batches AS b JOIN jobs AS j ON j.project = ${project} AND j.id = b.job_id
    WHERE b.job_id = ${jobId} AND b.attempt = ${attempt} AND b.lease_until IS NOT NULL AND j.status = 'running')`;
}

/** SQL: the job of a batch, while it is held. */
function heldJob(holder: BatchHolder): Sql {
  return sql`project = ${holder.project} AND id = ${holder.jobId} AND ${isBatchHeld(holder)}`;
}

/** The heartbeat. False: the lease is lost, or the job was cancelled. */
export async function extendBatchLease(
  db: D1Database,
  holder: BatchHolder,
  leaseUntil: number,
): Promise<boolean> {
  const [extended] = await transact(db, [
    sql`UPDATE batches SET lease_until = ${leaseUntil}
        WHERE job_id = ${holder.jobId} AND ${isBatchHeld(holder)}`,
    sql`UPDATE jobs SET wake_at = max(coalesce(wake_at, 0), ${leaseUntil}) WHERE ${heldJob(holder)}`,
  ]);
  return hasChanged(extended);
}

/** Whether a stage is still held and its job still wanted, without writing anything. */
export async function holdsBatch(db: D1Database, holder: BatchHolder): Promise<boolean> {
  const row = await readRow<{ held: number }>(db, sql`SELECT ${isBatchHeld(holder)} AS held`);
  return row?.held === 1;
}

/** What planning finds out about its job. */
const PLANNED = pick(
  jobs.fields,
  "total",
  "badRows",
  "warnings",
  "metrics",
  "judge",
  "judgeModel",
  "embeddingModel",
  "fallback",
  "language",
  "question",
  "format",
);

export interface BatchPlan extends RecordOf<typeof PLANNED> {
  /** Rows with an answer: what the quota is charged for. */
  answered: number;
  options: BatchRecord["options"];
}

/** Ends the planning, whole or not at all: it breaks when its samples are beyond the quota of the day. */
export async function finishPlan(
  db: D1Database,
  holder: BatchHolder,
  { answered, options, ...planned }: BatchPlan,
  { now, wakeAt }: { now: number; wakeAt: number },
  charge: { day: string; cap: number } | null,
): Promise<boolean> {
  const { project, jobId } = holder;
  const isHeld = isBatchHeld(holder);
  const isUncharged = sql`EXISTS (SELECT 1 FROM jobs WHERE project = ${project} AND id = ${jobId} AND charged = 0) AND ${isHeld}`;
  const done = { plannedAt: now, options, leaseUntil: null, failures: 0 };
  const queries = [
    sql`UPDATE jobs SET ${set(jobs, { ...planned, updatedAt: now, wakeAt })} WHERE ${heldJob(holder)}`,
    ...(charge
      ? [chargeSamples({ project, day: charge.day }, answered, charge.cap, isUncharged)]
      : []),
    sql`UPDATE jobs SET charged = 1 WHERE ${heldJob(holder)} AND charged = 0`,
    sql`UPDATE batches SET ${set(batches, done)} WHERE job_id = ${jobId} AND ${isHeld}`,
  ];
  const answers = await transact(db, queries);
  return hasChanged(answers.at(-1));
}

/** Of an upload without one good row, which ends without a plan: its rejected rows can be fetched all the same. */
export async function noteBadRows(
  db: D1Database,
  holder: BatchHolder,
  badRows: number,
): Promise<void> {
  await change(db, sql`UPDATE jobs SET ${set(jobs, { badRows })} WHERE ${heldJob(holder)}`);
}

/** SQL: the row of the batch, unless a newer attempt has it. */
function ofAttempt({ jobId, attempt }: BatchHolder): Sql {
  return sql`job_id = ${jobId} AND attempt = ${attempt}`;
}

/** Gives the stage back, to be tried again at `wakeAt`; the reason stays visible meanwhile. */
export async function releaseBatch(
  db: D1Database,
  holder: BatchHolder,
  { now, wakeAt }: { now: number; wakeAt: number },
  error: Failure,
): Promise<void> {
  await transact(db, [
    sql`UPDATE batches SET lease_until = NULL, failures = failures + 1 WHERE ${ofAttempt(holder)}`,
    sql`UPDATE jobs SET ${set(jobs, { wakeAt, updatedAt: now, error })}
        WHERE project = ${holder.project} AND id = ${holder.jobId} AND status = 'running'`,
  ]);
}

/** SQL fence of a batch's run: its job is completed, by this attempt, in the same transaction. */
function batchFence({ project, jobId, attempt }: BatchHolder, run: RunRecord): Sql {
  return sql`EXISTS (SELECT 1 FROM jobs AS j JOIN batches AS b ON b.job_id = j.id
    WHERE j.project = ${project} AND j.id = ${jobId} AND j.run_id = ${run.id}
      AND j.status = 'completed' AND j.finished_at = ${run.finishedAt} AND b.attempt = ${attempt})`;
}

/** Ends a batch with its report. False: a newer attempt holds it or the job has ended; nothing was written. */
export async function finishBatch(
  db: D1Database,
  holder: BatchHolder,
  run: RunRecord,
  end: { weightedScore: number | null; usage: Usage },
): Promise<boolean> {
  const { finishedAt } = run;
  const completed = {
    ...end,
    status: "completed",
    finishedAt,
    updatedAt: finishedAt,
    wakeAt: null,
    means: Object.fromEntries(Object.entries(run.metrics).map(([name, { mean }]) => [name, mean])),
    runId: run.id,
    error: null,
  } as const;
  const [answer] = await transact(db, [
    sql`UPDATE jobs SET ${set(jobs, completed)} WHERE ${heldJob(holder)}`,
    insertRun(run, batchFence(holder, run)),
    ...announceEnd(holder, "completed", finishedAt),
    sql`UPDATE batches SET ${set(batches, { leaseUntil: null, failures: 0 })} WHERE ${ofAttempt(holder)}`,
  ]);
  return hasChanged(answer);
}
