import { type Equivalent, findEquivalents } from "./equivalents.ts";
import { type IndexedSentence, type TextIndex, weigh } from "./text-index.ts";
import type { Token } from "./tokens.ts";

/** A claim laid beside the stretch of text that covers it best. */
export interface Alignment {
  tokens: readonly Token[];
  /** Weight of each token, 0..1. */
  weights: number[];
  equivalents: Equivalent[][];
  /** The stretch: neighbouring sentences of one passage. */
  window: IndexedSentence[];
  /** For each token, likeness 0..1 of its best equivalent in the window. */
  matched: number[];
  /** Weighted share of the tokens found, 0..1: in the best single sentence, the window, up to three windows, anywhere. */
  coverage: { sentence: number; window: number; joint: number; anywhere: number };
  /** Sentences of the joint coverage, the window first. */
  joint: IndexedSentence[];
  /** As `matched`, in the joint sentences. */
  matchedJoint: number[];
  /** Windows of other passages that cover the claim about as well. */
  also: IndexedSentence[][];
  /** All sentences that were looked at closely, the likeliest first. */
  candidates: IndexedSentence[];
}

/** Sentences looked at closely per claim, and postings walked per term: they keep the cost linear in the input. */
const CANDIDATES = 8;
/** With the best sentence of each further passage at most this many. */
const CANDIDATES_OF_ALL = 24;
const POSTINGS_PER_TERM = 64;
/** A token counts towards the search only from this weight on; grammar words would drag in every sentence. */
const TELLING = 0.15;
/** Each sentence more must bring this much coverage, else the shorter window is better evidence. */
const SENTENCE_PRICE = 0.02;

/** A window of another passage that covers this share of what the best one covers supports the claim as well. */
const ABOUT_AS_WELL = 0.92;

/** Lays a claim beside the texts; null when they share nothing. */
export function alignClaim(tokens: readonly Token[], index: TextIndex): Alignment | null {
  const equivalents = findEquivalents(tokens, index);
  const shares = sharesOfMissing(tokens, equivalents);
  const weights = tokens.map(
    (token, i) =>
      weigh(index, token) * (isJunction(tokens, equivalents, i) ? JUNCTION : (shares.get(i) ?? 1)),
  );
  const candidates = findCandidates(weights, equivalents, index);
  const match = matcherOf(equivalents);
  let best: { window: IndexedSentence[]; matched: number[]; value: number; share: number } | null =
    null;
  let single = 0;
  for (const at of candidates) {
    for (const window of windowsAround(index, at)) {
      const matched = match(window);
      const share = weightedShare(weights, matched);
      if (window.length === 1) single = Math.max(single, share);
      const value = share - SENTENCE_PRICE * window.length;
      if (!best || value > best.value + 1e-9) best = { window, matched, value, share };
    }
  }
  if (!best) return null;
  const { window, matched, share } = best;
  const { joint, jointShare, matchedJoint } = extend(best, candidates, index, weights, match);
  const anywhere = weightedShare(
    weights,
    equivalents.map((list) => list[0]?.likeness ?? 0),
  );
  return {
    tokens,
    weights,
    equivalents,
    window,
    matched,
    coverage: { sentence: single, window: share, joint: jointShare, anywhere },
    joint,
    matchedJoint,
    also: findEquals(candidates, index, window, share, weights, match),
    candidates: candidates.flatMap((at) => index.sentences[at] ?? []),
  };
}

/** Two characters of different words say nothing together. */
const JUNCTION = 0.1;
const GRAMMAR = new Set(
  "的了是在和与就也都会能可要被把从到由于为有后前时将还又很个这那其之及或并等".split(""),
);

/** 明天南部: 天南 is missing where 明天 and 南部 are told; 晚上到 has a grammar word in it. */
function isJunction(
  tokens: readonly Token[],
  equivalents: readonly Equivalent[][],
  i: number,
): boolean {
  const token = tokens[i];
  if (token?.kind !== "han" || (equivalents[i]?.length ?? 0) > 0 || token.term.length < 2)
    return false;
  const isFound = (at: number) => tokens[at]?.kind === "han" && (equivalents[at]?.length ?? 0) > 0;
  const isLinked = isFound(i - 1) && isFound(i + 1);
  return isLinked || [...token.term].some((character) => GRAMMAR.has(character));
}

