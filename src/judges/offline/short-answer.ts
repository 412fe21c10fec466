import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { negatedPositions } from "./negation.ts";
import { isStopTerm } from "./stop-words.ts";
import { backgroundWeight } from "./term-weight.ts";
import { hasMoreTokens, type Token, tokenize, tokenizeInSteps } from "./tokens.ts";

/** Tokens up to which a reference counts as a bare answer ("25 December 2010") and not as a text. */
const BARE_TOKENS = 12;
/** Aliases beyond this many are ignored; the longest lists of accepted answers have some hundred. */
const ALIAS_LIMIT = 200;
/** An answer of more is looked at in steps. */
const LONG_TOKENS = 20_000;

/** What is measured of an answer against the accepted short answers. The order is that of the weights. */
export const SHORT_ANSWER_FEATURES = [
  "coverage",
  "contiguous",
  "spelling",
  "precision",
  "answerInside",
  "otherNumber",
  "negated",
  "lead",
  "length",
  "onlyQuestionWords",
  "whole",
  "halfNumber",
  "halfName",
] as const;

/**
 * Accepted answers of a bare reference: itself and its parts between slashes, bars or semicolons ("comic book/comic");
 * null when the reference is a text of its own.
 */
export function splitAliases(reference: string): string[] | null {
  const parts = reference
    .split(/(?<!\d)[/|;；]|[/|;；](?!\d)/, ALIAS_LIMIT)
    .map((part) => part.trim());
  const aliases = parts.filter((part) => part !== "");
  if (aliases.length === 0 || aliases.some((alias) => hasMoreTokens(alias, BARE_TOKENS)))
    return null;
  if (aliases.length > 1 && !hasMoreTokens(reference, BARE_TOKENS)) aliases.push(reference);
  return aliases;
}

export interface PreparedAnswer {
  tokens: Token[];
  /** Positions of the telling tokens, grammar words left out. */
  content: number[];
  /** Position of a token → its place in `content`; −1: it is a grammar word. */
  contentAt: Int32Array;
  negated: boolean[];
  positions: Map<string, number[]>;
}

export function prepareAnswer(answer: string): PreparedAnswer {
  return runAtOnce(prepareInSteps(answer));
}

/** The same for an answer that may be megabytes long. */
export function* prepareInSteps(answer: string): Steps<PreparedAnswer> {
  const tokens = yield* tokenizeInSteps(answer);
  if (tokens.length > LONG_TOKENS) yield;
  const positions = new Map<string, number[]>();
  tokens.forEach(({ term }, i) => {
    const list = positions.get(term);
    if (list) list.push(i);
    else positions.set(term, [i]);
  });
  if (tokens.length > LONG_TOKENS) yield;
  const content = tokens.flatMap(({ term }, i) => (isStopTerm(term) ? [] : [i]));
  if (tokens.length > LONG_TOKENS) yield;
  const contentAt = new Int32Array(tokens.length).fill(-1);
  for (const [at, position] of content.entries()) contentAt[position] = at;
  if (tokens.length > LONG_TOKENS) yield;
  return { tokens, content, contentAt, negated: negatedPositions(tokens), positions };
}

/** Features of the accepted answer that fits best. */
export function measureShortAnswer(
  question: string,
  answer: PreparedAnswer,
  aliases: readonly string[],
): number[] {
  return runAtOnce(measureShortInSteps(question, answer, aliases));
}

/** The same for an answer that may be megabytes long. */
export function* measureShortInSteps(
  question: string,
  answer: PreparedAnswer,
  aliases: readonly string[],
): Steps<number[]> {
  const asked = new Set((yield* tokenizeInSteps(question)).map(({ term }) => term));
  const pool = yield* poolOf(asked, answer);
  let best: number[] = SHORT_ANSWER_FEATURES.map(() => 0);
  let bestKey = -1;
  for (const alias of aliases) {
    if (answer.tokens.length > LONG_TOKENS) yield;
    const features = measureAlias(asked, answer, pool, alias);
    const [coverage = 0, contiguous = 0, spelling = 0, precision = 0, inside = 0] = features;
    const key = coverage + contiguous + 0.5 * spelling + 0.3 * precision + 0.3 * inside;
    if (key > bestKey) [best, bestKey] = [features, key];
  }
  return best;
}

/** The telling words of the answer that are not the question's; all of them where there is none. */
interface Pool {
  fresh: readonly number[];
  size: number;
  has: (term: string) => boolean;
  /** Numbers the question does not give. */
  numbers: readonly string[];
}

