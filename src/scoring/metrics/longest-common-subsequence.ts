import { runAtOnce, type Steps } from "../steps.ts";
import { numberItems, StripMasks } from "./strips.ts";

/** Length of the longest common subsequence; see `commonInSteps`. */
export function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  return runAtOnce(commonInSteps(a, b));
}

/**
 * Length of the longest common subsequence, 32 cells a step (Hyyrö's bit-parallel form): n · m ÷ 32 operations, strip by
 * strip of 32 rows.
 */
export function* commonInSteps(a: readonly string[], b: readonly string[]): Steps<number> {
  const [rows, columns, kinds] = yield* numberItems(a, b);
  const masks = new StripMasks(rows, kinds);
  const carries = new Uint8Array(columns.length);
  let common = 0;
  while (masks.next()) {
    common += countInStrip(carries, columns, masks);
    if (masks.isTimeToRest(columns.length)) yield;
  }
  return common;
}

/** V = (V + (V & M)) | (V & ~M); the carries of a strip go into the next. Rows that end as 0 are common. */
function countInStrip(
  carries: Uint8Array,
  columns: Int32Array,
  { masks, height }: StripMasks,
): number {
  let bits = 0xffffffff;
  for (let column = 0; column < columns.length; column++) {
    const matches = masks[columns[column] ?? 0] ?? 0;
    const sum = bits + ((bits & matches) >>> 0) + (carries[column] ?? 0);
    carries[column] = sum > 0xffffffff ? 1 : 0;
    bits = ((sum >>> 0) | (bits & ~matches)) >>> 0;
  }
  let common = 0;
  for (let row = 0; row < height; row++) if (((bits >>> row) & 1) === 0) common++;
  return common;
}
