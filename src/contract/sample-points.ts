import * as z from "zod";

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
