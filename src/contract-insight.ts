import * as z from "zod";
import { Interval, Scores, Thresholds } from "./contract.ts";
import { INSIGHT_LIMITS } from "./contract-limits.ts";

/** The part of the HTTP contract about what numbers mean: comparison, gate, trends, people's judgement. */

const ComparedRun = z.object({
  run_id: z.string(),
  name: z.string().nullable(),
  finished_at: z.string(),
  total_samples: z.number(),
});

/** A sample of both runs and how one metric changed. */
export const ChangedSample = z.object({
  base_sample_id: z.string(),
  other_sample_id: z.string(),
  question: z.string(),
  base: z.number(),
  other: z.number(),
});

export const ComparedMetric = z.object({
  /** Pairs in which both samples have a number; everything below is over them. */
  n: z.number(),
  base_mean: z.number().nullable(),
  other_mean: z.number().nullable(),
  /** Mean of other − base, with its 95 % interval. */
  difference: z.number().nullable(),
  interval: Interval.nullable(),
  /** Two-sided, of the sign-flip test. */
  p_value: z.number().nullable(),
  verdict: z.enum(["real", "within_noise", "too_few_samples"]),
  /** Which way the mean went, the metric's direction respected. */
  moved: z.enum(["better", "worse", "same"]),
  /** The true difference a comparison of this size and spread finds four times out of five. */
  minimum_detectable_difference: z.number().nullable(),
  improved: z.number(),
  regressed: z.number(),
  unchanged: z.number(),
  /** Pairs by other − base in 21 equal bins from minus to plus the width of the metric's range. */
  distribution: z.array(z.number()),
  /** Largest change first. */
  improved_samples: z.array(ChangedSample),
  regressed_samples: z.array(ChangedSample),
});
export type ComparedMetric = z.infer<typeof ComparedMetric>;

const Verdict = z.enum(["supported", "contradicted", "unsupported"]);

/** A claim both runs judged, with another verdict. */
export const FlippedClaim = z.object({
  base_sample_id: z.string(),
  other_sample_id: z.string(),
  base_claim_id: z.string(),
  other_claim_id: z.string(),
  of: z.enum(["answer", "reference"]),
  text: z.string(),
  from: Verdict,
  to: Verdict,
});
export type FlippedClaim = z.infer<typeof FlippedClaim>;

/** What an advice of the base run promised at most, and what came of it. */
export const AdviceCheck = z.object({
  advice_id: z.string(),
  cause: z.string(),
  title: z.string(),
  metric: z.string(),
  /** Most the metric could improve, with interval, as it was said. */
  forecast: z.object({ bound: z.number(), interval: Interval.nullable() }),
  /** How far it did improve; negative when it got worse. */
  moved: z.number().nullable(),
  interval: Interval.nullable(),
  /** `beyond`: more than forecast, so something else changed too. `not_moved`: within noise. */
  status: z.enum(["inside", "beyond", "not_moved", "worse", "unknown"]),
});
export type AdviceCheck = z.infer<typeof AdviceCheck>;

/** `GET /api/runs/compare`: two runs, paired by sample. */
export const Comparison = z.object({
  base: ComparedRun,
  other: ComparedRun,
  paired: z.number(),
  only_base: z.number(),
  only_other: z.number(),
  metrics: z.record(z.string(), ComparedMetric),
  flipped_claims: z.object({
    /** Pairs whose evidence was read; the most changed come first. */
    checked_pairs: z.number(),
    total: z.number(),
    claims: z.array(FlippedClaim),
  }),
  /** Samples by main cause. */
  causes: z.record(z.string(), z.object({ base: z.number(), other: z.number() })),
  /** Settings and versions that differ. */
  settings: z.array(
    z.object({ name: z.string(), base: z.string().nullable(), other: z.string().nullable() }),
  ),
  /** Advice of the base run and whether its metric moved inside the forecast. */
  advice: z.array(AdviceCheck),
});
export type Comparison = z.infer<typeof Comparison>;

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
  question: z.string().optional(),
  answer: z.string().optional(),
  contexts: z.union([z.array(z.string()), z.string()]).optional(),
  ground_truth: z.string().optional(),
});

