import type { Outcomes, Scores, Usage } from "../contract.ts";
import { NO_USAGE } from "../scoring/usage.ts";
import { type Failure, said } from "../words/said.ts";
import { toFailure } from "./job-records.ts";
import { jobsOfRun } from "./jobs-of-run.ts";

/** A scored sample as a report needs it, and where its texts lie. */
export interface ReportRow {
  jobId: string;
  seq: number;
  sampleId: string;
  tags: Record<string, string>;
  feedback: string | null;
  question: string;
  outcomes: Outcomes;
  scores: Scores;
  weightedScore: number | null;
  cause: string | null;
  error: Failure | null;
  evidence: { key: string; offset: number; length: number } | null;
  /** The request of a sample of a single job; those of batches lie with their chunk. */
  input: string | null;
  inputKey: string | null;
}

interface Row {
  job_id: string;
  seq: number;
  sample_id: string;
  tags: string;
  feedback: string | null;
  question: string;
  outcomes: string | null;
  scores: string | null;
  weighted_score: number | null;
  cause: string | null;
  error_code: string | null;
  error_message: string | null;
  evidence_key: string | null;
  evidence_offset: number | null;
  evidence_length: number | null;
  input: string | null;
  input_key: string | null;
}

export type RowPlace = { jobId: string; seq: number };

/** The samples of some jobs: of one batch, or of all calls of a session. */
export type RowSource =
  | { kind: "job"; project: string; jobId: string }
  | { kind: "run"; project: string; runId: string };

const COLUMNS = `s.job_id, s.seq, s.sample_id, coalesce(s.tags, j.tags) AS tags, s.feedback, s.question, s.outcomes, s.scores,
  s.weighted_score, s.cause, s.error_code, s.error_message, s.evidence_key, s.evidence_offset, s.evidence_length,
  CASE WHEN s.error_code IS NULL THEN NULL ELSE s.input END AS input, s.input_key`;
const ENDED = "s.status IN ('completed', 'failed')";
const OF_JOB = `SELECT ${COLUMNS} FROM jobs AS j JOIN samples AS s ON s.job_id = j.id
  WHERE j.project = ?1 AND j.id = ?2 AND s.seq > ?3 AND ${ENDED} ORDER BY s.seq LIMIT ?4`;
const OF_RUN = `SELECT ${COLUMNS} FROM ${jobsOfRun("id, tags")} AS j JOIN samples AS s ON s.job_id = j.id
  WHERE j.id >= ?3 AND (s.job_id, s.seq) > (?3, ?4) AND ${ENDED}
  ORDER BY s.job_id, s.seq LIMIT ?5`;

/** One page in the order of submission, after a place. */
export async function listReportRows(
  db: D1Database,
  source: RowSource,
  after: RowPlace | null,
  limit: number,
): Promise<ReportRow[]> {
  const { project } = source;
  const statement =
    source.kind === "job"
      ? db.prepare(OF_JOB).bind(project, source.jobId, after?.seq ?? -1, limit)
      : db.prepare(OF_RUN).bind(project, source.runId, after?.jobId ?? "", after?.seq ?? -1, limit);
  const { results } = await statement.all<Row>();
  return results.map(toReportRow);
}

function toReportRow(row: Row): ReportRow {
  return {
    jobId: row.job_id,
    seq: row.seq,
    sampleId: row.sample_id,
    tags: JSON.parse(row.tags),
    feedback: row.feedback,
    question: row.question,
    outcomes: row.outcomes ? JSON.parse(row.outcomes) : {},
    scores: row.scores ? JSON.parse(row.scores) : {},
    weightedScore: row.weighted_score,
    cause: row.cause,
    error: toFailure(row),
    evidence:
      row.evidence_key === null
        ? null
        : {
            key: row.evidence_key,
            offset: row.evidence_offset ?? 0,
            length: row.evidence_length ?? 0,
          },
    input: row.input,
    inputKey: row.input_key,
  };
}

// A sample that tells null does not know; one that tells nothing has used nothing.
const SUM = (field: string) => `CASE WHEN max(json_type(s.usage, '$.${field}') = 'null') THEN NULL
  ELSE coalesce(sum(s.usage ->> '${field}'), 0) END AS ${field}`;
const FIELDS = ["judge_calls", "cached_calls", "prompt_tokens", "completion_tokens"];
const USAGE_COLUMNS = `${FIELDS.map(SUM).join(", ")},
  CASE WHEN count(s.usage ->> 'estimated_tokens') > 0 THEN sum(coalesce(s.usage ->> 'estimated_tokens',
    coalesce(s.usage ->> 'prompt_tokens', 0) + coalesce(s.usage ->> 'completion_tokens', 0))) END AS estimated_tokens`;

/** What all samples together have used. */
export async function sumUsage(db: D1Database, source: RowSource): Promise<Usage> {
  const [jobs, id] =
    source.kind === "job"
      ? ["(SELECT id FROM jobs WHERE project = ?1 AND id = ?2)", source.jobId]
      : [jobsOfRun("id"), source.runId];
  const row = await db
    .prepare(`SELECT ${USAGE_COLUMNS} FROM ${jobs} AS j JOIN samples AS s ON s.job_id = j.id`)
    .bind(source.project, id)
    .first<Omit<Usage, "estimated_tokens"> & { estimated_tokens: number | null }>();
  if (row === null) return NO_USAGE;
  const { estimated_tokens, ...usage } = row;
  return estimated_tokens === null ? usage : { ...usage, estimated_tokens };
}

/** Mean of the weighted scores of a batch; null when no sample has one. */
export async function meanWeightedScore(db: D1Database, jobId: string): Promise<number | null> {
  const row = await db
    .prepare("SELECT avg(weighted_score) AS mean FROM samples WHERE job_id = ?1")
    .bind(jobId)
    .first<{ mean: number | null }>();
  return row?.mean ?? null;
}

/** Why most samples of a batch failed. */
export async function mostFrequentError(db: D1Database, jobId: string): Promise<Failure> {
  const row = await db
    .prepare(
      `SELECT error_code, error_message FROM samples
       WHERE job_id = ?1 AND error_code IS NOT NULL GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT 1`,
    )
    .bind(jobId)
    .first<{ error_code: string; error_message: string }>();
  const found = row && toFailure(row);
  return found ?? { code: "internal_error", message: said("no_sample_scored") };
}
