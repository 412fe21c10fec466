import type { Alignment } from "./align.ts";
import { isApart } from "./apart.ts";
import type { Difference } from "./lay-side-by-side.ts";
import { piecesOf } from "./pieces.ts";
import {
  areComparable,
  implies,
  isBetween,
  isRate,
  leavesOpen,
  type Quantity,
} from "./quantity.ts";
import { backgroundWeight } from "./term-weight.ts";
import type { IndexedSentence } from "./text-index.ts";
import type { Token } from "./tokens.ts";

const CONTENT = 0.3;
/** A form or a synonym of the word counts as the word. */
const SAME_WORD = 0.6;
/** Longer claims and sentences are lists; the product of both is the cost. */
const TOKENS_LIMIT = 120;
/** Stepping into another clause, or over "and", is as far as so many words. */
const STEP = 5;
const JOINTS = new Set("and while wherea but or 和 与 及 而 但".split(" "));
const RANGE = new Set("to and until till through 至 到 和".split(" "));
/** What a value is measured against, or where something begins, belongs to no other thing: "down from £34 million". */
export const FROM: ReadonlySet<string> = new Set("from than 从 由 自 较 比".split(" "));

/** Month and year belong to the day, not to what happens on it. */
const DATE_PARTS = new Set(["y", "mon", "d"]);

/** How well another value must suit what the claim says: where its own is told of something else, and where it is not told. */
const TOLD_ELSEWHERE = 0.35;
const TOLD_NOWHERE = 0.3;
/** So well the own value may suit at most, and so much better the other one must. */
const OWN_SUITS = 0.5;
const APART = 0.2;

const SAYS_SOMETHING = 0.9;
const ALL = 0.9;
/** Weight of a telling word; of a Chinese one two characters say as much. */
const LACKS = 0.35;

/** The values of one kind that stand together ("9 am to 1 pm"), and the words of the sentence nearest to them. */
interface Zone {
  sentence: IndexedSentence;
  /** Places of its values in the sentence. */
  values: number[];
  /** Does one of them make the claim's value true? */
  isOwn: boolean;
  /** Weight of the claim's words that stand here, and of the words here that the claim does not say. */
  shared: number;
  rest: number;
  /** Is a word among them, not only other numbers? */
  isNamed: boolean;
}

export interface Rival {
  difference: Difference;
  sentence: IndexedSentence;
}

/**
 * Each word of a text belongs to the nearest value of a kind. A claim whose words belong to another value than the one
 * it names has that from somewhere else, or from nowhere: "the youth orchestra received £40,000" where the theatre did.
 */
export function findRival(alignment: Alignment): Rival | null {
  const { tokens } = alignment;
  if (tokens.length > TOKENS_LIMIT) return null;
  const sentences = alignment.candidates.filter((one) => one.tokens.length <= TOKENS_LIMIT);
  for (const [at, token] of tokens.entries()) {
    const { quantity } = token;
    if (!quantity || isRate(quantity) || isApart(tokens, at)) continue;
    const zones = sentences.flatMap((sentence) =>
      zonesOf(sentence, quantity, countedBy(tokens, at)),
    );
    if (zones.every(({ isOwn }) => isOwn)) continue;
    const total = divide(alignment, at, quantity, zones);
    // Two words are a name with its value, which says nothing that could be told of another one.
    if (total < SAYS_SOMETHING) continue;
    const suits = ({ shared, rest }: Zone) => (2 * shared) / Math.max(1e-9, total + shared + rest);
    const isTold = zones.some(({ isOwn }) => isOwn);
    const own = zones.reduce((most, zone) => (zone.isOwn ? Math.max(most, suits(zone)) : most), 0);
    const most = zones.reduce((best, zone) => (zone.isOwn ? Math.max(best, zone.shared) : best), 0);
    // All that the claim says is told of another value, and a telling word of it of no own one.
    const saysAll = ({ shared }: Zone) => shared >= ALL * total && shared >= most + LACKS;
    if (own > OWN_SUITS && !zones.some((zone) => !zone.isOwn && saysAll(zone))) continue;
    const least = isTold ? Math.max(TOLD_ELSEWHERE, own + APART) : TOLD_NOWHERE;
    const rival = zones.find(
      (zone) =>
        !zone.isOwn &&
        zone.isNamed &&
        (saysAll(zone) || (own <= OWN_SUITS && suits(zone) >= least)) &&
        (saysAll(zone) ||
          !zone.values.some((place) => isSaid(tokens, zone.sentence.tokens[place]))),
    );
    const told = rival?.sentence.tokens[rival.values[0] ?? -1];
    if (!rival || !told) continue;
    const kind = isTold ? "binding" : "number";
    return {
      difference: { kind, claim: piecesOf([token]), source: piecesOf([told]) },
      sentence: rival.sentence,
    };
  }
  return null;
}

/** The claim says that value too, of something else: then it may tell both in another order. */
function isSaid(tokens: readonly Token[], told: Token | undefined): boolean {
  return tokens.some(
    ({ quantity }) => quantity && told?.quantity && implies(told.quantity, quantity),
  );
}

/** What a plain number counts. */
function countedBy(tokens: readonly Token[], at: number): string {
  const next = tokens[at + 1];
  if (!next || next.clause !== tokens[at]?.clause || next.kind === "number") return "";
  return next.kind === "han" ? next.term.charAt(0) : next.term;
}

