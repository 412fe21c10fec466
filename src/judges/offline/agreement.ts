import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { isNegation, negatedPositions } from "./negation.ts";
import { isStopTerm } from "./stop-words.ts";
import { backgroundWeight } from "./term-weight.ts";
import { type Token, tokenizeInSteps } from "./tokens.ts";

/** What is measured of an answer against a reference text. The order is that of the weights. */
export const AGREEMENT_FEATURES = [
  "recall",
  "precision",
  "freshRecall",
  "freshPrecision",
  "pairRecall",
  "pairPrecision",
  "bothDeny",
  "oneDenies",
  "numbersFound",
  "numbersMissing",
  "rarestFound",
  "length",
  "refuses",
] as const;

interface Side {
  tokens: Token[];
  terms: Map<string, Token>;
  pairs: Set<string>;
  denies: boolean;
}

/** Words already in the question agree by themselves; they count this much. */
const ASKED_WEIGHT = 0.25;
const REFUSAL =
  /作为(?:一个|一种)?(?:人工智能|ai|语言模型)|我是(?:一个|一种)?(?:人工智能|ai|语言模型)|as an ai|language model/iu;

/** Features of an answer against a reference that is a text of its own. Linear. */
export function measureAgreement(question: string, answer: string, reference: string): number[] {
  return runAtOnce(measureAgreementInSteps(question, answer, reference));
}

/** The same for texts that may be megabytes long. */
export function* measureAgreementInSteps(
  question: string,
  answer: string,
  reference: string,
): Steps<number[]> {
  const asked = new Set((yield* tokenizeInSteps(question)).map(({ term }) => term));
  const given = yield* sideOf(answer);
  const wanted = yield* sideOf(reference);
  const weigh = (token: Token) =>
    backgroundWeight(token) * (asked.has(token.term) ? ASKED_WEIGHT : 1);
  const weighFresh = (token: Token) => (asked.has(token.term) ? 0 : backgroundWeight(token));
  const numbers = [...wanted.terms.values()].filter(
    ({ kind, term }) => kind === "number" && !asked.has(term),
  );
  const found = numbers.filter(({ term }) => given.terms.has(term)).length;
  const telling = [...wanted.terms.values()].filter((token) => weighFresh(token) >= 0.95);
  return [
    share(wanted, given, weigh),
    share(given, wanted, weigh),
    share(wanted, given, weighFresh),
    share(given, wanted, weighFresh),
    sharePairs(wanted, given),
    sharePairs(given, wanted),
    given.denies && wanted.denies ? 1 : 0,
    given.denies !== wanted.denies ? 1 : 0,
    numbers.length === 0 ? 0 : found / numbers.length,
    numbers.length === 0 ? 0 : 1 - found / numbers.length,
    telling.length === 0
      ? 0
      : telling.filter(({ term }) => given.terms.has(term)).length / telling.length,
    Math.log(1 + given.tokens.length),
    REFUSAL.test(answer) === REFUSAL.test(reference) ? 0 : 1,
  ];
}

/** Tokens of a text above which it is looked at in steps. */
const LONG_TOKENS = 20_000;

function* sideOf(text: string): Steps<Side> {
  const tokens = yield* tokenizeInSteps(text);
  if (tokens.length > LONG_TOKENS) yield;
  const content = tokens.filter(({ term }) => !isStopTerm(term));
  if (tokens.length > LONG_TOKENS) yield;
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < content.length; i++)
    pairs.add(`${content[i]?.term} ${content[i + 1]?.term}`);
  if (tokens.length > LONG_TOKENS) yield;
  const terms = new Map(content.map((token) => [token.term, token]));
  if (tokens.length > LONG_TOKENS) yield;
  return {
    tokens,
    terms,
    pairs,
    denies: tokens.some(isNegation) || negatedPositions(tokens).includes(true),
  };
}

function share(of: Side, within: Side, weigh: (token: Token) => number): number {
  let total = 0;
  let found = 0;
  for (const token of of.terms.values()) {
    const weight = weigh(token);
    total += weight;
    if (within.terms.has(token.term)) found += weight;
  }
  return total === 0 ? 0 : found / total;
}

function sharePairs(of: Side, within: Side): number {
  if (of.pairs.size === 0) return 0;
  let found = 0;
  for (const pair of of.pairs) if (within.pairs.has(pair)) found++;
  return found / of.pairs.size;
}
