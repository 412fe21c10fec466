import { stemmer } from "stemmer";
import { once } from "./once.ts";
import { implies } from "./quantity.ts";
import type { Token } from "./tokens.ts";

/** What stands before the end of a span: "open from 9 am to 9 pm", 九点至二十一点. */
const LEADS_TO_END = once(() => new Set("to until till through 到 至".split(" ").map(stemmer)));
const ENDS = once(() => new Set("end finish close stop".split(" ").map(stemmer)));

/**
 * What is open "from 9 am to 9 pm" "closes at 9 pm": the end of a span is no opposite of what goes on until then. Words
 * that exclude each other elsewhere do not where one side gives the span and the other its end.
 */
export function isEndOfSpan(
  word: { term: string; tokens: readonly Token[] },
  opposite: { term: string; tokens: readonly Token[] },
): boolean {
  const ends = ENDS();
  if (ends.has(word.term) === ends.has(opposite.term)) return false;
  const [end, span] = ends.has(word.term) ? [word, opposite] : [opposite, word];
  return span.tokens.some(({ quantity }, i) => {
    const isEnd = quantity && LEADS_TO_END().has(span.tokens[i - 1]?.term ?? "");
    return isEnd && end.tokens.some((token) => token.quantity && implies(quantity, token.quantity));
  });
}
