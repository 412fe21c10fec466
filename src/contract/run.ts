import * as z from "zod";
import { Interval, Scores } from "./outcome.ts";
import { Trouble } from "./service.ts";

/** A metric over the samples whose number is not of low confidence; `mean` is null when all are. */
export const Sure = z.object({
  n: z.number(),
  /** How many are, and so left out. */
  low: z.number(),
  mean: z.number().nullable(),
  interval: Interval.nullable(),
});
export type Sure = z.infer<typeof Sure>;

export const Run = z.object({
  run_id: z.string(),
  name: z.string().nullable(),
  /** `session`: all calls that share a `session_id`. */
  mode: z.enum(["single", "batch", "session"]),
  judge: z.string(),
  judge_model: z.string().nullable(),
  embedding_model: z.string().nullable(),
  started_at: z.string(),
  finished_at: z.string(),
  total_samples: z.number(),
  valid_samples: z.number(),
  invalid_samples: z.number(),
  metrics: z.array(z.string()),
  metric_means: Scores,
  intervals: z.record(z.string(), Interval.nullable()),
  coverage: z.record(z.string(), z.number()),
  /** Only metrics with numbers of low confidence: what is left without those. */
  sure: z.record(z.string(), Sure),
  advice_top: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  session_id: z.string().nullable(),
});
export type Run = z.infer<typeof Run>;

/** A run in a list, with what is known of it beside its report. */
export const RunRow = Run.extend({
  /** Of a run of one sample, its start. */
  question: z.string().nullable(),
  /** The cause `advice_top` is about. */
  cause_top: z.string().nullable(),
  /** How many samples have it as their main cause. */
  cause_samples: z.number().nullable(),
  /** What the last gate said; `metrics` are those of the rules that decided it. */
  gate: z
    .object({
      verdict: z.enum(["pass", "fail", "inconclusive"]),
      metrics: z.array(z.string()),
      base_run_id: z.string().nullable(),
      judged_at: z.string(),
    })
    .nullable(),
  /** How far people agree with the judge on claims; null when nobody looked. */
  agreement: z
    .object({ n: z.number(), rate: z.number().nullable(), kappa: z.number().nullable() })
    .nullable(),
});
export type RunRow = z.infer<typeof RunRow>;

export const RunPage = z.object({
  runs: z.array(RunRow),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
  /** For pages of the dashboard; absent for everybody else. */
  trouble: Trouble.optional(),
});
export type RunPage = z.infer<typeof RunPage>;
