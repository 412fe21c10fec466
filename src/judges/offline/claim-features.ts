import type { Alignment } from "./align.ts";
import type { ComparedClause } from "./compare-claim.ts";
import { findConflicts } from "./conflicts.ts";
import type { DifferenceKind } from "./lay-side-by-side.ts";
import { isNegation } from "./negation.ts";

/** What is measured of a claim laid beside the texts. The order is the order of the weights in `weights.json`. */
export const CLAIM_FEATURES = [
  "coverageSentence",
  "coverageWindow",
  "coverageJoint",
  "coverageAnywhere",
  "coveragePlain",
  "pairs",
  "longestRun",
  "missingWeight",
  "missingAnywhere",
  "rarestMissing",
  "missingNumbers",
  "missingNames",
  "negation",
  "antonym",
  "otherNumber",
  "negates",
  "asks",
  "length",
  "overlap",
  "overlapPairs",
  "likeness",
  "weakestLikeness",
  "mutual",
  "differsNumber",
  "differsPolarity",
  "differsName",
  "differsRole",
  "differsStrength",
] as const;

const CONTENT = 0.3;

/** One number a feature, in the order of CLAIM_FEATURES; all finite, most in 0..1. */
export function measureClaim(
  claim: string,
  alignment: Alignment,
  compared: readonly ComparedClause[],
): number[] {
  const { tokens, weights, matchedJoint: matched, equivalents, coverage } = alignment;
  const isBalanced = compared.some(({ differences }) =>
    differences.some(({ kind }) => kind === "balance"),
  );
  // Counted word by word, what is turned twice would look like two conflicts.
  const conflicts = isBalanced
    ? { negation: 0, antonym: 0, number: findConflicts(alignment).number }
    : findConflicts(alignment);
  let missing = 0;
  let missingAnywhere = 0;
  let rarest = 0;
  let numbers = 0;
  let names = 0;
  let content = 0;
  let negates = 0;
  tokens.forEach((token, i) => {
    const weight = weights[i] ?? 0;
    const lack = 1 - (matched[i] ?? 0);
    // Overlapping bigrams count each character twice.
    const part = token.kind === "han" ? 0.5 : 1;
    if (weight >= CONTENT) content += part;
    if (isNegation(token) && lack > 0.5) negates = 1;
    if (weight < CONTENT) return;
    missing += weight * lack * part;
    missingAnywhere += weight * (1 - (equivalents[i]?.[0]?.likeness ?? 0)) * part;
    rarest = Math.max(rarest, weight * lack);
    if (lack > 0.5 && token.kind === "number") numbers++;
    if (lack > 0.5 && token.isName) names++;
  });
  return [
    coverage.sentence,
    coverage.window,
    coverage.joint,
    coverage.anywhere,
    sharePlain(alignment),
    sharePairs(alignment),
    longestRun(alignment),
    saturate(missing),
    saturate(missingAnywhere),
    rarest,
    saturate(numbers),
    saturate(names),
    conflicts.negation,
    Math.min(1, conflicts.antonym),
    saturate(conflicts.number),
    negates,
    /[?？]\s*$/.test(claim.slice(-20)) ? 1 : 0,
    Math.log(1 + content),
    shareAnywhere(alignment),
    sharePairsAnywhere(alignment),
    ...measureComparison(compared),
  ];
}

/** How like the claim's clauses are to their sentences, and where they differ: a difference counts by that likeness. */
function measureComparison(clauses: readonly ComparedClause[]): number[] {
  const mean = (value: (clause: ComparedClause) => number) =>
    clauses.reduce((sum, clause) => sum + clause.weight * value(clause), 0);
  const strongest = (...kinds: readonly DifferenceKind[]) =>
    clauses.reduce(
      (most, { likeness, differences }) =>
        differences.some(({ kind }) => kinds.includes(kind)) ? Math.max(most, likeness ** 2) : most,
      0,
    );
  return [
    mean(({ likeness }) => likeness),
    clauses.reduce((least, { likeness }) => Math.min(least, likeness), 1),
    mean(({ mutual }) => mutual),
    strongest("number"),
    strongest("polarity", "denial"),
    strongest("name"),
    strongest("swap", "binding"),
    strongest("quantifier", "hedge"),
  ];
}

/** Counts level off: the third missing word says less than the first. */
function saturate(count: number): number {
  return count / (1 + count);
}

/** Of the neighbouring content words of the claim, the share that also neighbour in the text, in this order. */
function sharePairs({ weights, equivalents, matched, window }: Alignment): number {
  const content = weights.flatMap((weight, i) => (weight >= CONTENT ? [i] : []));
  // A single word has no neighbour to stand beside: it is there or not.
  if (content.length < 2) return matched[content[0] ?? -1] ?? 0;
  let kept = 0;
  for (let i = 0; i + 1 < content.length; i++) {
    const first = equivalents[content[i] ?? 0]?.[0]?.term ?? "";
    const second = equivalents[content[i + 1] ?? 0]?.[0]?.term ?? "";
    const near = window.some(({ positions }) => {
      const from = positions.get(first) ?? [];
      const to = positions.get(second) ?? [];
      return from.some((a) => to.some((b) => b > a && b - a <= 4));
    });
    if (near) kept++;
  }
  return kept / (content.length - 1);
}

/** Plain overlap: the share of all different words, grammar words too, that stand anywhere in the texts. */
function shareAnywhere({ tokens, equivalents }: Alignment): number {
  const words = new Map(tokens.map(({ term }, i) => [term, equivalents[i]?.[0]?.likeness === 1]));
  let found = 0;
  for (const isFound of words.values()) if (isFound) found++;
  return found / Math.max(1, words.size);
}

/** The same of neighbouring words, in the sentences looked at closely. */
function sharePairsAnywhere({ tokens, candidates }: Alignment): number {
  if (tokens.length < 2) return 0;
  let kept = 0;
  for (let i = 0; i + 1 < tokens.length; i++) {
    const first = tokens[i]?.term ?? "";
    const second = tokens[i + 1]?.term ?? "";
    const isKept = candidates.some(({ positions, tokens: source }) =>
      (positions.get(first) ?? []).some((at) => source[at + 1]?.term === second),
    );
    if (isKept) kept++;
  }
  return kept / (tokens.length - 1);
}

/** Share of all tokens, grammar words too, found in the window. */
function sharePlain({ matched }: Alignment): number {
  return matched.filter((likeness) => likeness > 0).length / matched.length;
}

/** Longest run of neighbouring tokens that neighbour in the text too, as a share of the claim. */
function longestRun({ tokens, equivalents, window }: Alignment): number {
  let longest = 0;
  let run = 0;
  for (let i = 0; i < tokens.length; i++) {
    const here = equivalents[i]?.[0]?.term ?? "";
    const before = equivalents[i - 1]?.[0]?.term ?? "";
    const follows = window.some(({ positions }) => {
      const from = positions.get(before) ?? [];
      return (positions.get(here) ?? []).some((b) => from.some((a) => b > a && b - a <= 2));
    });
    const found = window.some(({ positions }) => positions.has(here));
    run = follows ? run + 1 : found ? 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest / Math.max(1, tokens.length);
}
