import * as z from "zod";
import { REASONS } from "../metric-names.ts";

/** Words the parts of the contract share: states, choices, and what became of a metric. */

export const JobStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type JobStatus = z.infer<typeof JobStatus>;

export const Reason = z.enum(REASONS);

export const Outcome = z.object({
  status: z.enum(["scored", "not_applicable", "failed"]),
  /** null unless `scored`. */
  value: z.number().nullable(),
  /** Why there is no value; null when `scored`. */
  reason: Reason.nullable(),
  method: z.enum(["llm", "offline", "embedding", "text"]),
  /** Worst and best case, when part of it could not be judged or the judge contradicted itself. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  /** The share that could be judged, when part could not. */
  coverage: z.number().optional(),
  /** How far the offline judge can be trusted here. */
  confidence: z.enum(["high", "medium", "low"]).optional(),
});

export const Warning = z.object({ code: z.string(), message: z.string(), fix: z.string() });
export type Warning = z.infer<typeof Warning>;

export const JudgeChoice = z.enum(["auto", "llm", "offline"]);
export type JudgeChoice = z.infer<typeof JudgeChoice>;

export const Language = z.enum(["zh", "en"]);
export type Language = z.infer<typeof Language>;

export const Usage = z.object({
  judge_calls: z.number(),
  cached_calls: z.number(),
  /** null: the model's endpoint did not tell of every call. */
  prompt_tokens: z.number().nullable(),
  completion_tokens: z.number().nullable(),
  /** All tokens, those nobody told of estimated from the lengths of the texts; absent: all were told. */
  estimated_tokens: z.number().optional(),
});
export type Usage = z.infer<typeof Usage>;

export const Scores = z.record(z.string(), z.number().nullable());
export const Outcomes = z.record(z.string(), Outcome);
export type Scores = z.infer<typeof Scores>;
export type Outcomes = z.infer<typeof Outcomes>;

export const Interval = z.tuple([z.number(), z.number()]);

/** Of a claim against what it was checked with. */
export const Verdict = z.enum(["supported", "contradicted", "unsupported"]);
