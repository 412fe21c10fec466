import type { REASONS } from "../metric-names.ts";

export type Reason = (typeof REASONS)[number];
export type Method = "llm" | "offline" | "embedding" | "text";
export type Confidence = "high" | "medium" | "low";

/** One metric of one sample. `value` is a number exactly when `status` is `scored`; never NaN. */
export interface Outcome {
  status: "scored" | "not_applicable" | "failed";
  value: number | null;
  reason: Reason | null;
  method: Method;
  /** Worst and best case when some cells failed; absent when none did. */
  interval?: [number, number];
  /** Share of the needed cells that were judged, when below 1. */
  coverage?: number;
  confidence?: Confidence;
}
