import background from "./background.json" with { type: "json" };
import { once } from "./once.ts";
import { isStopTerm } from "./stop-words.ts";
import type { Token } from "./tokens.ts";

/** Grammar words keep a trace of weight, so that a text made of them alone can still be compared. */
const STOP_WEIGHT = 0.03;

const readWords = once(() => weightsByRank(background.words.split(" ")));
const readHan = once(() => weightsByRank(background.han.split(" ")));

/**
 * How telling a term is in any text, 0..1: by the logarithm of its rank among common words (Zipf: frequency falls
 * with rank), 1 for a word that is not common. `background.json` is written by bench/judge/make-background.ts.
 */
export function backgroundWeight(token: Pick<Token, "term" | "kind">): number {
  if (token.kind === "number") return 1;
  if (isStopTerm(token.term)) return STOP_WEIGHT;
  return (token.kind === "han" ? readHan() : readWords()).get(token.term) ?? 1;
}

function weightsByRank(terms: readonly string[]): ReadonlyMap<string, number> {
  const top = Math.log(terms.length + 20);
  return new Map(terms.map((term, rank) => [term, Math.log(rank + 20) / top]));
}
