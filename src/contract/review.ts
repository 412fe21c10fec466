import * as z from "zod";
import { INSIGHT_LIMITS } from "./limits.ts";
import { Interval, Verdict } from "./outcome.ts";
import { Report } from "./report.ts";

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

/** A report with what people said of its judge, once anybody did. */
export const ReviewedReport = Report.extend({ people: PeopleReport.optional() });
export type ReviewedReport = z.infer<typeof ReviewedReport>;

/**
 * Why a sample is worth a human look, the most telling first: a user disliked it, two judges gave the same answer other
 * numbers, one judge said two things, its confidence is low, or it is one of twenty drawn a week.
 */
export const ReviewReason = z.enum([
  "disliked",
  "judges_differ",
  "judged_twice",
  "low_confidence",
  "drawn",
]);
export type ReviewReason = z.infer<typeof ReviewReason>;

const AgreementOfTwo = z
  .object({ n: z.number(), rate: z.number().nullable(), kappa: z.number().nullable() })
  .nullable();

/** `GET /api/reviews`: what of the last seven days is most worth a human look. */
export const ReviewQueue = z.object({
  /** The Monday of the draw, YYYY-MM-DD. */
  week: z.string(),
  /** Without what the caller has reviewed. */
  items: z.array(
    z.object({
      run_id: z.string(),
      sample_id: z.string(),
      question: z.string(),
      answer: z.string(),
      cause: z.string().nullable(),
      weighted_score: z.number().nullable(),
      reason: ReviewReason,
      reviewed_by: z.array(z.string()),
    }),
  ),
  /** Samples: those the caller has reviewed, those anybody has, and all. */
  progress: z.object({ mine: z.number(), anybody: z.number(), total: z.number() }),
  /** Samples each person has reviewed. */
  people: z.array(z.object({ reviewer: z.string(), samples: z.number() })),
  /** Of people with the judge, on claims; null: nobody looked. */
  with_judge: AgreementOfTwo,
  /** Of people with each other; null: nothing was seen by two. */
  between_people: AgreementOfTwo,
});
export type ReviewQueue = z.infer<typeof ReviewQueue>;
