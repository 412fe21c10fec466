import { join, raw, type Sql } from "sql-template-tag";
import type { SampleRow } from "../contract/report.ts";
import { valuesOf } from "../scoring/outcome.ts";
import type { Failure } from "../words/said.ts";
import { evidenceKey } from "./artifacts.ts";
import { filled, omit, type RecordOf } from "./fields.ts";
import { jobsOfRun, ofSample, sampleColumns } from "./jobs-of-run.ts";
import { ARRIVED, SCORED } from "./schema.ts";
import { sql, transact } from "./sql.ts";
import { allOf, columns, findAll, findOne } from "./table.ts";

const LISTED = {
  ...omit(ARRIVED, "seq", "tags"),
  ...omit(SCORED, "status", "usage", "judgements"),
  question: filled(ARRIVED.question, ""),
  answer: filled(ARRIVED.answer, ""),
  outcomes: filled(SCORED.outcomes, {}),
};
const AT_PLACE = { ...LISTED, seq: ARRIVED.seq };
/** A statement may have a hundred parameters. */
const MOST_VALUES = 90;

/** A sample as lists show it, its failure not yet said in any language, and where its evidence lies. */
export interface StoredSample {
  row: Omit<SampleRow, "error">;
  error: Failure | null;
  evidence: { key: string; offset: number; length: number } | null;
}

/** A run as its samples are found by. */
export interface RunPlace {
  project: string;
  id: string;
}

function toStored(
  { evidence, error, ...sample }: RecordOf<typeof LISTED>,
  { project, id }: RunPlace,
): StoredSample {
  const row = {
    sample_id: sample.sampleId,
    question: sample.question,
    answer: sample.answer,
    scores: valuesOf(sample.outcomes),
    outcomes: sample.outcomes,
    weighted_score: sample.weightedScore,
    cause: sample.cause,
    worst_metric: sample.worstMetric,
    gain: sample.gain,
    session_id: sample.sessionId,
    feedback: sample.feedback,
  };
  const { part = "", offset = 0, length = 0 } = evidence ?? {};
  return {
    row,
    error,
    evidence: evidence && { key: evidenceKey(project, id, part), offset, length },
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
  /** Only samples with a cause, or without any score. */
  problems: true | null;
  /** Part of the question or of the id, whatever its case. */
  q: string | null;
  sessionId: string | null;
}

/** Samples of a batch by their places in it, in the order of the list. */
export async function listSamplesAt(
  db: D1Database,
  run: RunPlace,
  seqs: readonly number[],
): Promise<StoredSample[]> {
  if (seqs.length === 0) return [];
  const [first, last] = [Math.min(...seqs), Math.max(...seqs)];
  const slices = Array.from({ length: Math.ceil(seqs.length / MOST_VALUES) }, (_, n) =>
    seqs.slice(n * MOST_VALUES, (n + 1) * MOST_VALUES),
  );
  // One after the other they are one walk; else each counts twice, as a value and as a row.
  const places =
    last - first < seqs.length
      ? [sql`seq BETWEEN ${first} AND ${last}`]
      : slices.map((slice) => sql`seq IN (${join(slice, ", ")})`);
  const answers = await transact(
    db,
    places.map(
      (place) => sql`SELECT ${columns(AT_PLACE)} FROM samples
        WHERE job_id = ${`job_${run.id.slice(4)}`} AND ${place}`,
    ),
  );
  const found = answers.flatMap((answer) => allOf(AT_PLACE, answer));
  const bySeq = new Map(found.map((sample) => [sample.seq, sample]));
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []).map((sample) => toStored(sample, run));
}

/** Samples of a run in pages; without a value for the sorted metric last. */
export async function listSamples(
  db: D1Database,
  run: RunPlace,
  filter: SampleFilter,
  page: { limit: number; offset: number },
): Promise<StoredSample[]> {
  const { sort, cause, below, above, problems, q, sessionId } = filter;
  const bounded = numberOf(filter.metric ?? sort);
  const conditions = [
    ...(cause === null ? [] : [sql`${ofSample("cause")} = ${cause}`]),
    ...(below === null ? [] : [sql`${bounded} <= ${below}`]),
    ...(above === null ? [] : [sql`${bounded} >= ${above}`]),
    ...(problems === null
      ? []
      : [
          sql`(${ofSample("cause")} IS NOT NULL OR (${ofSample("weighted_score")} IS NULL AND ${ofSample("gain")} IS NULL))`,
        ]),
    ...(q === null
      ? []
      : [
          sql`(instr(lower(${ofSample("question")}), lower(${q})) > 0 OR instr(lower(s.sample_id), lower(${q})) > 0)`,
        ]),
    ...(sessionId === null ? [] : [sql`s.session_id = ${sessionId}`]),
  ];
  const direction = raw(filter.descending ? "DESC" : "ASC");
  // Equal values stand as submitted; without a value that order is the one asked for.
  const submitted = sort === null ? direction : raw("ASC");
  const found = await findAll(
    db,
    LISTED,
    sql`SELECT ${sampleColumns(LISTED)} FROM ${jobsOfRun(run.project, run.id)} AS j JOIN samples AS s ON s.job_id = j.id
      WHERE ${conditions.length > 0 ? join(conditions, " AND ") : true}
      ORDER BY ${numberOf(sort)} IS NULL, ${numberOf(sort)} ${direction}, s.job_id ${submitted}, s.seq ${submitted}
      LIMIT ${page.limit + 1} OFFSET ${page.offset}`,
  );
  return found.map((sample) => toStored(sample, run));
}

// What users disliked first, what they liked last; of each the lowest scored first.
const FEEDBACK = sql`(CASE s.feedback WHEN 'dislike' THEN 0 WHEN 'like' THEN 4 ELSE 2 END
  + coalesce(${ofSample("weighted_score")}, 1))`;

function numberOf(name: string | null): Sql {
  if (name === null) return raw("NULL");
  if (name === "feedback") return FEEDBACK;
  // Columns of their own; no metric has such a name.
  if (name === "gain" || name === "weighted_score") return ofSample(name);
  return scoreOf(name);
}

/** SQL: what a sample `s` of job `j` scored for a metric. */
export function scoreOf(metric: string): Sql {
  return sql`json_extract(${ofSample("outcomes")}, '$.' || json_quote(${metric}) || '[0]')`;
}

export async function getSample(
  db: D1Database,
  run: RunPlace,
  sampleId: string,
): Promise<StoredSample | null> {
  const found = await findOne(
    db,
    LISTED,
    sql`SELECT ${sampleColumns(LISTED)}
      FROM ${jobsOfRun(run.project, run.id)} AS j JOIN samples AS s ON s.job_id = j.id
      WHERE s.sample_id = ${sampleId} LIMIT 1`,
  );
  return found && toStored(found, run);
}
