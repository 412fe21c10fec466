import type { Outcomes, Scores, Usage, Warning } from "../contract.ts";
import { holdBackLlm, probeBreaker } from "./breaker.ts";
import { commitTogether } from "./commit-together.ts";
import { announceEnd } from "./deliveries.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";

/**
 * Every move of a job's life as SQL, each one transaction. The moves themselves (which state may follow which)
 * are in `jobs/job.ts`; here each statement carries its own condition, so a move that comes too late does nothing.
 */

export interface NewSample {
  seq: number;
  sampleId: string;
  question: string;
  input: string | null;
  inputKey: string | null;
}

const INSERT_JOB = `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, wake_at, question, name, tags,
  session_id, language, metrics, judge, judge_model, embedding_model, callback_url, traceparent, submitted_by,
  dedupe_key, fingerprint, total, warnings, contexts_received, contexts_parsed, fallback, origin)
  VALUES (?1, ?2, ?3, 'queued', ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)
  ON CONFLICT DO NOTHING`;

// The sample follows only if its job was really inserted: a doubled key inserts neither.
const INSERT_SAMPLE = `INSERT INTO samples (job_id, seq, sample_id, status, question, input_key, input)
  SELECT ?2, ?3, ?4, 'queued', ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ?1 AND id = ?2)
  ON CONFLICT DO NOTHING`;
const MARK_CHARGED = "UPDATE jobs SET charged = 1 WHERE project = ?1 AND id = ?2";

/** The statement that writes a job row; it writes nothing when the key is taken or the row is there already. */
export function insertJob(
  db: D1Database,
  job: JobRecord,
  dedupeKey: string | null,
  wakeAt: number,
): D1PreparedStatement {
  return db
    .prepare(INSERT_JOB)
    .bind(
      job.project,
      job.id,
      job.kind,
      job.createdAt,
      wakeAt,
      job.question,
      job.name,
      JSON.stringify(job.tags),
      job.sessionId,
      job.language,
      JSON.stringify(job.metrics),
      job.judge,
      job.judgeModel,
      job.embeddingModel,
      job.callbackUrl,
      job.traceparent,
      job.submittedBy,
      dedupeKey,
      job.fingerprint,
      job.total,
      JSON.stringify(job.warnings),
      job.contextsReceived,
      job.contextsParsed,
      job.fallback,
      job.origin,
    );
}

/**
 * Accepts a job of one sample. False: another job holds the same dedupe key, nothing was written. `charges` are
 * written with the job; one that breaks undoes the job too.
 */
export async function insertSingleJob(
  db: D1Database,
  job: JobRecord,
  dedupeKey: string | null,
  wakeAt: number,
  sample: NewSample,
  charges: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const [inserted] = await db.batch([
    insertJob(db, job, dedupeKey, wakeAt),
    db
      .prepare(INSERT_SAMPLE)
      .bind(
        job.project,
        job.id,
        sample.seq,
        sample.sampleId,
        sample.question,
        sample.inputKey,
        sample.input,
      ),
    ...charges,
    ...(charges.length > 0 ? [db.prepare(MARK_CHARGED).bind(job.project, job.id)] : []),
  ]);
  return (inserted?.meta.changes ?? 0) > 0;
}

const CLAIM_SAMPLES = `UPDATE samples SET status = 'running', attempt = attempt + 1, lease_until = ?4,
    crashes = crashes + (status = 'running')
  WHERE job_id = ?1 AND seq BETWEEN ?2 AND ?3
    AND (status = 'queued' OR (status = 'running' AND lease_until < ?5))
    AND EXISTS (SELECT 1 FROM jobs AS j WHERE j.project = ?6 AND j.id = ?1 AND j.kind = 'single'
                AND j.status IN ('queued', 'running') AND NOT ${holdBackLlm("j", "?5")})
  RETURNING seq, sample_id, attempt, crashes, input, input_key`;

// Only a job with a sample under this very lease becomes running, so a claim that found nothing changes nothing.
const START_JOB = `UPDATE jobs SET status = 'running', started_at = coalesce(started_at, ?5), updated_at = ?5,
    attempts = attempts + 1, wake_at = ?4, wakes = 0
  WHERE project = ?6 AND id = ?1 AND status IN ('queued', 'running')
    AND EXISTS (SELECT 1 FROM samples WHERE job_id = ?1 AND seq BETWEEN ?2 AND ?3
                AND status = 'running' AND lease_until = ?4)
  RETURNING ${JOB_COLUMNS}`;

