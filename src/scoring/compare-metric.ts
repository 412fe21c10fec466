import type { MetricInfo } from "../contract/service.ts";
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
  /** Pairs by change, in equal bins from the greatest possible loss to the greatest possible rise; zero in the middle one. */
  distribution: number[];
}

/** Odd, so that no change has a bin of its own. */
const BINS = 21;

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
    distribution: countChanges(
      scored.map(({ baseValue, otherValue }) => otherValue - baseValue),
      info.range[1] - info.range[0],
    ),
  };
}

/** A change beyond the range of the metric, which rounding may bring, counts at its end. */
function countChanges(changes: readonly number[], width: number): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const change of changes) {
    const share = width === 0 ? 0 : change / width;
    const bin = Math.round(((share + 1) / 2) * (BINS - 1));
    const at = Math.min(BINS - 1, Math.max(0, bin));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
