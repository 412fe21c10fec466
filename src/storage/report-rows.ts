import { raw, type Sql } from "sql-template-tag";
import type { Scores, Usage } from "../contract/outcome.ts";
import { valuesOf } from "../scoring/outcome.ts";
import { NO_USAGE } from "../scoring/usage.ts";
import { type Failure, said } from "../words/said.ts";
import { evidenceKey } from "./artifacts.ts";
import { filled, omit, pick, type RecordOf, text } from "./fields.ts";
import { jobsOfRun, ofSample, sampleColumns } from "./jobs-of-run.ts";
import { ARRIVED, jobs, SCORED, samples } from "./schema.ts";
import { readRow, sql } from "./sql.ts";
import { findAll, findOne } from "./table.ts";

const OF_SAMPLE = {
  ...omit(ARRIVED, "tags", "sessionId"),
  ...omit(SCORED, "status", "usage", "judgements"),
  ...pick(samples.fields, "jobId", "inputKey"),
  question: filled(ARRIVED.question, ""),
  answer: filled(ARRIVED.answer, ""),
  outcomes: filled(SCORED.outcomes, {}),
};
const REPORT_ROW = {
  ...OF_SAMPLE,
  /** Of a batch its own, else those of its job. */
  tags: jobs.fields.tags,
  /** The request of a failed sample of a single job; those of batches lie with their chunk. */
  input: samples.fields.input,
  runId: text(),
};

/** A scored sample as a report needs it, and where its texts lie. */
export interface ReportRow extends Omit<RecordOf<typeof REPORT_ROW>, "evidence"> {
  scores: Scores;
  evidence: { key: string; offset: number; length: number } | null;
}

export type RowPlace = { jobId: string; seq: number };

/** The samples of some jobs: of one, of all calls of a session, or of jobs of one sample from one id to another. */
export type RowSource =
  | { kind: "job"; project: string; jobId: string }
  | { kind: "run"; project: string; runId: string }
  | { kind: "singles"; project: string; first: string; last: string };

const ENDED = raw("s.status IN ('completed', 'failed')");

/** One page in the order of submission, after a place. */
export async function listReportRows(
  db: D1Database,
  source: RowSource,
  after: RowPlace | null,
  limit: number,
): Promise<ReportRow[]> {
  const { project } = source;
  const { jobId, seq } = after ?? { jobId: "", seq: -1 };
  const place = (): Sql => {
    switch (source.kind) {
      case "job":
        return sql`jobs AS j JOIN samples AS s ON s.job_id = j.id
          WHERE j.project = ${project} AND j.id = ${source.jobId} AND s.seq > ${seq} AND ${ENDED} ORDER BY s.seq`;
      case "run":
        return sql`${jobsOfRun(project, source.runId)} AS j JOIN samples AS s ON s.job_id = j.id
          WHERE j.id >= ${jobId} AND (s.job_id, s.seq) > (${jobId}, ${seq}) AND ${ENDED} ORDER BY s.job_id, s.seq`;
      case "singles":
        return sql`jobs AS j CROSS JOIN samples AS s ON s.job_id = j.id
          WHERE j.project = ${project} AND j.id BETWEEN ${source.first} AND ${source.last} AND j.id > ${jobId}
            AND j.kind = 'single' AND ${ENDED} ORDER BY j.id`;
    }
  };
  const rows = await findAll(
    db,
    REPORT_ROW,
    sql`SELECT ${sampleColumns(OF_SAMPLE)}, coalesce(s.tags, j.tags) AS tags,
        CASE WHEN s.error_code IS NULL THEN NULL ELSE s.input END AS input,
        coalesce(j.run_id, 'run_' || substr(j.id, 5)) AS run_id
      FROM ${place()} LIMIT ${limit}`,
  );
  return rows.map(({ evidence, ...row }) => ({
    ...row,
    scores: valuesOf(row.outcomes),
    evidence: evidence && {
      key: evidenceKey(project, row.runId, evidence.part),
      offset: evidence.offset,
      length: evidence.length,
    },
  }));
}

// A sample that tells null does not know; one that tells nothing has used nothing.
const SUM = (field: string) => `CASE WHEN max(json_type(s.usage, '$.${field}') = 'null') THEN NULL
  ELSE coalesce(sum(s.usage ->> '${field}'), 0) END AS ${field}`;
const FIELDS = ["judge_calls", "cached_calls", "prompt_tokens", "completion_tokens"];
const USAGE_COLUMNS = raw(`${FIELDS.map(SUM).join(", ")},
  CASE WHEN count(s.usage ->> 'estimated_tokens') > 0 THEN sum(coalesce(s.usage ->> 'estimated_tokens',
    coalesce(s.usage ->> 'prompt_tokens', 0) + coalesce(s.usage ->> 'completion_tokens', 0))) END AS estimated_tokens`);

/** What all samples together have used. */
export async function sumUsage(
  db: D1Database,
  source: Exclude<RowSource, { kind: "singles" }>,
): Promise<Usage> {
  const { project } = source;
  const ofSource: Sql =
    source.kind === "job"
      ? sql`(SELECT id, kind, usage FROM jobs WHERE project = ${project} AND id = ${source.jobId})`
      : jobsOfRun(project, source.runId);
  const row = await readRow<Omit<Usage, "estimated_tokens"> & { estimated_tokens: number | null }>(
    db,
    sql`SELECT ${USAGE_COLUMNS} FROM (SELECT ${ofSample("usage")} AS usage
      FROM ${ofSource} AS j JOIN samples AS s ON s.job_id = j.id) AS s`,
  );
  if (row === null) return NO_USAGE;
  const { estimated_tokens, ...usage } = row;
  return estimated_tokens === null ? usage : { ...usage, estimated_tokens };
}

/** Mean of the weighted scores of a batch; null when no sample has one. */
export async function meanWeightedScore(db: D1Database, jobId: string): Promise<number | null> {
  const row = await readRow<{ mean: number | null }>(
    db,
    sql`SELECT avg(weighted_score) AS mean FROM samples WHERE job_id = ${jobId}`,
  );
  return row?.mean ?? null;
}

/** Why most samples of a batch failed. */
export async function mostFrequentError(db: D1Database, jobId: string): Promise<Failure> {
  const found = await findOne(
    db,
    { error: samples.fields.error },
    sql`SELECT error_code, error_message FROM samples
      WHERE job_id = ${jobId} AND error_code IS NOT NULL GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT 1`,
  );
  return found?.error ?? { code: "internal_error", message: said("no_sample_scored") };
}