function zonesOf(sentence: IndexedSentence, quantity: Quantity, counted: string): Zone[] {
  const { tokens } = sentence;
  const zones: Zone[] = [];
  let last = -1;
  for (const [place, { quantity: other, surface }] of tokens.entries()) {
    if (!other) continue;
    // "Two pieces" would make "at most 32 kilos" true as a number, but it is no weight.
    const isOfKind = !quantity.bound || other.dimension === quantity.dimension;
    const isOwn = isOfKind && (implies(other, quantity) || leavesOpen(other, quantity));
    const isLike =
      other.dimension === quantity.dimension &&
      (other.dimension !== "" || (counted !== "" && countedBy(tokens, place) === counted));
    if (!isOwn && (!isLike || isScale(surface))) continue;
    const before = tokens[startOfDate(tokens, place) - 1]?.term ?? "";
    if (!isOwn && (FROM.has(before) || FROM.has(before.slice(-1)))) continue;
    const zone = zones.at(-1);
    if (zone && isRange(tokens, last, place)) {
      const first = tokens[zone.values[0] ?? -1]?.quantity;
      zone.values.push(place);
      zone.isOwn ||= isOwn || (first !== undefined && isBetween(quantity, first, other));
    } else zones.push({ sentence, values: [place], isOwn, shared: 0, rest: 0, isNamed: false });
    last = place;
  }
  // So many values in one sentence are a table that lost its rows.
  return zones.length <= ZONES_LIMIT ? zones : [];
}

/** "From 6 September": the word stands before the whole date. */
function startOfDate(tokens: readonly Token[], place: number): number {
  let at = place;
  while (at > 0 && DATE_PARTS.has(tokens[at - 1]?.quantity?.dimension ?? "")) at--;
  return at;
}

const ZONES_LIMIT = 6;
/** A heading that says in what the numbers below it count: "Revenue (million crowns)". */
export function isScale(surface: string): boolean {
  return SCALES.test(surface);
}

const SCALES = /^(?:thousand|million|billion|百万|千万|万|亿)s?$/iu;

function isRange(tokens: readonly Token[], from: number, to: number): boolean {
  if (to === from + 1) return true;
  if (tokens[from]?.clause !== tokens[to]?.clause) return false;
  return tokens.slice(from + 1, to).every(({ kind, term }) => kind === "number" || RANGE.has(term));
}

/** A clause that holds so little of the claim says only of what was named before it: "…, 上限是 23 公斤". */
const BARE_CLAUSE = 0.4;

/** Gives the words of each sentence to its nearest zone; the weight of what the claim says in the clause of its value. */
function divide(
  { tokens, weights, equivalents }: Alignment,
  at: number,
  quantity: Quantity,
  zones: readonly Zone[],
): number {
  const isDate = quantity.dimension === "d" || quantity.dimension === "mon";
  const isWord = ({ quantity: other }: Token) =>
    !other || !(areComparable(other, quantity) || (isDate && DATE_PARTS.has(other.dimension)));
  const weightOf = (token: Token, weight: number) => (token.kind === "han" ? weight / 2 : weight);
  const said = new Map<IndexedSentence, Set<number>>();
  const bySentence = new Map<IndexedSentence, Zone[]>();
  for (const zone of zones) {
    const here = bySentence.get(zone.sentence);
    if (here) here.push(zone);
    else bySentence.set(zone.sentence, [zone]);
  }
  const told = tokens.flatMap((token, i) => {
    const weight = weights[i] ?? 0;
    return weight >= CONTENT && isWord(token)
      ? [{ i, token, weight: weightOf(token, weight) }]
      : [];
  });
  const weigh = (some: typeof told) => some.reduce((sum, { weight }) => sum + weight, 0);
  const inClause = told.filter(({ token }) => token.clause === tokens[at]?.clause);
  const chosen = weigh(inClause) < BARE_CLAUSE * weigh(told) ? told : inClause;
  for (const { i, token, weight } of chosen) {
    for (const [sentence, here] of bySentence) {
      // A synonym stands for the word only where the word itself is not said.
      const told = (equivalents[i] ?? []).find(
        ({ term, likeness }) => likeness >= SAME_WORD && sentence.positions.has(term),
      );
      const places = (told && sentence.positions.get(told.term)) ?? [];
      const known = said.get(sentence) ?? new Set();
      said.set(sentence, known);
      for (const place of places) known.add(place);
      for (const zone of new Set(places.map((place) => nearest(sentence.tokens, place, here)))) {
        if (!zone) continue;
        zone.shared += weight;
        zone.isNamed ||= token.kind !== "number";
      }
    }
  }
  for (const [sentence, here] of bySentence) {
    for (const [place, token] of sentence.tokens.entries()) {
      const weight = backgroundWeight(token);
      if (weight < CONTENT || !isWord(token) || said.get(sentence)?.has(place)) continue;
      const zone = nearest(sentence.tokens, place, here);
      if (zone) zone.rest += weightOf(token, weight);
    }
  }
  return weigh(chosen);
}

function nearest(tokens: readonly Token[], place: number, zones: readonly Zone[]): Zone | null {
  let best: Zone | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const zone of zones) {
    for (const value of zone.values) {
      const far = distance(tokens, place, value);
      if (far >= least) continue;
      least = far;
      best = zone;
    }
  }
  return best;
}

function distance(tokens: readonly Token[], a: number, b: number): number {
  const [from, to] = a < b ? [a, b] : [b, a];
  let far = to - from + STEP * Math.abs((tokens[a]?.clause ?? 0) - (tokens[b]?.clause ?? 0));
  for (let i = from + 1; i < to; i++) if (JOINTS.has(tokens[i]?.term ?? "")) far += STEP;
  return far;
}
