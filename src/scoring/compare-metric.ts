import type { MetricInfo } from "../contract.ts";
import { judgeDifferences, type PairedDifference } from "./compare-difference.ts";
import type { ComparedSample, Pair } from "./compare-pairs.ts";

export interface ScoredPair {
  base: ComparedSample;
  other: ComparedSample;
  baseValue: number;
  otherValue: number;
}

export interface MetricComparison extends PairedDifference {
  baseMean: number | null;
  otherMean: number | null;
  /** Whether the mean moved to the better side of the metric. */
  moved: "better" | "worse" | "same";
  /** Largest change first. */
  improved: ScoredPair[];
  regressed: ScoredPair[];
  unchanged: number;
}

/** Differences below this are rounding. */
const SAME_WITHIN = 1e-6;

/** One metric over the pairs in which both samples have a number. */
export function compareMetric(pairs: readonly Pair[], info: MetricInfo): MetricComparison {
  const scored = pairs.flatMap(({ base, other }): ScoredPair[] => {
    const baseValue = base.scores[info.name] ?? null;
    const otherValue = other.scores[info.name] ?? null;
    if (baseValue === null || otherValue === null) return [];
    return [{ base, other, baseValue, otherValue }];
  });
  const sign = info.direction === "higher" ? 1 : -1;
  const gainOf = ({ baseValue, otherValue }: ScoredPair) => sign * (otherValue - baseValue);
  const byGain = [...scored].sort((a, b) => gainOf(b) - gainOf(a));
  const improved = byGain.filter((pair) => gainOf(pair) > SAME_WITHIN);
  const regressed = byGain.filter((pair) => gainOf(pair) < -SAME_WITHIN).reverse();
  const difference = judgeDifferences(
    scored.map(({ baseValue, otherValue }) => {
      const change = otherValue - baseValue;
      return Math.abs(change) <= SAME_WITHIN ? 0 : change;
    }),
  );
  const gain = sign * (difference.mean ?? 0);
  return {
    ...difference,
    baseMean: meanOf(scored.map(({ baseValue }) => baseValue)),
    otherMean: meanOf(scored.map(({ otherValue }) => otherValue)),
    moved: gain > SAME_WITHIN ? "better" : gain < -SAME_WITHIN ? "worse" : "same",
    improved,
    regressed,
    unchanged: scored.length - improved.length - regressed.length,
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
