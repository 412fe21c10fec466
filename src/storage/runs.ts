import type { Report, Scores } from "../contract.ts";
import type { StoredArtifacts } from "./run-artifacts.ts";

export interface RunRecord {
  project: string;
  id: string;
  mode: "single" | "batch" | "session";
  name: string | null;
  /** Of a run of one sample, as lists show it. */
  question: string | null;
  judge: string;
  judgeModel: string | null;
  embeddingModel: string | null;
  startedAt: number;
  finishedAt: number;
  totalSamples: number;
  validSamples: number;
  invalidSamples: number;
  metrics: string[];
  metricMeans: Scores;
  intervals: Record<string, [number, number] | null>;
  coverage: Record<string, number>;
  adviceTop: string | null;
  tags: Record<string, string>;
  sessionId: string | null;
  artifactsKey: string;
  etags: StoredArtifacts;
  report: Report;
}

/** A run without its report, as lists show it. */
export type RunSummary = Omit<RunRecord, "report">;

export const RUN_COLUMNS = `project, id, mode, name, judge, judge_model, embedding_model, started_at, finished_at,
  total_samples, valid_samples, invalid_samples, metrics, metric_means, intervals, coverage, advice_top, tags,
  session_id, artifacts_key, etags, question`;

// One run a job, batch or session, whatever happens: the key is theirs, and only the winner of the fence gets here.
const INSERT_RUN = `INSERT INTO runs (${RUN_COLUMNS}, report)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23
  WHERE `;
const UPDATE_RUN = `
  ON CONFLICT (project, id) DO UPDATE SET judge = excluded.judge, judge_model = excluded.judge_model,
    embedding_model = excluded.embedding_model, metrics = excluded.metrics, finished_at = excluded.finished_at, total_samples = excluded.total_samples,
    valid_samples = excluded.valid_samples, invalid_samples = excluded.invalid_samples,
    metric_means = excluded.metric_means, intervals = excluded.intervals, coverage = excluded.coverage,
    advice_top = excluded.advice_top, artifacts_key = excluded.artifacts_key, etags = excluded.etags,
    report = excluded.report`;

/** A condition in SQL. ?1 is the project, ?2 the run; its own values are ?24 and on. */
export interface Fence {
  sql: string;
  values: readonly (string | number)[];
}

/** The fence of a job of one sample: its finish, by this attempt, is in the same transaction. */
export function singleFence(jobId: string, seq: number, attempt: number): Fence {
  return {
    sql: `EXISTS (SELECT 1 FROM samples WHERE job_id = ?24 AND seq = ?25 AND attempt = ?26 AND status = 'completed')
      AND EXISTS (SELECT 1 FROM jobs WHERE project = ?1 AND id = ?24 AND run_id = ?2)`,
    values: [jobId, seq, attempt],
  };
}

/** The statement that writes a run, guarded by the attempt that built it; part of the finishing transaction. */
export function insertRun(db: D1Database, run: RunRecord, fence: Fence): D1PreparedStatement {
  return db
    .prepare(`${INSERT_RUN}${fence.sql}${UPDATE_RUN}`)
    .bind(
      run.project,
      run.id,
      run.mode,
      run.name,
      run.judge,
      run.judgeModel,
      run.embeddingModel,
      run.startedAt,
      run.finishedAt,
      run.totalSamples,
      run.validSamples,
      run.invalidSamples,
      JSON.stringify(run.metrics),
      JSON.stringify(run.metricMeans),
      JSON.stringify(run.intervals),
      JSON.stringify(run.coverage),
      run.adviceTop,
      JSON.stringify(run.tags),
      run.sessionId,
      run.artifactsKey,
      JSON.stringify(run.etags),
      run.question,
      JSON.stringify(run.report),
      ...fence.values,
    );
}

export interface RunRow {
  project: string;
  id: string;
  mode: "single" | "batch" | "session";
  name: string | null;
  judge: string;
  judge_model: string | null;
  embedding_model: string | null;
  started_at: number;
  finished_at: number;
  total_samples: number;
  valid_samples: number;
  invalid_samples: number;
  metrics: string;
  metric_means: string;
  intervals: string;
  coverage: string;
  advice_top: string | null;
  tags: string;
  session_id: string | null;
  artifacts_key: string;
  etags: string;
  question: string | null;
}

export function toRunSummary(row: RunRow): RunSummary {
  return {
    project: row.project,
    id: row.id,
    mode: row.mode,
    name: row.name,
    question: row.question,
    judge: row.judge,
    judgeModel: row.judge_model,
    embeddingModel: row.embedding_model,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    totalSamples: row.total_samples,
    validSamples: row.valid_samples,
    invalidSamples: row.invalid_samples,
    metrics: JSON.parse(row.metrics),
    metricMeans: JSON.parse(row.metric_means),
    intervals: JSON.parse(row.intervals),
    coverage: JSON.parse(row.coverage),
    adviceTop: row.advice_top,
    tags: JSON.parse(row.tags),
    sessionId: row.session_id,
    artifactsKey: row.artifacts_key,
    etags: JSON.parse(row.etags),
  };
}

export async function getRun(
  db: D1Database,
  project: string,
  id: string,
): Promise<RunSummary | null> {
  const row = await db
    .prepare(`SELECT ${RUN_COLUMNS} FROM runs WHERE project = ?1 AND id = ?2`)
    .bind(project, id)
    .first<RunRow>();
  return row ? toRunSummary(row) : null;
}

/** The report as it was written, ready to send. */
export async function getReportText(
  db: D1Database,
  project: string,
  id: string,
): Promise<string | null> {
  const row = await db
    .prepare("SELECT report FROM runs WHERE project = ?1 AND id = ?2")
    .bind(project, id)
    .first<{ report: string }>();
  return row?.report ?? null;
}
