import type { CutText } from "../../scoring/sample.ts";
import { type PreparedPassage, preparePassages } from "./passage-terms.ts";
import { backgroundWeight } from "./term-weight.ts";
import type { TextIndex } from "./text-index.ts";
import { type Token, tokenize } from "./tokens.ts";

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

/** Features of every passage, in rank order; `index` holds the same passages. Linear in the length of the passages for a bounded number of them. */
export function measurePassages(
  question: string,
  passages: readonly CutText[],
  index: TextIndex,
  reference: string | null,
): number[][] {
  const prepared = preparePassages(passages, index);
  const asked = queryOf(question, prepared);
  const wanted = reference === null ? null : queryOf(reference, prepared, asked);
  const questionShares = prepared.map(({ terms }) => share(asked, terms));
  const referenceShares = prepared.map(({ terms }) => (wanted ? share(wanted, terms) : 0));
  const best = Math.max(1e-9, ...questionShares);
  const top = prepared[questionShares.indexOf(best)];
  const rest = complementOf(asked, top);
  const heads = prepared.map(({ head }) => headShare(head, asked));
  const strength = questionShares.map((value, i) => (value / best) * (0.5 + 0.5 * (heads[i] ?? 0)));
  return prepared.map((passage, i) => {
    const mentioned = strongest(
      prepared,
      i,
      (other, j) => (strength[j] ?? 0) * mention(other, passage.head),
    );
    const mentions = strongest(
      prepared,
      i,
      (other, j) => (strength[j] ?? 0) * mention(passage, other.head),
    );
    const referenceNear = strongest(
      prepared,
      i,
      (other, j) =>
        (referenceShares[j] ?? 0) *
        Math.max(mention(other, passage.head), mention(passage, other.head)),
    );
    return [
      questionShares[i] ?? 0,
      (questionShares[i] ?? 0) / best,
      passage.sentences.reduce((most, terms) => Math.max(most, share(asked, terms)), 0),
      sharePairs(asked, passage),
      heads[i] ?? 0,
      (heads[i] ?? 0) > 0.99 && passage.head.length > 1 ? 1 : 0,
      mentioned,
      mentions,
      passage === top ? 0 : share(rest, passage.terms) * Math.max(mentioned, mentions),
      referenceShares[i] ?? 0,
      wanted && (referenceShares[i] ?? 0) > 0.99 ? 1 : 0,
      referenceNear,
      wanted ? 1 : 0,
    ];
  });
}

function queryOf(text: string, passages: readonly PreparedPassage[], known?: Query): Query {
  const seen = new Set<string>();
  const tokens = tokenize(text).filter(
    ({ term }) => !seen.has(term) && seen.add(term) && !isAsking(term),
  );
  const asked = new Set(known?.tokens.map(({ term }) => term));
  const n = passages.length;
  const weights = tokens.map((token) => {
    const df = passages.filter(({ terms }) => terms.has(token.term)).length;
    const local = Math.log(1 + (n - df + 0.5) / (df + 0.5)) / Math.log(2 + 2 * n);
    return backgroundWeight(token) * (0.4 + 0.6 * local) * (asked.has(token.term) ? 0.3 : 1);
  });
  return { tokens, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

const ASKING = new Set(
  "what which who whom whose when where why how did do doe wa were is are the 什么 多少 哪个 哪一 哪些 哪里 哪儿 谁 何时 几 为什 如何 怎么 怎样 是谁 是什 一年 一个 一位".split(
    " ",
  ),
);

function isAsking(term: string): boolean {
  return ASKING.has(term);
}

function share({ tokens, weights, total }: Query, terms: { has(term: string): boolean }): number {
  let found = 0;
  tokens.forEach(({ term }, i) => {
    if (terms.has(term)) found += weights[i] ?? 0;
  });
  return total === 0 ? 0 : found / total;
}

/** The part of the question the best passage leaves open. */
function complementOf({ tokens, weights }: Query, top: PreparedPassage | undefined): Query {
  const open = weights.map((weight, i) => (top?.terms.has(tokens[i]?.term ?? "") ? 0 : weight));
  return { tokens, weights: open, total: open.reduce((sum, weight) => sum + weight, 0) };
}

function headShare(head: readonly string[], { tokens }: Query): number {
  if (head.length === 0) return 0;
  const asked = new Set(tokens.map(({ term }) => term));
  return head.filter((term) => asked.has(term)).length / head.length;
}

/** Does the passage name another one's heading? 1: all its words close together. */
function mention({ terms }: PreparedPassage, head: readonly string[]): number {
  const [first, ...others] = head;
  if (first === undefined) return 0;
  const starts = terms.get(first);
  if (starts.length === 0) return 0;
  if (others.length === 0) return 0.6;
  const near = starts.some((start) =>
    others.every((term, i) => terms.get(term).some((at) => at > start && at - start <= i + 3)),
  );
  return near ? 1 : 0;
}

function strongest(
  passages: readonly PreparedPassage[],
  self: number,
  measure: (other: PreparedPassage, j: number) => number,
): number {
  let most = 0;
  passages.forEach((other, j) => {
    if (j !== self) most = Math.max(most, measure(other, j));
  });
  return most;
}

/** Of neighbouring telling words of the question, the share that neighbour in the passage. */
function sharePairs({ tokens, weights }: Query, { terms }: PreparedPassage): number {
  const content = tokens.filter((_, i) => (weights[i] ?? 0) >= CONTENT * 0.5);
  if (content.length < 2) return 0;
  let kept = 0;
  for (let i = 0; i + 1 < content.length; i++) {
    const from = terms.get(content[i]?.term ?? "");
    const to = terms.get(content[i + 1]?.term ?? "");
    if (from.some((a) => to.some((b) => b > a && b - a <= 3))) kept++;
  }
  return kept / (content.length - 1);
}
