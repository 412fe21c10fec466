import * as z from "zod";

/** Names, indices and `[*]`: `$.attributes['output.value'].hits[*].text`. */
export const TRACE_PATH_STEP =
  /\.([\p{L}\p{N}_-]+)|\['([^']{1,200})'\]|\["([^"]{1,200})"\]|\[(\d{1,6})\]|\[(\*)\]/gu;
const Path = z
  .string()
  .trim()
  .max(300)
  .regex(new RegExp(`^\\$(?:${TRACE_PATH_STEP.source})+$`, "u"));

/** Where the spans of a project say what no dialect knows, as JSON paths; JSON text on the way is opened. */
export const TraceRule = z.strictObject({
  question: Path.nullable().default(null),
  answer: Path.nullable().default(null),
  contexts: Path.nullable().default(null),
});
export type TraceRule = z.infer<typeof TraceRule>;

/** Which runs of live traffic are scored. */
export const TraceSettings = z.strictObject({
  /** Share of runs that are scored, by a hash of the run. */
  rate: z.number().min(0.0001).max(1).default(1),
  /** Runs scored in a day in UTC; when they grow scarce fewer are taken. null: no limit. */
  budget: z.number().int().min(0).max(1_000_000).nullable().default(200),
  /** Names of apps; empty: all. */
  apps: z.array(z.string().min(1).max(200)).max(100).default([]),
  only_with_contexts: z.boolean().default(false),
  /** Bytes of spans taken in a day in UTC. */
  bytes_per_day: z.number().int().min(0).max(1_000_000_000_000).default(1_000_000_000),
  rule: TraceRule.nullable().default(null),
});
export type TraceSettings = z.infer<typeof TraceSettings>;

/** Whose names the spans had; `rule`: the project's own. */
export const TraceSource = z.enum([
  "rule",
  "dify",
  "openinference",
  "langfuse",
  "gen_ai",
  "traceloop",
]);
export type TraceSource = z.infer<typeof TraceSource>;

/**
 * What became of a run: `scored`, or why not. `unsampled`: not among those taken; `replay`: it had been here before;
 * `late`: it came after its run had been put together, and its passages were scored with it.
 */
export const TraceOutcome = z.enum([
  "open",
  "scored",
  "unsampled",
  "replay",
  "late",
  "over_quota",
  "failed",
  "no_content",
  "no_question",
  "no_answer",
  "not_understood",
  "other_app",
  "no_contexts",
]);
export type TraceOutcome = z.infer<typeof TraceOutcome>;

/** What a trace says of the run it is of. */
export const TraceOrigin = z.object({
  trace_id: z.string(),
  /** The root of the run; where scores of it belong. */
  span_id: z.string(),
  /** The same for every replay. */
  run: z.string(),
  source: TraceSource,
  app: z.string().nullable(),
  session: z.string().nullable(),
  user: z.string().nullable(),
  model: z.string().nullable(),
  /** Of the app, not of the judge. */
  tokens: z.number().nullable(),
  latency_ms: z.number(),
  /** Share of runs that were taken when this one was; it stands for one over it. */
  share: z.number(),
});
export type TraceOrigin = z.infer<typeof TraceOrigin>;

/** A trace as it was understood. */
export const TraceInfo = z.object({
  trace_id: z.string(),
  arrived_at: z.string(),
  outcome: TraceOutcome,
  /** null: not put together yet. */
  origin: TraceOrigin.nullable(),
  passages: z.number().nullable(),
  spans: z.number(),
  job_id: z.string().nullable(),
});
export type TraceInfo = z.infer<typeof TraceInfo>;

export const TraceList = z.object({
  traces: z.array(TraceInfo),
  /** Of today in UTC: what came, and what became of it, by name. */
  counts: z.record(z.string(), z.number()),
  /** When a sender last tried its settings. */
  tested_at: z.string().nullable(),
});
export type TraceList = z.infer<typeof TraceList>;
