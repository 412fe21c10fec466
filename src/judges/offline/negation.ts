import type { Token } from "./tokens.ts";

const WORDS = new Set(
  "not no never none nobody nothing neither nor cannot without nt fail refus deni deny lack hardli unabl unlik instead avoid exclud prevent stop ceas".split(
    " ",
  ),
);
const HAN = new Set("不没未无非否");
/** Bigrams that begin with a negating character but do not negate. */
const HARMLESS = new Set(
  "不同 不断 不仅 不少 不过 不久 不但 不论 不管 不锈 未来 非常 非洲 无论 无数 无线 无人 无疑 没关 否则".split(
    " ",
  ),
);
/** Tokens after a negation that it still reaches. */
const REACH = 4;

export function isNegation({ term, kind, surface }: Token): boolean {
  if (kind === "han") return HAN.has(term.charAt(0)) && !HARMLESS.has(term);
  return kind === "word" && (WORDS.has(term) || surface.endsWith("n't"));
}

/** For each token: does a negation stand shortly before it? */
export function negatedPositions(tokens: readonly Token[]): boolean[] {
  let reach = 0;
  return tokens.map((token) => {
    const negated = reach > 0;
    reach = isNegation(token) ? REACH : reach - 1;
    return negated;
  });
}
