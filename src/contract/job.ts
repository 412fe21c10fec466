import * as z from "zod";
import { JobStatus, Outcomes, Scores, Usage, Warning } from "./outcome.ts";

export const Accepted = z.object({
  job_id: z.string(),
  status: JobStatus,
  run_id: z.string().nullable(),
  status_url: z.string(),
  report_url: z.string(),
  warnings: z.array(Warning),
});
export type Accepted = z.infer<typeof Accepted>;

export const Job = z.object({
  job_id: z.string(),
  kind: z.enum(["single", "batch"]),
  status: JobStatus,
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  question: z.string(),
  name: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  session_id: z.string().nullable(),
  metrics: z.array(z.string()),
  judge: z.string(),
  judge_model: z.string().nullable(),
  embedding_model: z.string().nullable(),
  scores: Scores,
  outcomes: Outcomes,
  weighted_score: z.number().nullable(),
  skipped_metrics: z.array(z.string()),
  progress: z.object({ done: z.number(), failed: z.number(), total: z.number() }),
  attempts: z.number(),
  run_id: z.string().nullable(),
  report_url: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  warnings: z.array(Warning),
  /** Items of `contexts` that arrived and that were understood. */
  contexts_received: z.number().nullable(),
  contexts_parsed: z.number().nullable(),
  /** Rows of an upload that could not be read; they are at `/api/score/jobs/{id}/bad-rows`. */
  bad_rows: z.number(),
  usage: Usage,
});
export type Job = z.infer<typeof Job>;

export const JobPage = z.object({
  jobs: z.array(Job),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type JobPage = z.infer<typeof JobPage>;

/** `POST /api/score`: scored within the request. */
export const SyncResult = z.object({
  scores: Scores,
  weighted_score: z.number().nullable(),
  latency_ms: z.number(),
  skipped_metrics: z.array(z.string()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  job_id: z.string(),
  run_id: z.string().nullable(),
  outcomes: Outcomes,
  warnings: z.array(Warning),
});
export type SyncResult = z.infer<typeof SyncResult>;

/** A row of an upload that could not be read. */
export const BadRow = z.object({ line: z.number(), reason: z.string() });
export type BadRow = z.infer<typeof BadRow>;
