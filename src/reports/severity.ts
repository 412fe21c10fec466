import type { Advice, MetricInfo } from "../contract.ts";
import { goodness } from "./metric-info.ts";

/** Below the first: severe; below the second: warning; below the third: could be better. 0..1, 1 the best. */
export type Thresholds = readonly [severe: number, warning: number, improve: number];

export const DEFAULT_THRESHOLDS: Thresholds = [0.5, 0.7, 0.85];

/** How bad a value is; null when it is good enough. A lower-is-better metric is mirrored first. */
export function severityOf(
  value: number,
  info: MetricInfo,
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Advice["severity"] | null {
  const good = goodness(info, value);
  if (good < thresholds[0]) return "severe";
  if (good < thresholds[1]) return "warning";
  if (good < thresholds[2]) return "improve";
  return null;
}
