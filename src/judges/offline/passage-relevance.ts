import type { CutText } from "../../scoring/sample.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { fold } from "./fold.ts";
import { type PassageTerms, type Places, readPassageTerms } from "./passage-terms.ts";
import { backgroundWeight } from "./term-weight.ts";
import type { TextIndex } from "./text-index.ts";
import { type Token, tokenizeInSteps } from "./tokens.ts";

/** What is measured of a passage against the question and the reference. The order is that of the weights. */
export const PASSAGE_FEATURES = [
  "question",
  "questionRelative",
  "sentence",
  "pairs",
  "head",
  "headNamed",
  "mentioned",
  "mentions",
  "hop",
  "complement",
  "reference",
  "referenceWhole",
  "referenceNear",
  "hasReference",
] as const;

const CONTENT = 0.3;

interface Query {
  tokens: Token[];
  weights: number[];
  total: number;
}

/** Features of every passage, in rank order; `index` holds the same passages. Linear in all texts for a bounded number of passages. */
export function measurePassages(
  question: string,
  passages: readonly CutText[],
  index: TextIndex,
  reference: string | null,
): number[][] {
  return runAtOnce(measurePassagesInSteps(question, passages, index, reference));
}

/** The same for texts that may be megabytes long. */
export function* measurePassagesInSteps(
  question: string,
  passages: readonly CutText[],
  index: TextIndex,
  reference: string | null,
): Steps<number[][]> {
  const n = passages.length;
  const passageTerms = readPassageTerms(passages, index);
  const { heads } = passageTerms;
  const asked = yield* queryOf(withoutAsking(question), passageTerms, n);
  const askedTerms = new Set(asked.tokens.map(({ term }) => term));
  const wanted = reference === null ? null : yield* queryOf(reference, passageTerms, n, askedTerms);
  const questionShares = yield* sharesOf(asked, passageTerms, n);
  const referenceShares = wanted ? yield* sharesOf(wanted, passageTerms, n) : heads.map(() => 0);
  const best = Math.max(1e-9, ...questionShares);
  const top = questionShares.indexOf(best);
  const restShares = yield* sharesOf(complementOf(asked, passageTerms, top), passageTerms, n);
  const sentenceShares = yield* bestSentences(asked, index, n);
  const pairs = yield* sharePairs(asked, passageTerms, n);
  const headShares = heads.map((head) => headShare(head, askedTerms));
  const strength = questionShares.map(
    (value, i) => (value / best) * (0.5 + 0.5 * (headShares[i] ?? 0)),
  );
  const names = yield* namesOf(passageTerms);
  /** Does passage `i` name the heading of passage `j`? */
  const name = (i: number, j: number) => names[i]?.[j] ?? 0;
  const strongest = (self: number, measure: (other: number) => number): number =>
    heads.reduce((most, _, j) => (j === self ? most : Math.max(most, measure(j))), 0);
  return heads.map((head, i) => {
    const mentioned = strongest(i, (j) => (strength[j] ?? 0) * name(j, i));
    const mentions = strongest(i, (j) => (strength[j] ?? 0) * name(i, j));
    return [
      questionShares[i] ?? 0,
      (questionShares[i] ?? 0) / best,
      sentenceShares[i] ?? 0,
      pairs[i] ?? 0,
      headShares[i] ?? 0,
      (headShares[i] ?? 0) > 0.99 && head.length > 1 ? 1 : 0,
      mentioned,
      mentions,
      i !== top && (names[top]?.[i] ?? 0) === 1 && (headShares[i] ?? 0) < 0.5 ? 1 : 0,
      i === top ? 0 : (restShares[i] ?? 0) * Math.max(mentioned, mentions),
      referenceShares[i] ?? 0,
      wanted && (referenceShares[i] ?? 0) > 0.99 ? 1 : 0,
      strongest(i, (j) => (referenceShares[j] ?? 0) * Math.max(name(j, i), name(i, j))),
      wanted ? 1 : 0,
    ];
  });
}

/** Terms looked up between two rests. */
const TERMS_AT_ONCE = 20_000;