export interface ClaimedSample {
  seq: number;
  sampleId: string;
  attempt: number;
  /** Times its consumer stopped without a word. */
  crashes: number;
  input: string | null;
  inputKey: string | null;
}

interface ClaimedRow {
  seq: number;
  sample_id: string;
  attempt: number;
  crashes: number;
  input: string | null;
  input_key: string | null;
}

export interface ClaimTarget {
  project: string;
  jobId: string;
  from: number;
  to: number;
}

export interface Claim {
  job: JobRecord;
  samples: ClaimedSample[];
}

/**
 * Claims what is free of samples `from`..`to` of each job, also those whose lease has ended; null: nothing to do.
 * All in one transaction, and one after the other: what a claim finds out about the judge holds for the next.
 */
export async function claimSamples(
  db: D1Database,
  targets: readonly ClaimTarget[],
  times: { now: number; leaseUntil: number },
): Promise<(Claim | null)[]> {
  const results = await db.batch<unknown>(targets.flatMap((one) => claimOne(db, one, times)));
  return targets.map((_, at) => {
    const from = at * STATEMENTS_OF_A_CLAIM;
    return readClaim(results[from], results[from + 1]);
  });
}

const STATEMENTS_OF_A_CLAIM = 3;

function claimOne(
  db: D1Database,
  { project, jobId, from, to }: ClaimTarget,
  times: { now: number; leaseUntil: number },
): D1PreparedStatement[] {
  return [
    db.prepare(CLAIM_SAMPLES).bind(jobId, from, to, times.leaseUntil, times.now, project),
    db.prepare(START_JOB).bind(jobId, from, to, times.leaseUntil, times.now, project),
    probeBreaker(
      db,
      times.now,
      `EXISTS (SELECT 1 FROM samples AS s JOIN jobs AS j ON j.project = ?4 AND j.id = s.job_id
        WHERE s.job_id = ?5 AND s.lease_until = ?6 AND s.status = 'running' AND j.judge = 'llm')`,
      [project, jobId, times.leaseUntil],
    ),
  ];
}

function readClaim(
  claimed: D1Result<unknown> | undefined,
  started: D1Result<unknown> | undefined,
): Claim | null {
  const rows = (claimed?.results ?? []) as ClaimedRow[];
  const [jobRow] = (started?.results ?? []) as JobRow[];
  if (rows.length === 0 || !jobRow) return null;
  return {
    job: toJobRecord(jobRow),
    samples: rows.map((row) => ({
      seq: row.seq,
      sampleId: row.sample_id,
      attempt: row.attempt,
      crashes: row.crashes,
      input: row.input,
      inputKey: row.input_key,
    })),
  };
}

const EXTEND_LEASE = `UPDATE samples SET lease_until = ?4
  WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running'`;
const EXTEND_WAKE = `UPDATE jobs SET wake_at = max(coalesce(wake_at, 0), ?3)
  WHERE project = ?1 AND id = ?2 AND status = 'running'`;

/** The heartbeat. False: the lease is lost, or the job was cancelled; the holder must stop. */
export async function extendLease(
  db: D1Database,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  leaseUntil: number,
): Promise<boolean> {
  const [extended] = await db.batch([
    db.prepare(EXTEND_LEASE).bind(holder.jobId, holder.seq, holder.attempt, leaseUntil),
    db.prepare(EXTEND_WAKE).bind(holder.project, holder.jobId, leaseUntil),
  ]);
  return (extended?.meta.changes ?? 0) > 0;
}

export interface SampleResult {
  scores: Scores;
  outcomes: Outcomes;
  weightedScore: number | null;
  cause: string | null;
  gain: number | null;
  usage: Usage;
  evidenceKey: string;
  evidenceOffset: number;
  evidenceLength: number;
  judgements: readonly string[];
}

/** How a job of one sample ends well. */
export interface SingleEnd {
  finishedAt: number;
  runId: string;
  /** The judge that scored it in the end. */
  judge: string;
  warnings: readonly Warning[];
}

