import * as z from "zod";
import { Interval, Scores } from "./outcome.ts";

export const GateVerdict = z.enum(["pass", "fail", "inconclusive"]);
export type GateVerdict = z.infer<typeof GateVerdict>;

/** `POST /api/gate`, for the API document; sample fields as in a Submission, in every shape intake reads. */
export const GateRequest = z.looseObject({
  run_id: z
    .string()
    .optional()
    .describe("A finished run. Else a job_id, or the fields of a sample."),
  job_id: z.string().optional().describe("A job; with `Prefer: wait=N` its end is waited for."),
  rules: z
    .union([z.record(z.string(), z.string()), z.string()])
    .describe(
      'Lines by metric: {"faithfulness": ">= 0.8", "context_recall": ">= base - 0.05", "noise_sensitivity": "not worse than base"}; also as JSON text or "faithfulness>=0.8, context_recall>=base".',
    ),
  base_run_id: z.string().optional().describe("The run that rules with `base` compare with."),
  language: z
    .enum(["zh", "en"])
    .optional()
    .describe("Of the reasons; else that of Accept-Language, else English."),
  question: z.string().optional(),
  answer: z.string().optional(),
  contexts: z.union([z.array(z.string()), z.string()]).optional(),
  ground_truth: z.string().optional(),
});

export const GateResult = z.object({
  verdict: GateVerdict,
  /** One sentence a rule, then what was left out: samples without an answer, refusals. In `language`, else in the client's. */
  reasons: z.array(z.string()),
  /** Samples the numbers do not rest on. */
  unscored: z.object({
    total: z.number(),
    no_answer: z.number(),
    /** For other reasons. */
    failed: z.number(),
    /** Rows of the upload that could not be read; they are no samples. */
    rejected_rows: z.number(),
    /** Answers that decline to answer. */
    refusals: z.number(),
  }),
  rules: z.array(
    z.object({
      metric: z.string(),
      rule: z.string(),
      verdict: GateVerdict,
      value: z.number().nullable(),
      interval: Interval.nullable(),
      n: z.number(),
      reason: z.string(),
    }),
  ),
  run_id: z.string().nullable(),
  job_id: z.string().nullable(),
  base_run_id: z.string().nullable(),
  report_url: z.string(),
  scores: Scores,
});
export type GateResult = z.infer<typeof GateResult>;
