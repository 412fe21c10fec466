import type { Outcomes, SampleRow, Scores } from "../contract.ts";
import type { Failure } from "../words/said.ts";
import { toFailure } from "./job-records.ts";
import { jobsOfRun } from "./jobs-of-run.ts";

/** A sample as lists show it, its failure not yet said in any language. */
export type StoredSample = Omit<SampleRow, "error"> & { error: Failure | null };

interface SampleListRow {
  seq: number;
  sample_id: string;
  question: string;
  scores: string | null;
  outcomes: string | null;
  weighted_score: number | null;
  cause: string | null;
  error_code: string | null;
  error_message: string | null;
  gain: number | null;
  session_id: string | null;
  feedback: "like" | "dislike" | null;
}

const SAMPLE_COLUMNS = `s.seq, s.sample_id, s.question, s.scores, s.outcomes, s.weighted_score, s.cause,
  s.error_code, s.error_message, s.gain, s.session_id, s.feedback`;

function toSampleRow(row: SampleListRow): StoredSample {
  return {
    sample_id: row.sample_id,
    question: row.question,
    scores: row.scores ? (JSON.parse(row.scores) as Scores) : {},
    outcomes: row.outcomes ? (JSON.parse(row.outcomes) as Outcomes) : {},
    weighted_score: row.weighted_score,
    cause: row.cause,
    gain: row.gain,
    session_id: row.session_id,
    feedback: row.feedback,
    error: toFailure(row),
  };
}

export interface SampleFilter {
  /** A metric, `gain`, `weighted_score`, `feedback`, or null for the order of submission. */
  sort: string | null;
  descending: boolean;
  cause: string | null;
  /** Only samples whose `metric` (without one: what is sorted by) is at most / at least this. */
  metric: string | null;
  below: number | null;
  above: number | null;
  /** Part of the question or of the id, whatever its case. */
  q: string | null;
  sessionId: string | null;
}

/** Samples of a run in pages; without a value for the sorted metric last. */
export async function listSamples(
  db: D1Database,
  project: string,
  runId: string,
  filter: SampleFilter,
  page: { limit: number; offset: number },
): Promise<StoredSample[]> {
  const value = valueFrom(filter.sort, "?3");
  const bounded = filter.metric === null ? value : valueFrom(filter.metric, "?9");
  const direction = filter.descending ? "DESC" : "ASC";
  // Equal values stand as submitted; without a value that order is the one asked for.
  const submitted = filter.sort === null ? direction : "ASC";
  const { results } = await db
    .prepare(
      `SELECT ${SAMPLE_COLUMNS} FROM ${jobsOfRun("id")} AS j JOIN samples AS s ON s.job_id = j.id
       WHERE (?3 IS NULL OR 1) AND (?9 IS NULL OR 1) AND (?4 IS NULL OR s.cause = ?4)
         AND (?5 IS NULL OR ${bounded} <= ?5) AND (?6 IS NULL OR ${bounded} >= ?6)
         AND (?10 IS NULL OR instr(lower(s.question), lower(?10)) > 0 OR instr(lower(s.sample_id), lower(?10)) > 0)
         AND (?11 IS NULL OR s.session_id = ?11)
       ORDER BY ${value} IS NULL, ${value} ${direction}, s.job_id ${submitted}, s.seq ${submitted} LIMIT ?7 OFFSET ?8`,
    )
    .bind(
      project,
      runId,
      filter.sort,
      filter.cause,
      filter.below,
      filter.above,
      page.limit + 1,
      page.offset,
      filter.metric,
      filter.q,
      filter.sessionId,
    )
    .all<SampleListRow>();
  return results.map(toSampleRow);
}

// What users disliked first, what they liked last; of each the lowest scored first.
const FEEDBACK = `(CASE s.feedback WHEN 'dislike' THEN 0 WHEN 'like' THEN 4 ELSE 2 END + coalesce(s.weighted_score, 1))`;

function valueFrom(name: string | null, parameter: "?3" | "?9"): string {
  if (name === null) return "NULL";
  if (name === "feedback") return FEEDBACK;
  // Columns of their own; no metric has such a name.
  if (name === "gain" || name === "weighted_score") return `s.${name}`;
  return `json_extract(s.scores, '$.' || json_quote(${parameter}))`;
}

export interface SampleWithEvidence {
  sample: StoredSample;
  evidenceKey: string | null;
  evidenceOffset: number;
  evidenceLength: number;
}

export async function getSample(
  db: D1Database,
  project: string,
  runId: string,
  sampleId: string,
): Promise<SampleWithEvidence | null> {
  const row = await db
    .prepare(
      `SELECT ${SAMPLE_COLUMNS}, s.evidence_key, s.evidence_offset, s.evidence_length
       FROM ${jobsOfRun("id")} AS j JOIN samples AS s ON s.job_id = j.id
       WHERE s.sample_id = ?3 LIMIT 1`,
    )
    .bind(project, runId, sampleId)
    .first<
      SampleListRow & {
        evidence_key: string | null;
        evidence_offset: number | null;
        evidence_length: number | null;
      }
    >();
  if (!row) return null;
  return {
    sample: toSampleRow(row),
    evidenceKey: row.evidence_key,
    evidenceOffset: row.evidence_offset ?? 0,
    evidenceLength: row.evidence_length ?? 0,
  };
}
