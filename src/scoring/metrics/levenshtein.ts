import { runAtOnce, type Steps } from "../steps.ts";
import { numberItems, StripMasks } from "./strips.ts";

/** Of longer lists others are let in once their common ends are known. */
const LONG_ITEMS = 100_000;

/** Edit distance with unit costs; see `levenshteinInSteps`. */
export function levenshteinDistance(a: readonly string[], b: readonly string[]): number {
  return runAtOnce(levenshteinInSteps(a, b));
}

/**
 * Edit distance with unit costs, 32 cells a step (Myers' bit-parallel form, after Hyyrö): n · m ÷ 32 operations. The
 * table is filled in strips of 32 rows, so that only one row of it is in memory. Common beginnings and ends cost nothing.
 */
export function* levenshteinInSteps(a: readonly string[], b: readonly string[]): Steps<number> {
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const pattern = a.slice(start, aEnd);
  const text = b.slice(start, bEnd);
  if (pattern.length === 0) return text.length;
  if (text.length === 0) return pattern.length;
  if (Math.max(a.length, b.length) > LONG_ITEMS) yield;
  const [rows, columns, kinds] = yield* numberItems(pattern, text);
  const masks = new StripMasks(rows, kinds);
  // Differences along the row above the strip; the first row of the table grows by one a column.
  const above = new Int8Array(columns.length).fill(1);
  while (masks.next()) {
    addStrip(above, columns, masks);
    if (masks.isTimeToRest(columns.length)) yield;
  }
  return above.reduce((distance, difference) => distance + difference, rows.length);
}

/** From the differences along the row above a strip those along its last row, in place. */
function addStrip(above: Int8Array, columns: Int32Array, { masks, height }: StripMasks): void {
  const last = height - 1;
  let up = -1; // vertical differences of +1
  let down = 0; // vertical differences of −1
  for (let column = 0; column < columns.length; column++) {
    const before = above[column] ?? 0;
    const mask = masks[columns[column] ?? 0] ?? 0;
    const equal = mask | (before < 0 ? 1 : 0);
    const diagonal = (((equal & up) + up) ^ up) | equal | down;
    const rises = down | ~(diagonal | up);
    const falls = up & diagonal;
    above[column] = ((rises >>> last) & 1) - ((falls >>> last) & 1);
    const risesBelow = (rises << 1) | (before > 0 ? 1 : 0);
    const fallsBelow = (falls << 1) | (before < 0 ? 1 : 0);
    const vertical = mask | down;
    up = fallsBelow | ~(vertical | risesBelow);
    down = risesBelow & vertical;
  }
}