/**
 * Of a run of missing pairs the first and the last hold a character of the found words around it: 园区平均每天 with 园区 and
 * 每天 told misses one word, not three. Half of each counts.
 */
function sharesOfMissing(
  tokens: readonly Token[],
  equivalents: readonly Equivalent[][],
): ReadonlyMap<number, number> {
  const shares = new Map<number, number>();
  const isPair = (i: number) => tokens[i]?.kind === "han" && (tokens[i]?.term.length ?? 0) > 1;
  const isMissing = (i: number) => isPair(i) && equivalents[i]?.length === 0;
  const overlaps = (i: number) =>
    isPair(i) && isPair(i + 1) && tokens[i]?.term.charAt(1) === tokens[i + 1]?.term.charAt(0);
  for (let from = 0; from < tokens.length; from++) {
    if (!isMissing(from)) continue;
    let to = from;
    while (isMissing(to + 1) && overlaps(to)) to++;
    const length = to - from + 1;
    const borders = (overlaps(from - 1) ? 0.5 : 0) + (overlaps(to) ? 0.5 : 0);
    if (borders > 0) for (let i = from; i <= to; i++) shares.set(i, (length - borders) / length);
    from = to;
  }
  return shares;
}

function findCandidates(
  weights: readonly number[],
  equivalents: readonly Equivalent[][],
  index: TextIndex,
): number[] {
  const ranked = rankHead(scoreSentences(weights, equivalents, index));
  const chosen = ranked.slice(0, CANDIDATES).map(([at]) => at);
  const passages = new Set(chosen.map((at) => index.sentences[at]?.passage));
  for (const [at, score] of ranked.slice(CANDIDATES)) {
    if (chosen.length >= CANDIDATES_OF_ALL || score < (ranked[0]?.[1] ?? 0) / 2) break;
    const passage = index.sentences[at]?.passage;
    if (passages.has(passage)) continue;
    passages.add(passage);
    chosen.push(at);
  }
  return chosen;
}

type Scored = [at: number, score: number];

/** Sentences that share a telling term with the claim, in the order found, and the weight they share. */
function scoreSentences(
  weights: readonly number[],
  equivalents: readonly Equivalent[][],
  { postings, scores }: TextIndex,
): Scored[] {
  const touched: number[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (weight < TELLING && weights.length > 2) continue;
    for (const { term, likeness } of equivalents[i] ?? []) {
      if (seen.has(term)) continue;
      seen.add(term);
      const places = postings.get(term) ?? [];
      for (let place = 0; place < Math.min(places.length, POSTINGS_PER_TERM); place++) {
        const at = places[place] ?? 0;
        const score = scores[at] ?? 0;
        if (score === 0) touched.push(at);
        scores[at] = score + weight * likeness;
      }
    }
  }
  return touched.map((at) => {
    const score = scores[at] ?? 0;
    scores[at] = 0;
    return [at, score];
  });
}

/** The first candidates, and behind them all that reach half the best score; a long claim has touched thousands more. */
function rankHead(scores: Scored[]): Scored[] {
  const byRank = (a: Scored, b: Scored) => b[1] - a[1] || a[0] - b[0];
  const best = scores.reduce((most, [, score]) => Math.max(most, score), 0);
  const near = scores.filter(([, score]) => score >= best / 2).sort(byRank);
  if (near.length >= CANDIDATES || near.length === scores.length) return near;
  const first: Scored[] = [];
  for (const one of scores) {
    const last = first.at(-1);
    if (first.length >= CANDIDATES && last && byRank(last, one) < 0) continue;
    const place = first.findIndex((other) => byRank(one, other) < 0);
    first.splice(place === -1 ? first.length : place, 0, one);
    if (first.length > CANDIDATES) first.pop();
  }
  return first;
}

