import * as z from "zod";
import { MetricInfo } from "../scoring/metrics/definition.ts";
import { JudgeChoice } from "./outcome.ts";

/** What the service says of itself: its metrics, its health, its errors, the names of its files. */

export { MetricInfo };

export const MetricList = z.object({ metrics: z.array(MetricInfo) });

/** What somebody should know whatever page they look at. */
export const Trouble = z.object({
  /** The judge's provider is away: why, and when it is tried again. */
  judge: z.object({ reason: z.string(), next_try: z.string() }).nullable(),
  /** Alert rules that are firing. */
  firing_alerts: z.number(),
  /** Jobs that have waited longer than they should; null: none has. */
  backlog: z.object({ jobs: z.number(), oldest_seconds: z.number() }).nullable(),
  /** Rows of the last 24 hours that could not be scored. */
  lost_rows: z.number(),
  /** For who may measure it: Cloudflare's own model, which judges once it was measured better than offline; absent: none waits. */
  to_measure: z.string().optional(),
  /** Sentences about models in use that end soon or have ended; absent: none does. */
  ending_models: z.array(z.string()).optional(),
});
export type Trouble = z.infer<typeof Trouble>;

export const Health = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  schema: z.string().nullable(),
  judge: z.object({
    mode: JudgeChoice,
    name: z.string(),
    model: z.string().nullable(),
    /** Replies of the model in 30 days that carried control claims, and those that passed; null: there were none. */
    controls: z.object({ asked: z.number(), held: z.number() }).nullable(),
    /** While the provider is away judge work rests until then; null: it does not. */
    paused_until: z.string().nullable(),
  }),
  embedding_model: z.string().nullable(),
  access: z.enum(["keys", "open"]),
  queue: z.object({
    queued: z.number(),
    running: z.number(),
    oldest_queued_seconds: z.number().nullable(),
  }),
  /** Sentences about what is wrong, empty when nothing is. */
  problems: z.array(z.string()),
  /** For who is let in; null for everybody else. */
  trouble: Trouble.nullable(),
});
export type Health = z.infer<typeof Health>;

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  request_id: z.string(),
});
export type Problem = z.infer<typeof Problem>;

export const ARTIFACT_NAMES = [
  "metadata.json",
  "scores.csv",
  "summary.md",
  "optimization_advice.md",
  "evidence.jsonl",
] as const;
export type ArtifactName = (typeof ARTIFACT_NAMES)[number];
