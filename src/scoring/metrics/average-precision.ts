import type { Bounds } from "./logic.ts";
import type { Cell } from "./table.ts";

const RAGAS_EPSILON = 1e-10;

/**
 * Average precision of a ranked list: (Σ over relevant ranks i of c_i ÷ i) ÷ Σ relevant, with c_i the relevant ones
 * up to rank i. Range 0..1; 0 for an empty list or one without a relevant rank. Ragas adds 1e-10 to the denominator,
 * so a perfect list stays below 1 there; `compat` does the same.
 */
export function averagePrecision(
  relevant: readonly boolean[],
  compat: "ragas" | null = null,
): number {
  let found = 0;
  let sum = 0;
  relevant.forEach((isRelevant, index) => {
    if (!isRelevant) return;
    found++;
    sum += found / (index + 1);
  });
  if (found === 0) return 0;
  return sum / (compat === "ragas" ? found + RAGAS_EPSILON : found);
}

/**
 * Least and most the average precision can be when some ranks are unknown. For a given number of unknown ranks that
 * turn out relevant it is best when they are the first ones and worst when they are the last.
 */
export function averagePrecisionBounds(cells: readonly Cell[], compat: "ragas" | null): Bounds {
  const unknown = cells.flatMap((cell, index) => (cell === null ? [index] : []));
  let low = 1;
  let high = 0;
  for (let extra = 0; extra <= unknown.length; extra++) {
    const first = new Set(unknown.slice(0, extra));
    const last = new Set(unknown.slice(unknown.length - extra));
    high = Math.max(high, averagePrecision(fill(cells, first), compat));
    low = Math.min(low, averagePrecision(fill(cells, last), compat));
  }
  return { low, high };
}

function fill(cells: readonly Cell[], relevant: ReadonlySet<number>): boolean[] {
  return cells.map((cell, index) => cell ?? relevant.has(index));
}
