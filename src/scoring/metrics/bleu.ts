import { runAtOnce, type Steps } from "../steps.ts";
import { hasCjk, spaceCjk } from "./cjk.ts";
import { countSharedGrams } from "./shared-grams.ts";

const ORDER = 4;
/** After cutting a longer text into tokens others are let in. */
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
    return yield* scoreSegment(tokens13a(first), reference.split(". ").map(tokens13a));
  }
  const isChinese = hasCjk(response) || hasCjk(reference);
  const tokens = (text: string) => tokens13a(isChinese ? spaceMarks(spaceCjk(text)) : text);
  const hypothesis = tokens(response);
  if (response.length > LONG_CHARACTERS) yield;
  const target = tokens(reference);
  if (reference.length > LONG_CHARACTERS) yield;
  return yield* scoreSegment(hypothesis, [target]);
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

/** Tokens as mteval-v13a cuts them: punctuation apart, except in numbers and inside words. */
function tokens13a(text: string): string[] {
  let line = text.trimEnd().replaceAll("<skipped>", "").replaceAll("-\n", "").replaceAll("\n", " ");
  if (line.includes("&")) {
    line = line
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">");
  }
  return ` ${line} `
    .replace(/([{-~[-` -&(-+:-@/])/g, " $1 ")
    .replace(/([^0-9])([.,])/g, "$1 $2 ")
    .replace(/([.,])([^0-9])/g, " $1 $2")
    .replace(/([0-9])(-)/g, "$1 $2 ")
    .split(/\s+/)
    .filter((token) => token !== "");
}
