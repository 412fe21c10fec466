import type { CriterionRequest, Usage } from "../contract.ts";
import type { BatchFormat } from "../intake/batch-rows/format.ts";
import type { RowFormat } from "../intake/formats/format.ts";
import type { Failure, SaidWarning } from "../words/said.ts";
import { announceEnd } from "./deliveries.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";
import { insertJob } from "./moves/insert-job.ts";
import { type Fence, insertRun, type RunRecord } from "./runs.ts";

// One batch job, its upload, and who works on it as a whole: planning first, the report last.

/** What holds for all rows of a batch; null: the first row decides. */
export interface BatchOptions {
  judge: "auto" | "llm" | "offline" | null;
  judge_model: string | null;
  embedding_model: string | null;
  compat: "ragas" | null;
  fallback: "offline" | null;
  /** Absent in batches from before there was this choice. */
  consistency?: "off" | "doubtful" | null;
  metrics: string[] | null;
  /** Absent in batches from before there were any. */
  criteria?: CriterionRequest[] | null;
  language: "zh" | "en" | null;
  charset: string;
  /** Whose names the rows have; absent or null: found out row by row. */
  format?: RowFormat | null;
  /** False: the project keeps no texts, so they go with the end of the job. */
  store_text: boolean;
}

export interface BatchRecord {
  jobId: string;
  project: string;
  format: BatchFormat;
  options: BatchOptions;
  uploadKey: string;
  plannedAt: number | null;
  attempt: number;
  failures: number;
}

interface BatchRow {
  job_id: string;
  project: string;
  format: BatchFormat;
  options: string;
  upload_key: string;
  planned_at: number | null;
  attempt: number;
  failures: number;
}

const BATCH_COLUMNS = "job_id, project, format, options, upload_key, planned_at, attempt, failures";

function toBatchRecord(row: BatchRow): BatchRecord {
  return {
    jobId: row.job_id,
    project: row.project,
    format: row.format,
    options: JSON.parse(row.options),
    uploadKey: row.upload_key,
    plannedAt: row.planned_at,
    attempt: row.attempt,
    failures: row.failures,
  };
}

const INSERT_BATCH = `INSERT INTO batches (job_id, project, format, options, upload_key)
  SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1)
  ON CONFLICT DO NOTHING`;

/** Accepts a batch. False: another job holds the same dedupe key, nothing was written. */
export async function insertBatchJob(
  db: D1Database,
  job: JobRecord,
  dedupeKey: string | null,
  wakeAt: number,
  batch: { format: BatchFormat; options: BatchOptions; uploadKey: string },
): Promise<boolean> {
  const [inserted] = await db.batch([
    insertJob(db, job, dedupeKey, wakeAt),
    db
      .prepare(INSERT_BATCH)
      .bind(job.id, job.project, batch.format, JSON.stringify(batch.options), batch.uploadKey),
  ]);
  return (inserted?.meta.changes ?? 0) > 0;
}

/** The stages of a batch as a whole; scoring in between belongs to the chunks. */
export type BatchStage = "plan" | "report";

const CLAIM_BATCH = `UPDATE batches SET attempt = attempt + 1, lease_until = ?3
  WHERE job_id = ?1 AND (lease_until IS NULL OR lease_until < ?4)
    AND (planned_at IS NULL) = (?5 = 'plan')
    AND (?5 = 'plan' OR NOT EXISTS (SELECT 1 FROM chunks WHERE job_id = ?1 AND is_open = 1))
    AND EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND status IN ('queued', 'running'))
  RETURNING ${BATCH_COLUMNS}`;
const START_BATCH = `UPDATE jobs SET status = 'running', started_at = coalesce(started_at, ?4),
    updated_at = CASE ?5 WHEN 'plan' THEN ?4 ELSE updated_at END, attempts = attempts + (?5 = 'plan'), wake_at = ?3, wakes = 0
  WHERE project = ?2 AND id = ?1 AND status IN ('queued', 'running')
    AND EXISTS (SELECT 1 FROM batches WHERE job_id = ?1 AND lease_until = ?3)
  RETURNING ${JOB_COLUMNS}`;