function* queryOf(
  text: string,
  { placesOf }: PassageTerms,
  n: number,
  known: ReadonlySet<string> = new Set(),
): Steps<Query> {
  const seen = new Set<string>();
  const tokens = (yield* tokenizeInSteps(text)).filter(
    ({ term }) => !seen.has(term) && seen.add(term) && !isAsking(term),
  );
  const weights: number[] = [];
  for (const token of tokens) {
    const df = placesOf(token.term).size;
    const local = Math.log(1 + (n - df + 0.5) / (df + 0.5)) / Math.log(2 + 2 * n);
    weights.push(backgroundWeight(token) * (0.4 + 0.6 * local) * (known.has(token.term) ? 0.3 : 1));
    if (weights.length % TERMS_AT_ONCE === 0) yield;
  }
  return { tokens, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

const ASKING = new Set(
  "what which who whom whose when where why how did do doe wa were is are the 一年 一个 一位".split(
    " ",
  ),
);

/** Cut out before the text is read, because the pairs across their borders ("有什", "么特") would weigh like rare words. */
const ASKING_HAN =
  /(?:请问|[是有用在从由为叫因])?(?:什么样?|哪[一几]?[些个种位里儿年天家座部国类]?|多少|(?<![十百千数好])几(?=[个年月天日岁位名种次人条家])|谁|何[时处人种地]|怎么样?|怎样|如何|为何|是否|有没有)的?|[吗呢么](?=[?？\s]*$)/gu;

function withoutAsking(question: string): string {
  return fold(question).replace(ASKING_HAN, " ");
}

function isAsking(term: string): boolean {
  return ASKING.has(term);
}

/** Weighted share of the query each passage holds. */
function* sharesOf(
  { tokens, weights, total }: Query,
  { placesOf }: PassageTerms,
  n: number,
): Steps<number[]> {
  const found = new Array<number>(n).fill(0);
  for (const [i, { term }] of tokens.entries()) {
    for (const passage of placesOf(term).keys()) {
      found[passage] = (found[passage] ?? 0) + (weights[i] ?? 0);
    }
    if (i > 0 && i % TERMS_AT_ONCE === 0) yield;
  }
  return found.map((weight) => (total === 0 ? 0 : weight / total));
}

/** The same of the best sentence of each passage. */
function* bestSentences(
  { tokens, weights, total }: Query,
  { postings, sentences }: TextIndex,
  n: number,
): Steps<number[]> {
  const found = new Float64Array(sentences.length);
  for (const [i, { term }] of tokens.entries()) {
    for (const at of postings.get(term) ?? []) found[at] = (found[at] ?? 0) + (weights[i] ?? 0);
    if (i > 0 && i % TERMS_AT_ONCE === 0) yield;
  }
  const best = new Array<number>(n).fill(0);
  for (const [at, { passage }] of sentences.entries()) {
    const share = total === 0 ? 0 : (found[at] ?? 0) / total;
    best[passage] = Math.max(best[passage] ?? 0, share);
  }
  return best;
}

/** The part of the question the best passage leaves open. */
function complementOf({ tokens, weights }: Query, { placesOf }: PassageTerms, top: number): Query {
  const open = weights.map((weight, i) => (placesOf(tokens[i]?.term ?? "").has(top) ? 0 : weight));
  return { tokens, weights: open, total: open.reduce((sum, weight) => sum + weight, 0) };
}

function headShare(head: readonly string[], asked: ReadonlySet<string>): number {
  if (head.length === 0) return 0;
  return head.filter((term) => asked.has(term)).length / head.length;
}

/** For each passage, how plainly it names the heading of each other one. */
function* namesOf({ placesOf, heads }: PassageTerms): Steps<number[][]> {
  const names: number[][] = heads.map(() => []);
  for (const [j, head] of heads.entries()) {
    const places = head.map(placesOf);
    for (const [i, row] of names.entries()) row[j] = i === j ? 0 : nameOf(places, i);
    if (j > 0 && j % HEADS_AT_ONCE === 0) yield;
  }
  return names;
}

const HEADS_AT_ONCE = 20;

/** 1: all words of the heading stand close together in the passage. */
function nameOf(head: readonly Places[], passage: number): number {
  const [first, ...others] = head;
  const starts = first?.get(passage) ?? [];
  if (starts.length === 0) return 0;
  if (others.length === 0) return 0.6;
  const near = starts.some((start) =>
    others.every((places, i) =>
      places.get(passage)?.some((at) => at > start && at - start <= i + 3),
    ),
  );
  return near ? 1 : 0;
}

/** Of neighbouring telling words of the question, the share that neighbour in each passage. */
function* sharePairs(
  { tokens, weights }: Query,
  { placesOf }: PassageTerms,
  n: number,
): Steps<number[]> {
  const content = tokens.filter((_, i) => (weights[i] ?? 0) >= CONTENT * 0.5);
  const kept = new Array<number>(n).fill(0);
  if (content.length < 2) return kept;
  for (let i = 0; i + 1 < content.length; i++) {
    const second = placesOf(content[i + 1]?.term ?? "");
    for (const [passage, from] of placesOf(content[i]?.term ?? "")) {
      const to = second.get(passage) ?? [];
      if (from.some((a) => to.some((b) => b > a && b - a <= 3))) {
        kept[passage] = (kept[passage] ?? 0) + 1;
      }
    }
    if (i > 0 && i % TERMS_AT_ONCE === 0) yield;
  }
  return kept.map((pairs) => pairs / (content.length - 1));
}
