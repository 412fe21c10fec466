import type { JudgeFailure } from "./judge.ts";
import type { Confidence, Method, Outcome, Reason } from "./outcome.ts";

/** A number. Worst and best case and coverage are given when some of the cells behind it could not be judged. */
export function scored(
  value: number,
  method: Method,
  extra: { interval?: [number, number]; coverage?: number; confidence?: Confidence | null } = {},
): Outcome {
  const { interval, coverage, confidence } = extra;
  return {
    status: "scored",
    value,
    reason: null,
    method,
    ...(interval ? { interval } : {}),
    ...(coverage === undefined ? {} : { coverage }),
    ...(confidence ? { confidence } : {}),
  };
}

/** The metric has no meaning for this sample. */
export function notApplicable(reason: Reason, method: Method): Outcome {
  return { status: "not_applicable", value: null, reason, method };
}

/** The metric has a meaning here, but it could not be measured. */
export function failed(reason: JudgeFailure | "not_asked", method: Method): Outcome {
  return { status: "failed", value: null, reason, method };
}

/** A cosine as a share: negative ones count as 0, float noise above 1 as 1. What is no number stays NaN, for the guard. */
export function clampToShare(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : Number.NaN;
}
