import { runAtOnce, type Steps } from "../steps.ts";
import { hasCjk, spaceCjk } from "./cjk.ts";
import { countSharedGrams } from "./shared-grams.ts";

const ORDER = 4;
/** A longer text is cut into tokens in pieces of about this length. */
const LONG_CHARACTERS = 100_000;

/**
 * BLEU of two whole texts as one segment: brevity penalty × geometric mean of the precisions of 1- to 4-grams,
 * sacrebleu's defaults (13a tokens, case kept, exponential smoothing, no effective order), each character of an
 * unspaced script a token. Range 0..1, higher is better; 0 for an empty side or fewer than four tokens.
 * `compat: ragas` scores the answer's first sentence alone against all sentences of the reference as alternatives
 * and leaves Chinese unsegmented, which is what Ragas' `bleu_score` does.
 */
export function bleu(response: string, reference: string, compat: "ragas" | null = null): number {
  return runAtOnce(bleuInSteps(response, reference, compat));
}

/** The same for texts that may be long. */
export function* bleuInSteps(
  response: string,
  reference: string,
  compat: "ragas" | null,
): Steps<number> {
  if (compat === "ragas") {
    const [first = ""] = response.split(". ");
    const references: string[][] = [];
    for (const sentence of reference.split(". ")) references.push(yield* tokens13a(sentence));
    return yield* scoreSegment(yield* tokens13a(first), references);
  }
  const isChinese = hasCjk(response) || hasCjk(reference);
  const spaced = (text: string) => (isChinese ? spaceMarks(spaceCjk(text)) : text);
  const hypothesis = yield* tokens13a(spaced(response));
  return yield* scoreSegment(hypothesis, [yield* tokens13a(spaced(reference))]);
}

/** As sacrebleu's Chinese tokeniser does: quotation marks, dashes and dots beside Chinese are tokens of their own. */
function spaceMarks(text: string): string {
  return text.replace(/[\u2001-\u2a6d]/g, " $& ");
}

function* scoreSegment(
  hypothesis: readonly string[],
  references: readonly string[][],
): Steps<number> {
  if (hypothesis.length < ORDER) return 0;
  const shared = yield* countSharedGrams(hypothesis, references, ORDER);
  const precisions: number[] = [];
  let smoothing = 1;
  let hasMatch = false;
  for (let order = 1; order <= ORDER; order++) {
    const total = hypothesis.length - order + 1;
    const matches = shared[order - 1] ?? 0;
    if (matches === 0) smoothing *= 2;
    else hasMatch = true;
    precisions.push(matches === 0 ? 1 / (smoothing * total) : matches / total);
  }
  if (!hasMatch) return 0;
  const logMean = precisions.reduce((sum, value) => sum + Math.log(value), 0) / ORDER;
  const length = closestLength(hypothesis.length, references);
  const brevity = hypothesis.length < length ? Math.exp(1 - length / hypothesis.length) : 1;
  return Math.min(1, brevity * Math.exp(logMean));
}

/** Length of the reference nearest in length; the shorter one of two equally near. */
function closestLength(length: number, references: readonly string[][]): number {
  let best = references[0]?.length ?? 0;
  for (const { length: other } of references) {
    const isNearer = Math.abs(other - length) < Math.abs(best - length);
    const isShorter = Math.abs(other - length) === Math.abs(best - length) && other < best;
    if (isNearer || isShorter) best = other;
  }
  return best;
}

/** Blanks and punctuation that is a token whatever stands beside it: a long line can be cut before it. */
const ALWAYS_APART = /[{-~[-` -&(-+:-@/]/g;

/** What mteval-v13a sets apart, in its order: punctuation, except in numbers and inside words. */
const APART: readonly (readonly [RegExp, string])[] = [
  [ALWAYS_APART, " $& "],
  [/([^0-9])([.,])/g, "$1 $2 "],
  [/([.,])([^0-9])/g, " $1 $2"],
  [/([0-9])(-)/g, "$1 $2 "],
];

/** Tokens as mteval-v13a cuts them. */
function* tokens13a(text: string): Steps<string[]> {
  let line = text.trimEnd().replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
  if (line.includes("&")) {
    line = line
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
  }
  const tokens: string[] = [];
  for (let from = 0; from < line.length; ) {
    ALWAYS_APART.lastIndex = from + LONG_CHARACTERS;
    const to = ALWAYS_APART.exec(line)?.index ?? line.length;
    let piece = ` ${line.slice(from, to)} `;
    for (const [pattern, apart] of APART) piece = piece.replace(pattern, apart);
    for (const token of piece.split(/\s+/)) if (token !== "") tokens.push(token);
    from = to;
    if (from < line.length) yield;
  }
  return tokens;
}