// The texts are in the evidence now; in the row they would cost a page of the database for every job.
const FINISH_SAMPLE = `UPDATE samples SET status = 'completed', lease_until = NULL, input = NULL, scores = ?4, outcomes = ?5,
    weighted_score = ?6, cause = ?7, usage = ?8, evidence_key = ?9, evidence_offset = ?10, evidence_length = ?11,
    judgements = ?12, gain = ?13, error_code = NULL, error_message = NULL
  WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running'`;

const FINISH_SINGLE_JOB = `UPDATE jobs SET status = 'completed', finished_at = ?4, updated_at = ?4, wake_at = NULL,
    done = 1, failed = 0, scores = ?5, outcomes = ?6, weighted_score = ?7, run_id = ?8, usage = ?9, judge = ?11,
    warnings = ?12, error_code = NULL, error_message = NULL
  WHERE project = ?10 AND id = ?1 AND status IN ('queued', 'running')
    AND EXISTS (SELECT 1 FROM samples WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'completed')`;

const COUNT_USES = `UPDATE judgements SET uses = uses + 1 WHERE key IN (SELECT value FROM json_each(?4))
  AND EXISTS (SELECT 1 FROM samples WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running')`;

/**
 * Fenced: null when a newer attempt holds the sample or the job has ended; then nothing is written. `companions`
 * belong to the same transaction and carry conditions of their own; their answers come back.
 */
export async function finishSingleJob(
  db: D1Database,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  result: SampleResult,
  end: SingleEnd,
  companions: readonly D1PreparedStatement[] = [],
): Promise<D1Result[] | null> {
  const { project, jobId, seq, attempt } = holder;
  const scores = JSON.stringify(result.scores);
  const outcomes = JSON.stringify(result.outcomes);
  const usage = JSON.stringify(result.usage);
  const judgements = JSON.stringify(result.judgements);
  const [, , finished, , ...rest] = await commitTogether(db, [
    db.prepare(COUNT_USES).bind(jobId, seq, attempt, judgements),
    db
      .prepare(FINISH_SAMPLE)
      .bind(
        jobId,
        seq,
        attempt,
        scores,
        outcomes,
        result.weightedScore,
        result.cause,
        usage,
        result.evidenceKey,
        result.evidenceOffset,
        result.evidenceLength,
        result.judgements.length > 0 ? judgements : null,
        result.gain,
      ),
    db
      .prepare(FINISH_SINGLE_JOB)
      .bind(
        jobId,
        seq,
        attempt,
        end.finishedAt,
        scores,
        outcomes,
        result.weightedScore,
        end.runId,
        usage,
        project,
        end.judge,
        JSON.stringify(end.warnings),
      ),
    announceEnd(db, { project, jobId }, "completed", end.finishedAt),
    ...companions,
  ]);
  return (finished?.meta.changes ?? 0) > 0 ? rest : null;
}

