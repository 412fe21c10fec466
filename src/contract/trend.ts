import * as z from "zod";
import { Interval } from "./outcome.ts";

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
  /** Days on which others judged than on the day with runs before it; of all runs, whatever the tag. */
  judge_changes: z.array(
    z.object({ day: z.string(), before: z.array(z.string()), judges: z.array(z.string()) }),
  ),
  /** Tags there are in this time, the latest first, and of one day the busiest first. */
  tags: z.array(z.string()),
});
export type Trend = z.infer<typeof Trend>;
