import type { Outcomes, Scores, Usage } from "../contract.ts";
import type { Failure, SaidWarning } from "../words/said.ts";
import { type BatchHolder, HOLDS_BATCH } from "./batches.ts";
import { holdBackLlm, probeBreaker } from "./breaker.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";

export interface NewChunk {
  n: number;
  samples: readonly {
    seq: number;
    sampleId: string;
    question: string;
    tags: object | null;
    sessionId: string | null;
    feedback: string | null;
  }[];
}

const INSERT_SAMPLES = `INSERT INTO samples (job_id, seq, sample_id, status, question, tags, session_id, feedback)
  SELECT ?1, value ->> 'seq', value ->> 'sampleId', 'queued', value ->> 'question', value ->> 'tags',
    value ->> 'sessionId', value ->> 'feedback'
  FROM json_each(?4) WHERE ${HOLDS_BATCH} ON CONFLICT DO NOTHING`;
const INSERT_CHUNKS = `INSERT INTO chunks (job_id, n, first_seq, last_seq)
  SELECT ?1, value ->> 'n', value ->> 'first', value ->> 'last'
  FROM json_each(?4) WHERE ${HOLDS_BATCH} ON CONFLICT DO NOTHING`;

/** Writes several chunks with all their sample rows; those already there stay. False: the lease is lost. */
export async function insertChunks(
  db: D1Database,
  holder: BatchHolder,
  chunks: readonly NewChunk[],
): Promise<boolean> {
  const who = [holder.jobId, holder.attempt, holder.project];
  const ranges = chunks.map(({ n, samples }) => ({
    n,
    first: samples[0]?.seq ?? 0,
    last: samples.at(-1)?.seq ?? 0,
  }));
  const rows = chunks.flatMap(({ samples }) => samples);
  const answers = await db.batch<{ held: number }>([
    db.prepare(INSERT_SAMPLES).bind(...who, JSON.stringify(rows)),
    db.prepare(INSERT_CHUNKS).bind(...who, JSON.stringify(ranges)),
    db.prepare(`SELECT ${HOLDS_BATCH} AS held`).bind(...who),
  ]);
  return answers[2]?.results[0]?.held === 1;
}