function* poolOf(asked: ReadonlySet<string>, { tokens, content }: PreparedAnswer): Steps<Pool> {
  if (tokens.length > LONG_TOKENS) yield;
  const fresh = content.filter((at) => !asked.has(tokens[at]?.term ?? ""));
  const hasFresh = fresh.length > 0;
  if (tokens.length > LONG_TOKENS) yield;
  return {
    fresh,
    size: hasFresh ? fresh.length : content.length,
    has: (term) => !isStopTerm(term) && !(hasFresh && asked.has(term)),
    numbers: [
      ...new Set(
        tokens.flatMap(({ kind, term }) => (kind === "number" && !asked.has(term) ? [term] : [])),
      ),
    ],
  };
}

function measureAlias(
  asked: ReadonlySet<string>,
  answer: PreparedAnswer,
  pool: Pool,
  alias: string,
): number[] {
  const all = tokenize(alias);
  const telling = all.filter(({ term }) => !isStopTerm(term));
  const wanted = telling.length > 0 ? telling : all;
  const news = wanted.filter(({ term }) => !asked.has(term));
  const weights = wanted.map(
    (token) => backgroundWeight(token) * (asked.has(token.term) && news.length > 0 ? 0.4 : 1),
  );
  const places = wanted.map(({ term }) => answer.positions.get(term) ?? []);
  const found = places.map((list) => (list.length > 0 ? 1 : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const coverage = weights.reduce((sum, weight, i) => sum + weight * (found[i] ?? 0), 0) / total;
  const wantedTerms = new Set(wanted.map(({ term }) => term));
  let shared = 0;
  for (const term of wantedTerms) {
    if (pool.has(term)) shared += answer.positions.get(term)?.length ?? 0;
  }
  const hit = places.filter((list) => list.length > 0);
  const first = hit.reduce((least, [at = 0]) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const needsNumber = wanted.some(
    ({ kind, term }) => kind === "number" && !answer.positions.has(term),
  );
  const saysOther = needsNumber && pool.numbers.some((term) => !wantedTerms.has(term));
  return [
    coverage,
    isContiguous(wanted, answer) ? 1 : 0,
    coverage === 1 ? 1 : spellingLikeness(wanted, answer, pool.fresh),
    shared / Math.max(1, pool.size),
    // A short right answer may be part of a longer accepted one ("Madison" of "Madison, Wisconsin").
    pool.size > 0 && shared === pool.size ? 1 : 0,
    saysOther ? 1 : 0,
    hit.length > 0 && hit.every((list) => list.every((at) => answer.negated[at])) ? 1 : 0,
    hit.length === 0 ? 0 : 1 / (1 + first / 20),
    Math.log(1 + answer.tokens.length),
    news.length === 0 ? 1 : 0,
    coverage > 0.999 ? 1 : 0,
    // The right month of the wrong year; the right surname of the wrong person.
    saysOther && coverage > 0 ? 1 : 0,
    wanted.length > 1 &&
    coverage > 0 &&
    found[0] === 0 &&
    wanted[0]?.kind === "word" &&
    wanted[0].surface !== wanted[0].surface.toLowerCase()
      ? 1
      : 0,
  ];
}

/**
 * Do the wanted words stand one after another in the answer, grammar words aside? Looked for around the places of the
 * rarest of them.
 */
function isContiguous(
  wanted: readonly Token[],
  { tokens, content, contentAt, positions }: PreparedAnswer,
): boolean {
  const places = wanted.map(({ term }) => positions.get(term) ?? []);
  const rarest = places.reduce((least, list, i) => {
    return list.length < (places[least]?.length ?? 0) ? i : least;
  }, 0);
  return (places[rarest] ?? []).some((place) => {
    const at = contentAt[place] ?? -1;
    return at === -1
      ? wanted.length === 1
      : wanted.every(({ term }, i) => tokens[content[at - rarest + i] ?? -1]?.term === term);
  });
}

/** How alike in letters the wanted words and their nearest words of the answer are, 0..1: misspellings, other forms. */
function spellingLikeness(
  wanted: readonly Token[],
  answer: PreparedAnswer,
  fresh: readonly number[],
): number {
  const candidates = fresh.slice(0, 60).map((at) => bigramsOf(answer.tokens[at]?.surface ?? ""));
  const scores = wanted.map(({ term, surface, kind }) => {
    if (answer.positions.has(term)) return 1;
    if (kind !== "word") return 0;
    const own = bigramsOf(surface);
    return candidates.reduce((best, other) => Math.max(best, dice(own, other)), 0);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function bigramsOf(word: string): Set<string> {
  const lower = ` ${word.toLowerCase()} `;
  const bigrams = new Set<string>();
  for (let i = 0; i + 1 < Math.min(lower.length, 40); i++) bigrams.add(lower.slice(i, i + 2));
  return bigrams;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const item of a) if (b.has(item)) shared++;
  return (2 * shared) / (a.size + b.size);
}
