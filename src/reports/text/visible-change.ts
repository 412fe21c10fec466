import type { MetricSummary } from "../../contract.ts";

/**
 * How far the mean of a second run of the same size must be away before the difference is more than chance: the half
 * width of the 95 % interval of a difference of two such means, √2 times that of one. null without an interval.
 */
export function smallestVisibleChange({ interval }: MetricSummary): number | null {
  if (!interval) return null;
  return ((interval[1] - interval[0]) / 2) * Math.SQRT2;
}