export const GateResult = z.object({
  verdict: GateVerdict,
  /** One English sentence a rule. */
  reasons: z.array(z.string()),
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

export const TrendPoint = z.object({
  /** YYYY-MM-DD in UTC. */
  day: z.string(),
  n: z.number(),
  mean: z.number(),
  /** 95 %; null for a single sample. */
  interval: Interval.nullable(),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

/** `GET /api/trends`: daily means of one metric; days without samples are left out. */
export const Trend = z.object({
  metric: z.string(),
  days: z.number(),
  /** `name=value`, or null for all samples. */
  tag: z.string().nullable(),
  points: z.array(TrendPoint),
  /** All days together; null without samples. */
  whole: TrendPoint.omit({ day: true }).nullable(),
  /** Tags there are in this time, the latest first, and of one day the busiest first. */
  tags: z.array(z.string()),
});
export type Trend = z.infer<typeof Trend>;

export const Opinion = z.enum(["agree", "disagree", "unsure"]);
export type Opinion = z.infer<typeof Opinion>;

/** `PUT /api/runs/{run_id}/samples/{sample_id}/reviews`: one person's word on a claim, or on the whole sample. */
export const ReviewRequest = z.strictObject({
  /** `a1`, `r2` …; null: the sample as a whole. */
  claim_id: z.string().max(40).nullable().default(null),
  /** With what the judge said; null takes the word back. */
  opinion: Opinion.nullable(),
  /** The verdict instead of the judge's; without it a disagreement turns supported around. */
  verdict: Verdict.nullable().default(null),
  note: z.string().trim().max(INSIGHT_LIMITS.noteCharacters).nullable().default(null),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;

export const Review = z.object({
  claim_id: z.string().nullable(),
  opinion: Opinion,
  verdict: Verdict.nullable(),
  note: z.string().nullable(),
  reviewer: z.string(),
  /** Is it the word of who asks? */
  mine: z.boolean(),
  reviewed_at: z.string(),
});
export type Review = z.infer<typeof Review>;

export const ReviewList = z.object({ reviews: z.array(Review) });
export type ReviewList = z.infer<typeof ReviewList>;

export const SamplePoint = z.object({ sample_id: z.string(), x: z.number(), y: z.number() });
export type SamplePoint = z.infer<typeof SamplePoint>;

/** `GET /api/runs/{run_id}/points`: samples that have a number for both metrics. */
export const SamplePoints = z.object({
  x: z.string(),
  y: z.string(),
  total_samples: z.number(),
  /** 1: every sample was looked at; n: every n-th. */
  step: z.number(),
  points: z.array(SamplePoint),
});
export type SamplePoints = z.infer<typeof SamplePoints>;

const Agreement = z.object({
  n: z.number(),
  unsure: z.number(),
  rate: z.number().nullable(),
  interval: Interval.nullable(),
  /** Cohen's κ; null when chance explains everything. */
  kappa: z.number().nullable(),
});

/** `people` in the report of a run that was reviewed. */
export const PeopleReport = z.object({
  claims: Agreement,
  samples: Agreement,
  /** By metric, from 20 labelled claims on: the mean as people would have judged it. */
  corrected: z.record(
    z.string(),
    z.object({
      raw: z.number(),
      mean: z.number(),
      interval: Interval,
      bias: z.number(),
      labels: z.number(),
    }),
  ),
});
export type PeopleReport = z.infer<typeof PeopleReport>;

/** `POST /api/runs/{run_id}/rescore`; an empty body computes the same metrics again and compares every byte. */
export const RescoreRequest = z.strictObject({
  metrics: z
    .array(z.string().max(100))
    .min(1)
    .max(60)
    .nullish()
    .describe("Names of metrics; default: those of the run."),
  thresholds: Thresholds.nullish().describe(
    "Where severities begin by metric: [severe, warning, improve]; default [0.5, 0.7, 0.85].",
  ),
});
export type RescoreRequest = z.infer<typeof RescoreRequest>;

export const RescoreResult = z.object({
  /** The new run; the same one when nothing was to change. */
  run_id: z.string(),
  job_id: z.string().nullable(),
  rescored_from: z.string(),
  /** `checked`: metrics and thresholds are those of the run, so it was only proven that the same bytes come out. */
  action: z.enum(["checked", "created"]),
  samples: z.number(),
  /** Samples whose stored numbers differ from what their evidence gives; at most 50 are named. */
  differing_samples: z.array(z.string()),
  /** By artifact: do the stored bytes equal those computed now? Only when checked. */
  identical: z.record(z.string(), z.boolean()).nullable(),
  /** Metrics no sample has a number for, because the judge was never asked what they need. */
  not_judged: z.array(z.string()),
  metric_means: Scores,
  report_url: z.string(),
});
export type RescoreResult = z.infer<typeof RescoreResult>;

/** `POST /api/alerts`: tell me when a mean is proven to be beyond a line. */
export const CreateAlert = z.strictObject({
  metric: z.string().max(100),
  /** `name=value`; null: all samples. */
  tag: z.string().max(200).nullable().default(null),
  /** Which side is bad; default: below for metrics of which higher is better. */
  side: z.enum(["below", "above"]).nullable().default(null),
  threshold: z.number().min(0).max(1),
  /** Days, today included, whose samples are taken together. */
  window_days: z.number().int().min(1).max(90).default(7),
  /** Receives a signed webhook once when it fires and once when it is resolved. */
  webhook_url: z.string().max(2000).nullable().default(null),
});
export type CreateAlert = z.infer<typeof CreateAlert>;

export const Alert = z.object({
  alert_id: z.string(),
  metric: z.string(),
  tag: z.string().nullable(),
  side: z.enum(["below", "above"]),
  threshold: z.number(),
  window_days: z.number(),
  webhook_url: z.string().nullable(),
  state: z.enum(["ok", "firing"]),
  /** When the state last changed. */
  changed_at: z.string().nullable(),
  /** What was seen when it was last looked at. */
  seen: TrendPoint.omit({ day: true }).nullable(),
  created_at: z.string(),
  created_by: z.string(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertList = z.object({ alerts: z.array(Alert) });
export type AlertList = z.infer<typeof AlertList>;