/** Takes a stage of a batch; null: it is held, over, or not due yet. */
export async function claimBatch(
  db: D1Database,
  target: { project: string; jobId: string },
  stage: BatchStage,
  times: { now: number; leaseUntil: number },
): Promise<{ job: JobRecord; batch: BatchRecord } | null> {
  const values = [target.jobId, target.project, times.leaseUntil, times.now, stage];
  const [claimed, started] = await db.batch<unknown>([
    db.prepare(CLAIM_BATCH).bind(...values),
    db.prepare(START_BATCH).bind(...values),
  ]);
  const [batch] = (claimed?.results ?? []) as BatchRow[];
  const [job] = (started?.results ?? []) as JobRow[];
  return batch && job ? { job: toJobRecord(job), batch: toBatchRecord(batch) } : null;
}

export async function getBatch(db: D1Database, jobId: string): Promise<BatchRecord | null> {
  const row = await db
    .prepare(`SELECT ${BATCH_COLUMNS} FROM batches WHERE job_id = ?1`)
    .bind(jobId)
    .first<BatchRow>();
  return row ? toBatchRecord(row) : null;
}

export interface BatchHolder {
  project: string;
  jobId: string;
  attempt: number;
}

/** SQL: the batch is still held by this attempt (?1 job, ?2 attempt, ?3 project) and the job is still wanted. */
export const HOLDS_BATCH = `EXISTS (SELECT 1 FROM batches AS b JOIN jobs AS j ON j.project = ?3 AND j.id = b.job_id
  WHERE b.job_id = ?1 AND b.attempt = ?2 AND b.lease_until IS NOT NULL AND j.status = 'running')`;

const EXTEND_BATCH = `UPDATE batches SET lease_until = ?4 WHERE job_id = ?1 AND ${HOLDS_BATCH}`;
const EXTEND_BATCH_WAKE = `UPDATE jobs SET wake_at = max(coalesce(wake_at, 0), ?4)
  WHERE project = ?3 AND id = ?1 AND ${HOLDS_BATCH}`;

/** The heartbeat. False: the lease is lost, or the job was cancelled. */
export async function extendBatchLease(
  db: D1Database,
  holder: BatchHolder,
  leaseUntil: number,
): Promise<boolean> {
  const values = [holder.jobId, holder.attempt, holder.project, leaseUntil];
  const [extended] = await db.batch([
    db.prepare(EXTEND_BATCH).bind(...values),
    db.prepare(EXTEND_BATCH_WAKE).bind(...values),
  ]);
  return (extended?.meta.changes ?? 0) > 0;
}

/** Whether a stage is still held and its job still wanted, without writing anything. */
export async function holdsBatch(
  db: D1Database,
  { jobId, attempt, project }: BatchHolder,
): Promise<boolean> {
  const look = db.prepare(`SELECT ${HOLDS_BATCH} AS held`).bind(jobId, attempt, project);
  return (await look.first<number>("held")) === 1;
}

export interface BatchPlan {
  total: number;
  /** Rows with an answer: what the quota is charged for. */
  answered: number;
  badRows: number;
  warnings: SaidWarning[];
  metrics: string[];
  judge: string;
  judgeModel: string | null;
  embeddingModel: string | null;
  fallback: string | null;
  language: "zh" | "en";
  question: string;
  format: RowFormat;
  options: BatchOptions;
}

const PLAN_JOB = `UPDATE jobs SET total = ?4, bad_rows = ?5, warnings = ?6, metrics = ?7, judge = ?8, judge_model = ?9,
    embedding_model = ?10, language = ?11, question = ?12, updated_at = ?13, wake_at = ?14, fallback = ?15, format = ?16
  WHERE project = ?3 AND id = ?1 AND ${HOLDS_BATCH}`;
const CHARGE_PLAN = `INSERT INTO quota_use (project, day, unit, used, cap)
  SELECT ?3, ?4, 'samples', ?5, ?6
  WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ?3 AND id = ?1 AND charged = 0) AND ${HOLDS_BATCH}
  ON CONFLICT (project, day, unit) DO UPDATE SET used = used + excluded.used, cap = excluded.cap`;
const MARK_CHARGED = `UPDATE jobs SET charged = 1
  WHERE project = ?3 AND id = ?1 AND charged = 0 AND ${HOLDS_BATCH}`;
const PLAN_BATCH = `UPDATE batches SET planned_at = ?4, options = ?5, lease_until = NULL, failures = 0
  WHERE job_id = ?1 AND ${HOLDS_BATCH}`;

