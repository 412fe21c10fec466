import * as z from "zod";
import { Interval, Scores, Verdict } from "./outcome.ts";

export const MATRIX_LIMITS = { runs: 12, rows: 2000 } as const;

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

/** One of the two answers to a question. */
const ComparedAnswer = z.object({
  sample_id: z.string(),
  /** Its start. */
  answer: z.string(),
  scores: Scores,
  weighted_score: z.number().nullable(),
  cause: z.string().nullable(),
});

/** A sample of both runs with its two answers. */
export const ComparedPair = z.object({
  question: z.string(),
  base: ComparedAnswer,
  other: ComparedAnswer,
  /** Mean change of the metrics both have, each turned so that more is better; null: they share none. */
  change: z.number().nullable(),
});
export type ComparedPair = z.infer<typeof ComparedPair>;

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
  /** What became worse first, of very many the most changed. */
  pairs: z.array(ComparedPair),
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

/** `GET /api/runs/compare` with several `other`. */
export const Comparisons = Comparison.extend({
  /** Of the second `other` and those after it, each compared with the base. */
  others: z.array(Comparison).optional(),
});

/** One tag in two runs. */
export const Slice = z.object({
  /** `name=value`. */
  tag: z.string(),
  n: z.number(),
  base_mean: z.number(),
  other_mean: z.number(),
  /** Mean of other − base, with its 95 % interval. */
  difference: z.number(),
  interval: Interval,
  /** Corrected for all tags that were looked at. */
  p_value: z.number(),
  moved: z.enum(["better", "worse", "same"]),
});
export type Slice = z.infer<typeof Slice>;

const MatrixCell = z.object({
  sample_id: z.string(),
  /** Its start. */
  answer: z.string(),
  value: z.number().nullable(),
  /** Is the value above the line of a warning? null: there is none. */
  passed: z.boolean().nullable(),
  cause: z.string().nullable(),
});

/** `GET /api/runs/matrix`: the same questions in several runs, side by side. */
export const RunMatrix = z.object({
  /** What is looked at. */
  metric: z.string(),
  /** Metrics that all of these runs have. */
  metrics: z.array(z.string()),
  /** The base first. */
  runs: z.array(ComparedRun.extend({ mean: z.number().nullable() })),
  rows: z.array(
    z.object({
      question: z.string(),
      tags: z.array(z.string()),
      /** In the order of the runs; null: the run has no such question. */
      cells: z.array(MatrixCell.nullable()),
    }),
  ),
  /** Rows beyond those that are listed. */
  more: z.number(),
  /** Of each run but the base: its tags, the worst first. */
  slices: z.array(z.object({ run_id: z.string(), slices: z.array(Slice) })),
});
export type RunMatrix = z.infer<typeof RunMatrix>;