/** In each other passage the window that covers the claim about as well as the best one. */
function findEquals(
  candidates: readonly number[],
  index: TextIndex,
  best: readonly IndexedSentence[],
  share: number,
  weights: readonly number[],
  match: Matcher,
): IndexedSentence[][] {
  const found = new Map<number, { window: IndexedSentence[]; share: number }>();
  for (const at of candidates) {
    for (const window of windowsAround(index, at)) {
      const passage = window[0]?.passage ?? -1;
      if (passage === best[0]?.passage) continue;
      const own = weightedShare(weights, match(window));
      if (own >= share * ABOUT_AS_WELL && own > (found.get(passage)?.share ?? 0) + SENTENCE_PRICE) {
        found.set(passage, { window, share: own });
      }
    }
  }
  return [...found.values()].map(({ window }) => window);
}

function windowsAround(index: TextIndex, at: number): IndexedSentence[][] {
  const [before, here, after] = [-1, 0, 1].map((step) => index.sentences[at + step]);
  if (!here) return [];
  const hasBefore = before?.passage === here.passage;
  const hasAfter = after?.passage === here.passage;
  const windows = [[here]];
  if (hasBefore) windows.push([before, here]);
  if (hasAfter) windows.push([here, after]);
  if (hasBefore && hasAfter) windows.push([before, here, after]);
  return windows;
}

/** For each token of the claim the likeness of its best equivalent in neighbouring sentences. */
type Matcher = (window: readonly IndexedSentence[]) => number[];

/** Windows overlap, so each sentence is searched once and remembered; a window has the best of its sentences. */
function matcherOf(equivalents: readonly Equivalent[][]): Matcher {
  const known = new Map<IndexedSentence, number[]>();
  const matchOne = (sentence: IndexedSentence): number[] => {
    const remembered = known.get(sentence);
    if (remembered) return remembered;
    const matched = equivalents.map((list) => likenessIn(sentence, list));
    known.set(sentence, matched);
    return matched;
  };
  return (window) => {
    const best = new Array<number>(equivalents.length).fill(0);
    for (const sentence of window) {
      const matched = matchOne(sentence);
      for (let i = 0; i < best.length; i++) {
        const likeness = matched[i] ?? 0;
        if (likeness > (best[i] ?? 0)) best[i] = likeness;
      }
    }
    return best;
  };
}

function likenessIn({ positions }: IndexedSentence, equivalents: readonly Equivalent[]): number {
  let likeness = 0;
  for (const equivalent of equivalents) {
    if (equivalent.likeness > likeness && positions.has(equivalent.term)) {
      likeness = equivalent.likeness;
    }
  }
  return likeness;
}

/** Adds up to two further sentences that bring what the window lacks. */
function extend(
  best: { window: IndexedSentence[]; matched: number[]; share: number },
  candidates: readonly number[],
  index: TextIndex,
  weights: readonly number[],
  match: Matcher,
): { joint: IndexedSentence[]; jointShare: number; matchedJoint: number[] } {
  const joint = [...best.window];
  let matched = best.matched;
  let jointShare = best.share;
  for (let round = 0; round < 2; round++) {
    let gain: { sentence: IndexedSentence; matched: number[]; share: number } | null = null;
    for (const at of candidates) {
      const sentence = index.sentences[at];
      if (!sentence || joint.includes(sentence)) continue;
      const alone = match([sentence]);
      const together = alone.map((likeness, i) => Math.max(likeness, matched[i] ?? 0));
      const share = weightedShare(weights, together);
      if (share > (gain?.share ?? jointShare + SENTENCE_PRICE))
        gain = { sentence, matched: together, share };
    }
    if (!gain) break;
    joint.push(gain.sentence);
    matched = gain.matched;
    jointShare = gain.share;
  }
  return { joint, jointShare, matchedJoint: matched };
}

function weightedShare(weights: readonly number[], matched: readonly number[]): number {
  let total = 0;
  let found = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    total += weight;
    found += weight * (matched[i] ?? 0);
  }
  return total === 0 ? 0 : found / total;
}
