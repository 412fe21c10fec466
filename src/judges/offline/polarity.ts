const NEGATIONS_EN =
  /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|\p{L}+n't|fails? to|failed to|refused? to|denie[sd]|deny)\b/gu;
const NEGATIONS_ZH = /不|没|無|无|未|非|否认|拒绝/gu;

/** How many negations a folded text holds; two texts that differ in the parity contradict rather than agree. */
export function countNegations(folded: string): number {
  return count(folded, NEGATIONS_EN) + count(folded, NEGATIONS_ZH);
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}
