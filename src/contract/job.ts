import * as z from "zod";
import { JobError, JobStatus, Outcomes, Scores, Usage, Warning } from "./outcome.ts";
import { Trouble } from "./service.ts";
import { TraceOrigin } from "./trace.ts";

/** Which way a job came in. */
export const JobSource = z.enum([
  "api",
  "form",
  "batch",
  "dify-import",
  "mcp",
  "trace",
  "test-set",
]);
export type JobSource = z.infer<typeof JobSource>;

export const Accepted = z.object({
  job_id: z.string(),
  status: JobStatus,
  /** null until there is a report. */
  run_id: z.string().nullable(),
  /** Where to ask how it goes. */
  status_url: z.string(),
  /** The page of the job for people. */
  report_url: z.string(),
  /** Whose names the rows have, such as `ragas` or `deepeval`; `touchstone`: ours, or nobody's; null: not known yet. */
  format: z.string().nullable(),
  /** What was odd about the submission, and what to do about it. */
  warnings: z.array(Warning),
});
export type Accepted = z.infer<typeof Accepted>;

export const AcceptedImport = Accepted.extend({
  /** How many were found. */
  messages: z.number(),
});
export type AcceptedImport = z.infer<typeof AcceptedImport>;

export const Job = z.object({
  job_id: z.string(),
  kind: z.enum(["single", "batch"]),
  status: JobStatus,
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  /** Its start: at most 160 characters, 80 Chinese ones. */
  question: z.string(),
  /** Of one sample: the start of its answer, and its id in its run. null: a batch. */
  answer: z.string().nullable(),
  sample_id: z.string().nullable(),
  name: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  /** Jobs of a session share a run. */
  session_id: z.string().nullable(),
  metrics: z.array(z.string()),
  /** Which judge scores. */
  judge: z.string(),
  judge_model: z.string().nullable(),
  embedding_model: z.string().nullable(),
  /** By metric; of a batch the means. */
  scores: Scores,
  /** By metric: the value, or why there is none. */
  outcomes: Outcomes,
  /** Mean of the scores; null when there is none. */
  weighted_score: z.number().nullable(),
  /** Why its one sample is weak. */
  cause: z.string().nullable(),
  /** The metric furthest from its best value; null: none has a value, or it is a batch. */
  worst_metric: z.string().nullable(),
  /** Those whose inputs were missing. */
  skipped_metrics: z.array(z.string()),
  /** Samples. */
  progress: z.object({ done: z.number(), failed: z.number(), total: z.number() }),
  /** How often it was begun. */
  attempts: z.number(),
  /** null until there is a report. */
  run_id: z.string().nullable(),
  /** The page of the job for people. */
  report_url: z.string(),
  /** Whose names the rows have, such as `ragas` or `deepeval`; `touchstone`: ours, or nobody's; null: not known yet. */
  format: z.string().nullable(),
  /** Which way it came in; null: computed from another run. */
  source: JobSource.nullable(),
  /** Of a failed job; the message says what to do. */
  error: JobError.nullable(),
  /** What was odd about the submission, and what to do about it. */
  warnings: z.array(Warning),
  /** Items of `contexts` that arrived and that were understood. */
  contexts_received: z.number().nullable(),
  contexts_parsed: z.number().nullable(),
  /** Rows of an upload that could not be read; they are at `/api/score/jobs/{id}/bad-rows`. */
  bad_rows: z.number(),
  /** Calls and tokens of the judge; cached calls cost nothing. */
  usage: Usage,
  /** Of a run of live traffic, what its trace says; null: it came by itself. */
  trace: TraceOrigin.nullable(),
});
export type Job = z.infer<typeof Job>;

export const JobPage = z.object({
  jobs: z.array(Job),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
  /** For pages of the dashboard; absent for everybody else. */
  trouble: Trouble.optional(),
});
export type JobPage = z.infer<typeof JobPage>;

/** `POST /api/score`: scored within the request. */
export const SyncResult = z.object({
  scores: Scores,
  weighted_score: z.number().nullable(),
  latency_ms: z.number(),
  skipped_metrics: z.array(z.string()),
  error: JobError.nullable(),
  job_id: z.string(),
  run_id: z.string().nullable(),
  outcomes: Outcomes,
  warnings: z.array(Warning),
});
export type SyncResult = z.infer<typeof SyncResult>;

/** A row of an upload that could not be read. */
export const BadRow = z.object({ line: z.number(), reason: z.string() });
export type BadRow = z.infer<typeof BadRow>;

export const BadRowList = z.object({ bad_rows: z.array(BadRow) });
export type BadRowList = z.infer<typeof BadRowList>;
