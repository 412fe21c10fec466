import type { Evidence } from "../../scoring/evidence.ts";
import type { Outcome } from "../../scoring/outcome.ts";
import type { Steps } from "../../scoring/steps.ts";
import { metricInfo } from "../metric-info.ts";
import { gainsInSteps } from "./gain.ts";

/**
 * How far the weighted score of one sample could rise at most were its main cause gone: the mean, over the metrics it
 * has, of each metric with that cause's cells repaired minus the metric as it is. Metrics that read words alone stay
 * as they are. null without a cause.
 */
export function* gainOfSample(
  { cause, ...evidence }: Evidence,
  outcomes: Readonly<Record<string, Outcome>>,
): Steps<number | null> {
  if (cause === null) return null;
  const scored = Object.keys(outcomes).filter((metric) => outcomes[metric]?.status === "scored");
  if (scored.length === 0) return null;
  const judged = scored.filter((metric) => metricInfo(metric).family !== "text");
  const gains = yield* gainsInSteps({ cause, ...evidence }, cause, judged);
  return Object.values(gains).reduce((sum, gain) => sum + gain, 0) / scored.length;
}
