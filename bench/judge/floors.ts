/** What the judge has to beat: plain word overlap (Chinese: character bigrams), and length alone. */

/** Lower-case words; runs of Chinese characters as bigrams. */
function plainTerms(text: string): Set<string> {
  const terms = new Set<string>();
  for (const [piece] of text.toLowerCase().matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)) {
    if (!/\p{Script=Han}/u.test(piece) || piece.length === 1) terms.add(piece);
    else for (let i = 0; i + 1 < piece.length; i++) terms.add(piece.slice(i, i + 2));
  }
  return terms;
}

/** Share of the terms of `text` that occur in `source`. */
export function overlap(text: string, source: string): number {
  return shareOf(plainTerms(text), plainTerms(source));
}

/** Share of the neighbouring pairs of `text` (Chinese: of characters) that are neighbours in `source`. */
export function pairOverlap(text: string, source: string): number {
  return shareOf(pairsOf(text), pairsOf(source));
}

function shareOf(terms: ReadonlySet<string>, known: ReadonlySet<string>): number {
  return terms.size === 0 ? 0 : [...terms].filter((term) => known.has(term)).length / terms.size;
}

function pairsOf(text: string): Set<string> {
  const pieces = [
    ...text.toLowerCase().matchAll(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu),
  ].map(([piece]) => piece);
  return new Set(pieces.slice(1).map((piece, i) => `${pieces[i]} ${piece}`));
}

/** Overlap both ways as F1. */
export function overlapF1(a: string, b: string): number {
  const [one, other] = [overlap(a, b), overlap(b, a)];
  return one + other === 0 ? 0 : (2 * one * other) / (one + other);
}
