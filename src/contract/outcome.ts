import * as z from "zod";
import { Outcome } from "../scoring/outcome.ts";

export { Outcome };

/** Words the parts of the contract share: states, choices, and what became of a metric. */

export const JobStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type JobStatus = z.infer<typeof JobStatus>;

export const Warning = z.object({ code: z.string(), message: z.string(), fix: z.string() });
export type Warning = z.infer<typeof Warning>;

/** Why a job or a sample failed: fit for people; no secret, no judged text. */
export const JobError = z.object({ code: z.string(), message: z.string() });
export type JobError = z.infer<typeof JobError>;

export const JudgeChoice = z.enum(["auto", "decision", "llm", "offline"]);
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

/** How far a judge was right on claims whose verdicts are known, and how far that is known. */
export const Measure = z.object({
  claims: z.number(),
  /** Share of the claims with an answer. */
  answered: z.number(),
  accuracy: z.number().nullable(),
  interval: Interval.nullable(),
  /** Accuracy above that of the offline judge on the same claims, and the interval of this paired difference. */
  above_offline: z.number().nullable(),
  above_interval: Interval.nullable(),
  /** Mean distance of probability and truth over tenths; null: the judge gives none. */
  calibration_error: z.number().nullable(),
});
export type Measure = z.infer<typeof Measure>;

/** As it was measured on a day (UTC). */
export const MeasuredJudge = Measure.extend({ day: z.string() });
export type MeasuredJudge = z.infer<typeof MeasuredJudge>;

/** Of a claim against what it was checked with. */
export const Verdict = z.enum(["supported", "contradicted", "unsupported"]);
