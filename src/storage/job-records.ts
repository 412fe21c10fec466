import type { JobStatus, Outcomes, Scores, Usage } from "../contract.ts";
import { NO_USAGE } from "../scoring/usage.ts";
import type { Failure, SaidWarning } from "../words/said.ts";

/** A job as the rest of the code sees it; times in milliseconds. */
export interface JobRecord {
  project: string;
  id: string;
  kind: "single" | "batch";
  status: JobStatus;
  createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  attempts: number;
  question: string;
  name: string | null;
  tags: Record<string, string>;
  sessionId: string | null;
  language: "zh" | "en";
  metrics: string[];
  judge: string;
  judgeModel: string | null;
  embeddingModel: string | null;
  callbackUrl: string | null;
  traceparent: string | null;
  submittedBy: string;
  fingerprint: string;
  total: number;
  done: number;
  failed: number;
  scores: Scores;
  outcomes: Outcomes;
  weightedScore: number | null;
  runId: string | null;
  error: Failure | null;
  warnings: SaidWarning[];
  /** Items of `contexts` that arrived and that were understood; null for batches. */
  contextsReceived: number | null;
  contextsParsed: number | null;
  usage: Usage;
  /** Rows of an upload that could not be read. */
  badRows: number;
  /** `offline`: score without a model while the model is away, instead of waiting. */
  fallback: "offline" | null;
  /** The address the client used, for the links of a webhook. */
  origin: string | null;
  /** Whose names the rows had; null: not known yet. */
  format: string | null;
}

/** The columns a JobRecord is made of; lists read these and no others. */
export const JOB_COLUMNS = `project, id, kind, status, created_at, updated_at, started_at, finished_at, attempts,
  question, name, tags, session_id, language, metrics, judge, judge_model, embedding_model, callback_url, traceparent,
  submitted_by, fingerprint, total, done, failed, scores, outcomes, weighted_score, run_id, error_code, error_message,
  warnings, contexts_received, contexts_parsed, usage, bad_rows, fallback, origin, format`;

export interface JobRow {
  project: string;
  id: string;
  kind: "single" | "batch";
  status: JobStatus;
  created_at: number;
  updated_at: number;
  started_at: number | null;
  finished_at: number | null;
  attempts: number;
  question: string;
  name: string | null;
  tags: string;
  session_id: string | null;
  language: "zh" | "en";
  metrics: string;
  judge: string;
  judge_model: string | null;
  embedding_model: string | null;
  callback_url: string | null;
  traceparent: string | null;
  submitted_by: string;
  fingerprint: string;
  total: number;
  done: number;
  failed: number;
  scores: string;
  outcomes: string;
  weighted_score: number | null;
  run_id: string | null;
  error_code: string | null;
  error_message: string | null;
  warnings: string;
  contexts_received: number | null;
  contexts_parsed: number | null;
  usage: string;
  bad_rows: number;
  fallback: "offline" | null;
  origin: string | null;
  format: string | null;
}

/** The one place that knows how a job lies in the table; JSON columns were written by us, so they are trusted. */
export function toJobRecord(row: JobRow): JobRecord {
  return {
    project: row.project,
    id: row.id,
    kind: row.kind,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    attempts: row.attempts,
    question: row.question,
    name: row.name,
    tags: JSON.parse(row.tags),
    sessionId: row.session_id,
    language: row.language,
    metrics: JSON.parse(row.metrics),
    judge: row.judge,
    judgeModel: row.judge_model,
    embeddingModel: row.embedding_model,
    callbackUrl: row.callback_url,
    traceparent: row.traceparent,
    submittedBy: row.submitted_by,
    fingerprint: row.fingerprint,
    total: row.total,
    done: row.done,
    failed: row.failed,
    scores: JSON.parse(row.scores),
    outcomes: JSON.parse(row.outcomes),
    weightedScore: row.weighted_score,
    runId: row.run_id,
    error: toFailure(row),
    warnings: JSON.parse(row.warnings),
    contextsReceived: row.contexts_received,
    contextsParsed: row.contexts_parsed,
    usage: { ...NO_USAGE, ...JSON.parse(row.usage) },
    badRows: row.bad_rows,
    fallback: row.fallback,
    origin: row.origin,
    format: row.format,
  };
}

/** Why a job or a sample failed, as its row has it: the sentence is JSON, so that it can be said in any language. */
export function toFailure(row: {
  error_code: string | null;
  error_message: string | null;
}): Failure | null {
  if (row.error_code === null || row.error_message === null) return null;
  return { code: row.error_code, message: JSON.parse(row.error_message) };
}
