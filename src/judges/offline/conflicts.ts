import type { Alignment } from "./align.ts";
import { antonymsOf } from "./antonyms.ts";
import { isNegation, negatedPositions } from "./negation.ts";
import { isEndOfSpan } from "./span-end.ts";
import type { IndexedSentence } from "./text-index.ts";

/** Signs that the text says something else than the claim, each as a weighted count. */
export interface Conflicts {
  /** Share 0..1 of the common words that one side negates and the other does not, times the square of the coverage. */
  negation: number;
  /** Words whose opposite stands in the text beside the same neighbour. */
  antonym: number;
  /** Numbers in whose place, beside the same neighbour, the text has another number. */
  number: number;
}

/** Tokens apart two neighbours of the claim may stand in the text and still be the same place. */
const GAP = 6;
const CONTENT = 0.3;
const SAME_WORD = 0.8;
/** A predicate is about one in so many telling words of a sentence. */
const PREDICATES = 4;

/** Compares claim and window word by word. Linear in the claim, whatever the length of the window. */
export function findConflicts(alignment: Alignment): Conflicts {
  return {
    negation: countNegationFlips(alignment),
    antonym: countAntonyms(alignment),
    number: countOtherNumbers(alignment),
  };
}

function countNegationFlips({ tokens, weights, window, equivalents, coverage }: Alignment): number {
  const negatedInClaim = negatedPositions(tokens);
  let flips = 0;
  let compared = 0;
  tokens.forEach((token, i) => {
    const weight = weights[i] ?? 0;
    if (weight < CONTENT || isNegation(token)) return;
    const negations = occurrences(window, equivalents[i]?.[0]?.term).map(
      ({ sentence, position }) => sentence.negated[position] ?? false,
    );
    if (negations.length === 0) return;
    const claimed = negatedInClaim[i] ?? false;
    compared += weight;
    if (negations.every((negated) => negated !== claimed)) flips += weight;
  });
  // One predicate turned is enough; in a text that is about something else a negation nearby says nothing.
  return compared === 0
    ? 0
    : Math.min(1, (flips / compared) * PREDICATES) * coverage.window * coverage.window;
}

function countAntonyms({ tokens, weights, matched, window, equivalents }: Alignment): number {
  const claimed = new Set(tokens.map((token) => token.term));
  const content = weights.flatMap((weight, i) => (weight >= CONTENT ? [i] : []));
  let found = 0;
  content.forEach((at, i) => {
    // A word of the same family counts as found, but not a synonym: groups of synonyms and of opposites overlap.
    if ((matched[at] ?? 0) > SAME_WORD) return;
    // Two steps, because of two overlapping Chinese bigrams the nearer one holds part of the opposite itself.
    const neighbours = [i - 2, i - 1, i + 1, i + 2].flatMap((beside) =>
      occurrences(window, equivalents[content[beside] ?? -1]?.[0]?.term),
    );
    const word = { term: tokens[at]?.term ?? "", tokens };
    const opposites = antonymsOf(word.term).filter(
      (term) =>
        !claimed.has(term) &&
        window.some(({ positions }) => positions.has(term)) &&
        !isEndOfSpan(word, { term, tokens: window.flatMap(({ tokens: said }) => said) }),
    );
    const stands = occurrences(window, ...opposites).some(({ sentence, position }) =>
      neighbours.some(
        (place) => place.sentence === sentence && Math.abs(place.position - position) <= GAP,
      ),
    );
    if (stands) found++;
  });
  return found;
}

function countOtherNumbers(alignment: Alignment): number {
  const { tokens, weights, matched, window, equivalents } = alignment;
  const claimed = new Set(tokens.map((token) => token.term));
  const content = weights.flatMap((weight, i) => (weight >= CONTENT ? [i] : []));
  let found = 0;
  content.forEach((at, i) => {
    if ((matched[at] ?? 0) > 0 || tokens[at]?.kind !== "number") return;
    const left = occurrences(window, equivalents[content[i - 1] ?? -1]?.[0]?.term);
    const right = occurrences(window, equivalents[content[i + 1] ?? -1]?.[0]?.term);
    if (hasOtherNumber(left, right, claimed)) found++;
  });
  return found;
}

interface Place {
  sentence: IndexedSentence;
  position: number;
}

function occurrences(
  window: readonly IndexedSentence[],
  ...terms: readonly (string | undefined)[]
): Place[] {
  return window.flatMap((sentence) =>
    terms.flatMap((term) =>
      (sentence.positions.get(term ?? "") ?? []).map((position) => ({ sentence, position })),
    ),
  );
}

/** Beside either neighbour the text has a number the claim never says. */
function hasOtherNumber(left: Place[], right: Place[], claimed: ReadonlySet<string>): boolean {
  const isOther = ({ sentence, position }: Place, step: number): boolean =>
    [1, 2].some((distance) => {
      const token = sentence.tokens[position + step * distance];
      return token?.kind === "number" && !claimed.has(token.term);
    });
  return left.some((place) => isOther(place, 1)) || right.some((place) => isOther(place, -1));
}
