import type { CutText } from "../../../scoring/sample.ts";
import { isAbstention } from "../../offline/abstention.ts";
import { isCheckable } from "../../offline/checkable.ts";
import { backgroundWeight } from "../../offline/term-weight.ts";
import { tokenize } from "../../offline/tokens.ts";
import { sentenceText } from "../questions/split-text.ts";

/** Share of the stating sentences that may stay without claims before the split is looked at again. */
const LEFT_OUT_LIMIT = 0.2;
/** Words that say something, from which on a sentence without a number is taken for a statement. */
const TELLING_WORDS = 3;
const TELLING = 0.3;

/** The sentences that state something by our own reading. */
export function findStating(text: CutText): number[] {
  return [...text.sentences.keys()].filter((index) => states(sentenceText(text, index)));
}

/**
 * The stating sentences a judge made no claims of, when they are too many to be a matter of taste. A text that talks
 * the judge out of listing its claims would otherwise be without fault.
 */
export function findLeftOut(
  stating: readonly number[],
  hasClaims: (sentence: number) => boolean,
): number[] {
  const leftOut = stating.filter((index) => !hasClaims(index));
  return leftOut.length > stating.length * LEFT_OUT_LIMIT ? leftOut : [];
}

/** Questions, headings, lead-ins, courtesy and refusals state nothing. */
function states(sentence: string): boolean {
  if (/^#|[:：]$/.test(sentence) || !isCheckable(sentence) || isAbstention(sentence)) return false;
  const tokens = tokenize(sentence);
  const telling = tokens.filter((token) => backgroundWeight(token) >= TELLING);
  return telling.length >= TELLING_WORDS || (telling.length > 0 && /\d/.test(sentence));
}
