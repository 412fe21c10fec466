import type { Outcomes, Scores } from "../contract.ts";
import type { Failure, SaidWarning } from "../words/said.ts";

/** A sample computed again from stored judgements. */
export interface RescoredSample {
  seq: number;
  sampleId: string;
  tags: Record<string, string>;
  feedback: string | null;
  question: string;
  scores: Scores;
  outcomes: Outcomes;
  weightedScore: number | null;
  cause: string | null;
  gain: number | null;
  error: Failure | null;
  evidence: { key: string; offset: number; length: number } | null;
}

export interface RescoredJob {
  project: string;
  id: string;
  runId: string;
  name: string | null;
  tags: Record<string, string>;
  language: "zh" | "en";
  metrics: string[];
  judge: "llm" | "offline";
  judgeModel: string | null;
  embeddingModel: string | null;
  submittedBy: string;
  /** Where the judgements come from; also its fingerprint. */
  rescoredFrom: string;
  question: string;
  total: number;
  failed: number;
  warnings: SaidWarning[];
  now: number;
}

// It is never queued: `wake_at` stays empty, so no sweep takes it for lost work.
const INSERT_JOB = `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, started_at, question, name,
    tags, language, metrics, judge, judge_model, embedding_model, submitted_by, fingerprint, total, warnings)
  VALUES (?1, ?2, ?3, 'running', ?4, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)`;

const INSERT_SAMPLES = `INSERT INTO samples (job_id, seq, sample_id, status, attempt, question, tags, scores, outcomes,
    weighted_score, cause, error_code, error_message, evidence_key, evidence_offset, evidence_length, gain, feedback)
  SELECT ?1, value ->> 'seq', value ->> 'sampleId', iif(value ->> 'failed', 'failed', 'completed'), 1,
    value ->> 'question', value ->> 'tags', value ->> 'scores', value ->> 'outcomes', value ->> 'weightedScore',
    value ->> 'cause', value ->> 'errorCode', value ->> 'errorMessage', value ->> 'key', value ->> 'offset',
    value ->> 'length', value ->> 'gain', value ->> 'feedback'
  FROM json_each(?2)`;

/** Rows in one statement: a parameter may hold 2 MB, and a row here is about a kilobyte. */
const ROWS_PER_STATEMENT = 200;

/** Writes the job and its samples; the run follows with `finishRescored`. */
export async function insertRescored(
  db: D1Database,
  job: RescoredJob,
  samples: readonly RescoredSample[],
): Promise<void> {
  const statements = [
    db
      .prepare(INSERT_JOB)
      .bind(
        job.project,
        job.id,
        job.total === 1 ? "single" : "batch",
        job.now,
        job.question,
        job.name,
        JSON.stringify(job.tags),
        job.language,
        JSON.stringify(job.metrics),
        job.judge,
        job.judgeModel,
        job.embeddingModel,
        job.submittedBy,
        `rescore:${job.rescoredFrom}`,
        job.total,
        JSON.stringify(job.warnings),
      ),
  ];
  for (let from = 0; from < samples.length; from += ROWS_PER_STATEMENT) {
    const rows = samples.slice(from, from + ROWS_PER_STATEMENT).map(toJsonRow);
    statements.push(db.prepare(INSERT_SAMPLES).bind(job.id, JSON.stringify(rows)));
  }
  await db.batch(statements);
}

function toJsonRow(sample: RescoredSample) {
  const { seq, sampleId, feedback, question, weightedScore, cause, gain, error, evidence } = sample;
  return {
    seq,
    sampleId,
    feedback,
    question,
    weightedScore,
    cause,
    gain,
    failed: error !== null,
    errorCode: error?.code ?? null,
    errorMessage: error ? JSON.stringify(error.message) : null,
    tags: JSON.stringify(sample.tags),
    scores: JSON.stringify(sample.scores),
    outcomes: JSON.stringify(sample.outcomes),
    key: evidence?.key ?? null,
    offset: evidence?.offset ?? null,
    length: evidence?.length ?? null,
  };
}

// A job of one sample shows its numbers itself.
const FINISH_JOB = `UPDATE jobs SET status = 'completed', finished_at = ?3, updated_at = ?3, run_id = ?4,
    done = total - ?5, failed = ?5,
    scores = CASE WHEN total = 1 THEN coalesce((SELECT scores FROM samples WHERE job_id = ?2 LIMIT 1), '{}') ELSE scores END,
    outcomes = CASE WHEN total = 1 THEN coalesce((SELECT outcomes FROM samples WHERE job_id = ?2 LIMIT 1), '{}') ELSE outcomes END,
    weighted_score = (SELECT avg(weighted_score) FROM samples WHERE job_id = ?2)
  WHERE project = ?1 AND id = ?2 AND status = 'running'`;

/** Ends the job; goes before the run, whose fence asks for it. */
export function finishRescored(db: D1Database, job: RescoredJob): D1PreparedStatement {
  return db.prepare(FINISH_JOB).bind(job.project, job.id, job.now, job.runId, job.failed);
}

/** SQL fence of a run: its job has ended with it. ?24 is the job. */
export const IS_RESCORED = `EXISTS (SELECT 1 FROM jobs WHERE project = ?1 AND id = ?24 AND run_id = ?2
  AND status = 'completed')`;

/** Takes back what a rescore that broke has written. */
export async function dropRescored(db: D1Database, project: string, jobId: string): Promise<void> {
  const isOpen =
    "EXISTS (SELECT 1 FROM jobs WHERE project = ?1 AND id = ?2 AND status = 'running')";
  await db.batch([
    db.prepare(`DELETE FROM samples WHERE job_id = ?2 AND ${isOpen}`).bind(project, jobId),
    db
      .prepare("DELETE FROM jobs WHERE project = ?1 AND id = ?2 AND status = 'running'")
      .bind(project, jobId),
  ]);
}