/** Ends the planning, whole or not at all: it breaks when its samples are beyond the quota of the day. */
export async function finishPlan(
  db: D1Database,
  holder: BatchHolder,
  plan: BatchPlan,
  times: { now: number; wakeAt: number },
  charge: { day: string; cap: number } | null,
): Promise<boolean> {
  const who = [holder.jobId, holder.attempt, holder.project];
  const answers = await db.batch([
    db
      .prepare(PLAN_JOB)
      .bind(
        ...who,
        plan.total,
        plan.badRows,
        JSON.stringify(plan.warnings),
        JSON.stringify(plan.metrics),
        plan.judge,
        plan.judgeModel,
        plan.embeddingModel,
        plan.language,
        plan.question,
        times.now,
        times.wakeAt,
        plan.fallback,
        plan.format,
      ),
    ...(charge
      ? [db.prepare(CHARGE_PLAN).bind(...who, charge.day, plan.answered, charge.cap)]
      : []),
    db.prepare(MARK_CHARGED).bind(...who),
    db.prepare(PLAN_BATCH).bind(...who, times.now, JSON.stringify(plan.options)),
  ]);
  return (answers.at(-1)?.meta.changes ?? 0) > 0;
}

const NOTE_BAD_ROWS = `UPDATE jobs SET bad_rows = ?4 WHERE project = ?3 AND id = ?1 AND ${HOLDS_BATCH}`;

/** Of an upload without one good row, which ends without a plan: its rejected rows can be fetched all the same. */
export async function noteBadRows(
  db: D1Database,
  holder: BatchHolder,
  count: number,
): Promise<void> {
  await db.prepare(NOTE_BAD_ROWS).bind(holder.jobId, holder.attempt, holder.project, count).run();
}

const RELEASE_BATCH = `UPDATE batches SET lease_until = NULL, failures = failures + 1
  WHERE job_id = ?1 AND attempt = ?2`;
const NOTE_BATCH_ERROR = `UPDATE jobs SET wake_at = ?3, updated_at = ?4, error_code = ?5, error_message = ?6
  WHERE project = ?2 AND id = ?1 AND status = 'running'`;

/** Gives the stage back, to be tried again at `wakeAt`; the reason stays visible meanwhile. */
export async function releaseBatch(
  db: D1Database,
  holder: BatchHolder,
  times: { now: number; wakeAt: number },
  error: Failure,
): Promise<void> {
  await db.batch([
    db.prepare(RELEASE_BATCH).bind(holder.jobId, holder.attempt),
    db
      .prepare(NOTE_BATCH_ERROR)
      .bind(
        holder.jobId,
        holder.project,
        times.wakeAt,
        times.now,
        error.code,
        JSON.stringify(error.message),
      ),
  ]);
}

const COMPLETE_BATCH = `UPDATE jobs SET status = 'completed', finished_at = ?4, updated_at = ?4, wake_at = NULL,
    scores = ?5, weighted_score = ?6, run_id = ?7, usage = ?8, error_code = NULL, error_message = NULL
  WHERE project = ?3 AND id = ?1 AND ${HOLDS_BATCH}`;
const END_REPORT =
  "UPDATE batches SET lease_until = NULL, failures = 0 WHERE job_id = ?1 AND attempt = ?2";

/** The fence of a batch's run: its job is completed, by this attempt, in the same transaction. */
function batchFence(holder: BatchHolder, finishedAt: number): Fence {
  return {
    sql: `EXISTS (SELECT 1 FROM jobs AS j JOIN batches AS b ON b.job_id = j.id WHERE j.project = ?1 AND j.id = ?24
      AND j.run_id = ?2 AND j.status = 'completed' AND j.finished_at = ?26 AND b.attempt = ?25)`,
    values: [holder.jobId, holder.attempt, finishedAt],
  };
}

/** Ends a batch with its report. False: a newer attempt holds it or the job has ended; nothing was written. */
export async function finishBatch(
  db: D1Database,
  holder: BatchHolder,
  run: RunRecord,
  end: { weightedScore: number | null; usage: Usage },
): Promise<boolean> {
  const who = [holder.jobId, holder.attempt, holder.project];
  const [completed] = await db.batch([
    db
      .prepare(COMPLETE_BATCH)
      .bind(
        ...who,
        run.finishedAt,
        JSON.stringify(run.metricMeans),
        end.weightedScore,
        run.id,
        JSON.stringify(end.usage),
      ),
    insertRun(db, run, batchFence(holder, run.finishedAt)),
    announceEnd(db, holder, "completed", run.finishedAt),
    db.prepare(END_REPORT).bind(holder.jobId, holder.attempt),
  ]);
  return (completed?.meta.changes ?? 0) > 0;
}
