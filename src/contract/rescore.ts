import * as z from "zod";
import { Scores } from "./outcome.ts";
import { Thresholds } from "./score-request.ts";

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