/** Takes the request of a scored sample out of its row; part of the finishing transaction. */
export function forgetInput(
  db: D1Database,
  holder: { jobId: string; seq: number },
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE samples SET input = NULL, input_key = NULL
       WHERE job_id = ?1 AND seq = ?2 AND status = 'completed'`,
    )
    .bind(holder.jobId, holder.seq);
}

const RELEASE_SAMPLE = `UPDATE samples SET status = 'queued', lease_until = NULL, error_code = ?4, error_message = ?5
  WHERE job_id = ?1 AND seq = ?2 AND attempt = ?3 AND status = 'running'`;
const REQUEUE_JOB = `UPDATE jobs SET status = 'queued', updated_at = ?3, wake_at = ?4, error_code = ?5, error_message = ?6
  WHERE project = ?1 AND id = ?2 AND status = 'running'
    AND NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ?2 AND status = 'running')`;

/** Gives a claimed sample back, to be tried again at `wakeAt`; the reason stays visible meanwhile. */
export async function releaseSample(
  db: D1Database,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  times: { now: number; wakeAt: number },
  error: { code: string; message: string },
): Promise<void> {
  const { project, jobId, seq, attempt } = holder;
  await db.batch([
    db.prepare(RELEASE_SAMPLE).bind(jobId, seq, attempt, error.code, error.message),
    db
      .prepare(REQUEUE_JOB)
      .bind(project, jobId, times.now, times.wakeAt, error.code, error.message),
  ]);
}

const FAIL_SAMPLES = `UPDATE samples SET status = 'failed', lease_until = NULL, error_code = ?3, error_message = ?4
  WHERE job_id = ?1 AND status IN ('queued', 'running') AND (?2 IS NULL OR attempt = ?2)`;
const FAIL_JOB = `UPDATE jobs SET status = 'failed', finished_at = ?3, updated_at = ?3, wake_at = NULL,
    failed = total - done, error_code = ?4, error_message = ?5
  WHERE project = ?1 AND id = ?2 AND status IN ('queued', 'running')
    AND NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ?2 AND status IN ('queued', 'running'))`;

/** Ends a job with its reason. `attempt` fences a consumer; null is the dead letter's word, which is final. */
export async function failJob(
  db: D1Database,
  job: { project: string; jobId: string; attempt: number | null },
  now: number,
  error: { code: string; message: string },
): Promise<boolean> {
  const answers = await db.batch([
    db.prepare(FAIL_SAMPLES).bind(job.jobId, job.attempt, error.code, error.message),
    db.prepare(FAIL_JOB).bind(job.project, job.jobId, now, error.code, error.message),
    announceEnd(db, job, "failed", now),
  ]);
  return (answers[1]?.meta.changes ?? 0) > 0;
}

const CANCEL_JOB = `UPDATE jobs SET status = 'cancelled', finished_at = ?3, updated_at = ?3, wake_at = NULL
  WHERE project = ?1 AND id = ?2 AND status IN ('queued', 'running')`;
const CANCEL_SAMPLES = `UPDATE samples SET status = 'cancelled', lease_until = NULL
  WHERE job_id = ?1 AND status IN ('queued', 'running')`;

/** A running consumer notices at its next heartbeat or judge call. */
export async function cancelJob(
  db: D1Database,
  project: string,
  jobId: string,
  now: number,
): Promise<boolean> {
  const answers = await db.batch([
    db.prepare(CANCEL_JOB).bind(project, jobId, now),
    db.prepare(CANCEL_SAMPLES).bind(jobId),
    announceEnd(db, { project, jobId }, "cancelled", now),
  ]);
  return (answers[0]?.meta.changes ?? 0) > 0;
}

// A batch that completed with failed samples can be retried too.
const RETRIABLE = "(status IN ('failed', 'cancelled') OR (status = 'completed' AND failed > 0))";
const RETRY_SAMPLES = `UPDATE samples SET status = 'queued', lease_until = NULL, crashes = 0
  WHERE job_id = ?1 AND status IN ('failed', 'cancelled')
    AND EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND ${RETRIABLE})`;
const RETRY_CHUNKS = `UPDATE chunks SET is_open = 1, failed = 0, failures = 0, crashes = 0, lease_until = NULL, wake_at = 0
  WHERE job_id = ?1 AND EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND ${RETRIABLE})
    AND EXISTS (SELECT 1 FROM samples AS s
                WHERE s.job_id = ?1 AND s.seq BETWEEN chunks.first_seq AND chunks.last_seq AND s.status = 'queued')`;
const RETRY_BATCH = `UPDATE batches SET failures = 0, lease_until = NULL
  WHERE job_id = ?1 AND EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND ${RETRIABLE})`;
const RETRY_JOB = `UPDATE jobs SET updated_at = ?3, finished_at = NULL, wake_at = ?4, wakes = 0, failed = 0,
    error_code = NULL, error_message = NULL, status = CASE
      WHEN EXISTS (SELECT 1 FROM batches WHERE job_id = ?2 AND planned_at IS NOT NULL) THEN 'running' ELSE 'queued' END
  WHERE project = ?1 AND id = ?2 AND ${RETRIABLE}`;

/** Queues what failed or was cancelled again; what is done stays done. */
export async function retryJob(
  db: D1Database,
  project: string,
  jobId: string,
  times: { now: number; wakeAt: number },
): Promise<boolean> {
  const answers = await db.batch([
    db.prepare(RETRY_SAMPLES).bind(jobId, project),
    db.prepare(RETRY_CHUNKS).bind(jobId, project),
    db.prepare(RETRY_BATCH).bind(jobId, project),
    db.prepare(RETRY_JOB).bind(project, jobId, times.now, times.wakeAt),
  ]);
  return (answers[3]?.meta.changes ?? 0) > 0;
}

const HAS_ENDED = `EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND status NOT IN ('queued', 'running'))`;
const USED_KEYS = `SELECT k.value AS key, count(*) AS n FROM samples AS s, json_each(s.judgements) AS k
  WHERE s.job_id = ?1 GROUP BY k.value`;
const DELETE_STATEMENTS = [
  `UPDATE judgements SET uses = uses - u.n FROM (${USED_KEYS}) AS u WHERE judgements.key = u.key AND ${HAS_ENDED}`,
  `DELETE FROM judgements WHERE uses <= 0 AND key IN (SELECT key FROM (${USED_KEYS})) AND ${HAS_ENDED}`,
  ...["samples", "chunks", "batches"].map(
    (table) => `DELETE FROM ${table} WHERE job_id = ?1 AND ${HAS_ENDED}`,
  ),
  `DELETE FROM deliveries INDEXED BY deliveries_by_job WHERE project = ?2 AND job_id = ?1 AND ${HAS_ENDED}`,
  `DELETE FROM runs WHERE project = ?2 AND mode <> 'session'
    AND id = (SELECT run_id FROM jobs WHERE project = ?2 AND id = ?1) AND ${HAS_ENDED}`,
];
const DELETE_JOB = `DELETE FROM jobs WHERE project = ?2 AND id = ?1 AND status NOT IN ('queued', 'running')`;

/**
 * Removes the rows of an ended job and the judgements nothing else rests on; its objects in R2 are removed by the
 * caller first. `companions` come before the job row goes, and carry conditions of their own. Null: it has not ended.
 */
export async function deleteJob(
  db: D1Database,
  project: string,
  jobId: string,
  companions: readonly D1PreparedStatement[] = [],
): Promise<D1Result[] | null> {
  const answers = await db.batch([
    ...companions,
    ...DELETE_STATEMENTS.map((sql) => db.prepare(sql).bind(jobId, project)),
    db.prepare(DELETE_JOB).bind(jobId, project),
  ]);
  return (answers.at(-1)?.meta.changes ?? 0) > 0 ? answers.slice(0, companions.length) : null;
}

const POSTPONE = `UPDATE jobs SET wake_at = ?3, wakes = 0, updated_at = ?4, error_code = ?5, error_message = ?6
  WHERE project = ?1 AND id = ?2 AND status IN ('queued', 'running') AND judge = 'llm' AND fallback IS NULL
    AND NOT EXISTS (SELECT 1 FROM samples WHERE job_id = ?2 AND status = 'running')`;

/** The judge is away: the job is looked at again at `wakeAt` and says why it waits. */
export async function postponeJob(
  db: D1Database,
  job: { project: string; jobId: string },
  times: { now: number; wakeAt: number },
  error: { code: string; message: string },
): Promise<void> {
  await db
    .prepare(POSTPONE)
    .bind(job.project, job.jobId, times.wakeAt, times.now, error.code, error.message)
    .run();
}

const TAKE_OVERDUE = `UPDATE jobs SET wakes = wakes + 1, wake_at = ?1 + min(600000, ?2 << min(wakes, 5))
  WHERE (project, id) IN (SELECT project, id FROM jobs WHERE wake_at IS NOT NULL AND wake_at <= ?1
                          ORDER BY wake_at LIMIT ?3)
  RETURNING project, id, kind, total`;

export interface OverdueJob {
  project: string;
  id: string;
  kind: "single" | "batch";
  total: number;
}

/** Jobs nothing has happened to in time, at most `limit`; each is next due after a doubled pause. */
export async function takeOverdueJobs(
  db: D1Database,
  now: number,
  pauseMs: number,
  limit: number,
): Promise<OverdueJob[]> {
  const { results } = await db.prepare(TAKE_OVERDUE).bind(now, pauseMs, limit).all<OverdueJob>();
  return results;
}

const NEXT_WAKE = `SELECT min(at) AS at FROM (
  SELECT min(wake_at) AS at FROM jobs WHERE wake_at IS NOT NULL
  UNION ALL SELECT min(due_at) FROM sessions WHERE due_at IS NOT NULL
  UNION ALL SELECT min(next_at) FROM deliveries WHERE next_at IS NOT NULL)`;

/** When the next thing falls due (job, session report, webhook), or null when nothing is open. */
export async function nextWakeAt(db: D1Database): Promise<number | null> {
  const row = await db.prepare(NEXT_WAKE).first<{ at: number | null }>();
  return row?.at ?? null;
}
