import type { MetricInfo } from "../contract/service.ts";
import { judgeDifferences } from "./compare-difference.ts";
import type { Pair } from "./compare-pairs.ts";

export interface TaggedPair extends Pair {
  /** Each as `name=value`. */
  tags: readonly string[];
}

export interface SliceComparison {
  tag: string;
  n: number;
  baseMean: number;
  otherMean: number;
  /** Mean of other − base. */
  difference: number;
  /** 95 % */
  interval: [number, number];
  /** That this tag is really worse, or better: corrected for all tags that were looked at. */
  pValue: number;
  moved: "better" | "worse" | "same";
}

const ALPHA = 0.05;
/** Below this nothing could be told apart from chance. */
const FEWEST_PAIRS = 6;

/**
 * Which tags got worse or better. Many tags are looked at, so each chance is corrected (Holm): with nothing wrong,
 * "worse" is said of any of them in one comparison of twenty at most.
 */
export function compareSlices(pairs: readonly TaggedPair[], info: MetricInfo): SliceComparison[] {
  const byTag = new Map<string, [number, number][]>();
  for (const { base, other, tags } of pairs) {
    const before = base.scores[info.name] ?? null;
    const after = other.scores[info.name] ?? null;
    if (before === null || after === null) continue;
    for (const tag of tags) {
      const values = byTag.get(tag) ?? [];
      byTag.set(tag, values);
      values.push([before, after]);
    }
  }
  const sign = info.direction === "higher" ? 1 : -1;
  const slices = [...byTag].flatMap(([tag, values]) => {
    const judged = judgeDifferences(values.map(([before, after]) => after - before));
    const { n, mean, interval, pValue } = judged;
    if (n < FEWEST_PAIRS || mean === null || interval === null || pValue === null) return [];
    // The test is two-sided; the chance of one side is half of it, of the other side the rest.
    const worse = sign * mean < 0 ? pValue / 2 : 1 - pValue / 2;
    return [
      {
        tag,
        values,
        n,
        mean,
        interval,
        worse,
        better: sign * mean > 0 ? pValue / 2 : 1 - pValue / 2,
      },
    ];
  });
  const worse = correct(slices.map((slice) => slice.worse));
  const better = correct(slices.map((slice) => slice.better));
  return slices
    .map(({ tag, values, n, mean, interval }, at): SliceComparison => {
      const [isWorse, isBetter] = [worse[at] ?? 1, better[at] ?? 1];
      return {
        ...{ tag, n, difference: mean, interval },
        baseMean: values.reduce((sum, [before]) => sum + before, 0) / n,
        otherMean: values.reduce((sum, [, after]) => sum + after, 0) / n,
        pValue: Math.min(isWorse, isBetter),
        moved: isWorse <= ALPHA ? "worse" : isBetter <= ALPHA ? "better" : "same",
      };
    })
    .sort((a, b) => sign * (a.difference - b.difference));
}

/** Holm's step-down correction. */
function correct(chances: readonly number[]): number[] {
  const order = chances.map((_, at) => at).sort((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1));
  const corrected = chances.map(() => 1);
  let highest = 0;
  order.forEach((at, rank) => {
    highest = Math.max(highest, Math.min(1, (chances[at] ?? 1) * (chances.length - rank)));
    corrected[at] = highest;
  });
  return corrected;
}