export async function countChunks(db: D1Database, jobId: string): Promise<number> {
  const row = await db
    .prepare("SELECT count(*) AS n FROM chunks WHERE job_id = ?1")
    .bind(jobId)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

// Chunk n of lane n % lanes: one message is under way in each lane, so this is all there is to wake.
const FIRST_OF_LANES = `SELECT min(n) AS n FROM chunks
  WHERE job_id = ?1 AND is_open = 1 GROUP BY n % ?2`;
const DUE_OF_LANES = `SELECT c.n FROM chunks AS c JOIN (${FIRST_OF_LANES}) AS f ON f.n = c.n
  WHERE c.job_id = ?1 AND c.wake_at <= ?3 AND (c.lease_until IS NULL OR c.lease_until < ?3) ORDER BY c.n`;

/** Of every lane the first open chunk, when it is due and nobody holds it; and whether any chunk is open at all. */
export async function listDueChunks(
  db: D1Database,
  jobId: string,
  lanes: number,
  now: number,
): Promise<{ due: number[]; isAnyOpen: boolean }> {
  const [due, open] = await db.batch<{ n: number }>([
    db.prepare(DUE_OF_LANES).bind(jobId, lanes, now),
    db.prepare("SELECT n FROM chunks WHERE job_id = ?1 AND is_open = 1 LIMIT 1").bind(jobId),
  ]);
  return {
    due: (due?.results ?? []).map((row) => row.n),
    isAnyOpen: (open?.results.length ?? 0) > 0,
  };
}

export interface ChunkHolder {
  project: string;
  jobId: string;
  n: number;
  attempt: number;
}

const CLAIM_CHUNK = `UPDATE chunks SET attempt = attempt + 1, lease_until = ?4,
    crashes = crashes + (lease_until IS NOT NULL)
  WHERE job_id = ?1 AND n = ?2 AND is_open = 1 AND wake_at <= ?5 AND (lease_until IS NULL OR lease_until < ?5)
    AND EXISTS (SELECT 1 FROM jobs AS j WHERE j.project = ?3 AND j.id = ?1 AND j.status = 'running'
                AND NOT ${holdBackLlm("j", "?5")})
  RETURNING attempt, failures, crashes`;
const FREE_SAMPLES = `SELECT s.seq FROM chunks AS c JOIN samples AS s
    ON s.job_id = c.job_id AND s.seq BETWEEN c.first_seq AND c.last_seq
  WHERE c.job_id = ?1 AND c.n = ?2 AND s.status = 'queued' ORDER BY s.seq`;
const CLAIMED_JOB = `SELECT ${JOB_COLUMNS} FROM jobs WHERE project = ?1 AND id = ?2`;

export interface ClaimedChunk {
  job: JobRecord;
  attempt: number;
  failures: number;
  /** Times its consumer stopped without a word. */
  crashes: number;
  /** The first work after a pause: it tries whether the provider is back. */
  isProbe: boolean;
  /** Samples that still want a score. */
  seqs: number[];
}

/** Takes a chunk; null: it is done, held, not due, or its job has ended or waits for the judge. */
export async function claimChunk(
  db: D1Database,
  target: { project: string; jobId: string; n: number },
  times: { now: number; leaseUntil: number },
): Promise<ClaimedChunk | null> {
  const { project, jobId, n } = target;
  const [claimed, free, job, probe] = await db.batch<unknown>([
    db.prepare(CLAIM_CHUNK).bind(jobId, n, project, times.leaseUntil, times.now),
    db.prepare(FREE_SAMPLES).bind(jobId, n),
    db.prepare(CLAIMED_JOB).bind(project, jobId),
    probeBreaker(
      db,
      times.now,
      `EXISTS (SELECT 1 FROM chunks AS c JOIN jobs AS j ON j.project = ?4 AND j.id = c.job_id
        WHERE c.job_id = ?5 AND c.n = ?6 AND c.lease_until = ?7 AND j.judge = 'llm')`,
      [project, jobId, n, times.leaseUntil],
    ),
  ]);
  const [chunk] = (claimed?.results ?? []) as {
    attempt: number;
    failures: number;
    crashes: number;
  }[];
  const [row] = (job?.results ?? []) as JobRow[];
  if (!chunk || !row) return null;
  const seqs = ((free?.results ?? []) as { seq: number }[]).map(({ seq }) => seq);
  return { job: toJobRecord(row), ...chunk, seqs, isProbe: (probe?.meta.changes ?? 0) > 0 };
}

/** SQL: the chunk is still held by this attempt (?1 job, ?2 chunk, ?3 attempt, ?4 project), the job still wanted. */
const HOLDS_CHUNK = `EXISTS (SELECT 1 FROM chunks AS c JOIN jobs AS j ON j.project = ?4 AND j.id = c.job_id
  WHERE c.job_id = ?1 AND c.n = ?2 AND c.attempt = ?3 AND c.lease_until IS NOT NULL AND j.status = 'running')`;

const EXTEND_CHUNK = `UPDATE chunks SET lease_until = ?5 WHERE job_id = ?1 AND n = ?2 AND ${HOLDS_CHUNK}`;

export async function extendChunkLease(
  db: D1Database,
  { jobId, n, attempt, project }: ChunkHolder,
  leaseUntil: number,
): Promise<boolean> {
  const answer = await db.prepare(EXTEND_CHUNK).bind(jobId, n, attempt, project, leaseUntil).run();
  return answer.meta.changes > 0;
}

/** Whether a chunk is still held and its job still wanted, without writing anything. */
export async function holdsChunk(
  db: D1Database,
  { jobId, n, attempt, project }: ChunkHolder,
): Promise<boolean> {
  const look = db.prepare(`SELECT ${HOLDS_CHUNK} AS held`).bind(jobId, n, attempt, project);
  return (await look.first<number>("held")) === 1;
}

/** One sample of a chunk as its attempt leaves it. Samples that are not listed stay queued. */
export interface ChunkSample {
  seq: number;
  status: "completed" | "failed";
  scores: Scores;
  outcomes: Outcomes;
  weightedScore: number | null;
  cause: string | null;
  gain: number | null;
  usage: Usage;
  error: Failure | null;
  evidenceOffset: number | null;
  evidenceLength: number | null;
  judgements: readonly string[];
}

// The range keeps it from looking at every sample of the job for each of these.
const WRITE_SAMPLES = `UPDATE samples SET status = r.value ->> 'status', attempt = ?3, scores = r.value ->> 'scores',
    outcomes = r.value ->> 'outcomes', weighted_score = r.value ->> 'weightedScore', cause = r.value ->> 'cause',
    gain = r.value ->> 'gain', usage = r.value ->> 'usage', error_code = r.value ->> '$.error.code', error_message = r.value ->> '$.error.message',
    evidence_key = CASE WHEN r.value ->> 'evidenceOffset' IS NULL THEN NULL ELSE ?6 END,
    evidence_offset = r.value ->> 'evidenceOffset', evidence_length = r.value ->> 'evidenceLength',
    judgements = r.value ->> 'judgements'
  FROM json_each(?5) AS r
  WHERE samples.job_id = ?1 AND samples.seq BETWEEN ?7 AND ?8 AND samples.seq = r.value ->> 'seq' AND samples.status = 'queued' AND ${HOLDS_CHUNK}`;
const CHARGE_TOKENS = `INSERT INTO quota_use (project, day, unit, used, cap)
  SELECT ?4, ?6, 'judge_tokens', ?5, NULL WHERE ?5 > 0 AND ${HOLDS_CHUNK}
  ON CONFLICT (project, day, unit) DO UPDATE SET used = used + excluded.used`;
const COUNT_USES = `UPDATE judgements SET uses = uses + u.n
  FROM (SELECT value AS key, count(*) AS n FROM json_each(?5) GROUP BY value) AS u
  WHERE judgements.key = u.key AND ${HOLDS_CHUNK}`;
const IS_NOTED = `EXISTS (SELECT 1 FROM json_each(jobs.warnings) AS w WHERE w.value ->> 'code' = n.value ->> 'code')`;
const NOTE_WARNINGS = `UPDATE jobs SET warnings = (SELECT json_group_array(json(value)) FROM (
    SELECT value FROM json_each(jobs.warnings)
    UNION ALL SELECT n.value FROM json_each(?5) AS n WHERE NOT ${IS_NOTED}))
  WHERE project = ?4 AND id = ?1 AND ${HOLDS_CHUNK}
    AND EXISTS (SELECT 1 FROM json_each(?5) AS n WHERE NOT ${IS_NOTED})`;
// Counted from the rows, not added up: whatever was repeated, the numbers are true.
const CLOSE_CHUNK = `UPDATE chunks SET lease_until = NULL, wake_at = ?5, failures = ?6,
    done = t.done, failed = t.failed, is_open = t.queued > 0
  FROM (SELECT count(*) FILTER (WHERE s.status = 'completed') AS done, count(*) FILTER (WHERE s.status = 'failed') AS failed,
          count(*) FILTER (WHERE s.status = 'queued') AS queued
        FROM chunks AS k JOIN samples AS s ON s.job_id = k.job_id AND s.seq BETWEEN k.first_seq AND k.last_seq
        WHERE k.job_id = ?1 AND k.n = ?2) AS t
  WHERE job_id = ?1 AND n = ?2 AND ${HOLDS_CHUNK}
  RETURNING is_open`;
const COUNT_PROGRESS = `UPDATE jobs SET done = t.done, failed = t.failed, updated_at = ?5, wakes = 0,
    error_code = ?6, error_message = ?7
  FROM (SELECT coalesce(sum(done), 0) AS done, coalesce(sum(failed), 0) AS failed FROM chunks WHERE job_id = ?1) AS t
  WHERE project = ?4 AND id = ?1 AND status = 'running'
    AND EXISTS (SELECT 1 FROM chunks WHERE job_id = ?1 AND n = ?2 AND attempt = ?3)
  RETURNING jobs.done + jobs.failed = total AS is_last`;

export interface ChunkResult {
  samples: readonly ChunkSample[];
  evidenceKey: string;
  tokens: { day: string; count: number };
  /** Not before; for samples that stay queued. */
  wakeAt: number;
  failures: number;
  /** Why some stay queued, shown until the next attempt. */
  error: Failure | null;
  /** To be noted on the job, each code once. */
  warnings: readonly SaidWarning[];
}

/** Fenced; null: a newer attempt holds the chunk or the job has ended, nothing was written. */
export async function finishChunk(
  db: D1Database,
  holder: ChunkHolder,
  result: ChunkResult,
  now: number,
  companions: readonly D1PreparedStatement[] = [],
): Promise<{ isOpen: boolean; isLast: boolean } | null> {
  const who = [holder.jobId, holder.n, holder.attempt, holder.project];
  const seqs = result.samples.length > 0 ? result.samples.map(({ seq }) => seq) : [-1];
  const keys = result.samples.flatMap((sample) => sample.judgements);
  const rows = result.samples.map((sample) => ({
    ...sample,
    judgements: sample.judgements.length > 0 ? sample.judgements : null,
  }));
  const { error } = result;
  const answers = await db.batch<Record<string, number>>([
    db
      .prepare(WRITE_SAMPLES)
      .bind(...who, JSON.stringify(rows), result.evidenceKey, Math.min(...seqs), Math.max(...seqs)),
    db.prepare(CHARGE_TOKENS).bind(...who, result.tokens.count, result.tokens.day),
    db.prepare(COUNT_USES).bind(...who, JSON.stringify(keys)),
    db
      .prepare(NOTE_WARNINGS)
      .bind(
        ...who,
        JSON.stringify([...new Map(result.warnings.map((one) => [one.code, one])).values()]),
      ),
    db.prepare(CLOSE_CHUNK).bind(...who, result.wakeAt, result.failures),
    db
      .prepare(COUNT_PROGRESS)
      .bind(...who, now, error?.code ?? null, error ? JSON.stringify(error.message) : null),
    ...companions,
  ]);
  const closed = answers[4]?.results[0];
  if (!closed) return null;
  return { isOpen: closed.is_open === 1, isLast: answers[5]?.results[0]?.is_last === 1 };
}
