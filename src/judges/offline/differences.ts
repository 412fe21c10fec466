import { isApart } from "./apart.ts";
import { differingDirection } from "./direction.ts";
import {
  type Difference,
  type Gap,
  nearCommon,
  SHORT_GAP,
  type SideBySide,
} from "./lay-side-by-side.ts";
import { type Piece, tokensOf } from "./pieces.ts";
import { differingPolarity } from "./polarity.ts";
import {
  areComparable,
  implies,
  isBetween,
  isRate,
  leavesOpen,
  type Quantity,
} from "./quantity.ts";
import { FROM, isScale } from "./rivals.ts";
import { findSwap } from "./swaps.ts";
import { synonymsOf } from "./synonyms.ts";
import type { WordClass } from "./word-classes.ts";

/** Pieces between a number and the common piece that says what it is of. */
const RIVAL_REACH = 6;
const CONTENT = 0.3;

/** Everything one claim (or clause of it) says otherwise than the sentence beside it. */
export function findDifferences(side: SideBySide): Difference[] {
  const swap = findSwap(side);
  const polarity = differingPolarity(side) ?? differingDirection(side);
  const apart = new Set([...tellingApart(side.claim), ...tellingApart(side.source)]);
  const inGaps = side.gaps.flatMap((gap) => [
    ...differingNumbers(gap, side, apart),
    ...strayBindings(gap, side),
    ...(swap ? [] : differingNames(gap, side)),
    ...differingStrength(gap, side),
    ...differingWords(gap, side),
  ]);
  const isNumbered = inGaps.some(({ kind }) => kind === "number" || kind === "binding");
  // "Not impossible" for "possible": what is turned twice is no other word.
  const turned = polarity?.kind === "balance" ? new Set(polarity.claim) : null;
  return [
    ...(swap ? [swap] : []),
    ...inGaps.filter(
      ({ kind, claim }) => kind !== "word" || !claim.every((one) => turned?.has(one)),
    ),
    ...(isNumbered ? [] : differingValues(side, apart)),
    ...(polarity ? [polarity] : []),
  ];
}

function differingNumbers(
  { claim, source, before, after }: Gap,
  side: SideBySide,
  apart: ReadonlySet<Piece>,
): Difference[] {
  return claim.flatMap((piece) => {
    const quantity = piece.token.quantity;
    if (!quantity) return [];
    const rivals = source.filter((other, i) => {
      const { token } = other;
      const isClose =
        (before !== null && i < RIVAL_REACH) ||
        (after !== null && source.length - i <= RIVAL_REACH);
      if (!token.quantity || !isClose || isScale(token.surface)) return false;
      if (apart.has(other) !== apart.has(piece)) return false;
      const isSameFigure =
        token.quantity.bare === quantity.bare &&
        quantity.dimension !== "" &&
        token.quantity.dimension !== "";
      // 第二年 is the second one, 一年 a duration.
      if (isOrdinal(piece) !== isOrdinal({ surface: token.surface })) return false;
      return isSameFigure || areComparable(quantity, token.quantity);
    });
    if (
      rivals.length === 0 ||
      rivals.some(({ token }) => token.quantity && implies(token.quantity, quantity)) ||
      rivals.some(({ token }, i) => isOpen(quantity, token.quantity, rivals[i + 1]?.token.quantity))
    )
      return [];
    // The source says the number too, elsewhere: then it may only be told in another order.
    const isTold = side.source.some(
      ({ token }) => token.quantity && implies(token.quantity, quantity),
    );
    if (isTold && isRate(quantity)) return [];
    return [
      {
        kind: isTold ? "binding" : "number",
        claim: [piece],
        source: rivals.slice(0, 1),
      },
    ];
  });
}

/** The numbers that tell how far apart two values are. */
function tellingApart(pieces: readonly Piece[]): Piece[] {
  const tokens = tokensOf(pieces);
  return pieces.filter(({ token }, at) => token.quantity && isApart(tokens, at));
}

/** Told as a bound or a range that the number lies in, or the same rounded. */
function isOpen(said: Quantity, told: Quantity | undefined, next: Quantity | undefined): boolean {
  if (!told) return false;
  return (
    leavesOpen(told, said) || (next?.dimension === told.dimension && isBetween(said, told, next))
  );
}

function isOrdinal({ surface }: Pick<Piece, "surface">): boolean {
  return surface.startsWith("第");
}

/** Pieces between a value and the word it is a value of. */
const VALUE_REACH = 3;

/** "A warranty of nine years" and "a two-year warranty": beside the same word another value of the same unit. */
function differingValues(
  { claim, source, pairs }: SideBySide,
  apart: ReadonlySet<Piece>,
): Difference[] {
  const paired = new Map(pairs);
  return claim.flatMap((piece, at) => {
    const { quantity } = piece.token;
    if (!quantity?.dimension || paired.has(at)) return [];
    if (source.some(({ token }) => token.quantity && implies(token.quantity, quantity))) return [];
    const rival = beside(claim, at)
      .filter((i) => (claim[i]?.weight ?? 0) >= CONTENT && claim[i]?.kind === "word")
      .flatMap((i) => beside(source, paired.get(i)))
      .map((i) => source[i])
      .find((other) => other?.token.quantity?.dimension === quantity.dimension);
    if (!rival || apart.has(piece) !== apart.has(rival)) return [];
    if (isOpen(quantity, rival.token.quantity, undefined)) return [];
    return [{ kind: "number", claim: [piece], source: [rival] }];
  });
}

function beside(pieces: readonly Piece[], at: number | undefined): number[] {
  if (at === undefined) return [];
  const from = Math.max(0, at - VALUE_REACH);
  return Array.from({ length: 2 * VALUE_REACH + 1 }, (_, i) => from + i).filter(
    (i) => i !== at && pieces[i]?.clause === pieces[at]?.clause,
  );
}

/**
 * The number is there, but behind another one that stands nearer to what the claim says it of: "adults 100, children 50"
 * against "adults 50".
 */
function strayBindings({ claim, source, before, after }: Gap, side: SideBySide): Difference[] {
  if (!before || !after || claim.some(({ weight }) => weight >= CONTENT)) return [];
  const number = side.claim[after[0]]?.token.quantity;
  const isBehind = number !== undefined;
  const quantity = number ?? side.claim[before[0]]?.token.quantity;
  if (!quantity) return [];
  const at = source.findIndex(
    ({ token }) => token.quantity !== undefined && areComparable(token.quantity, quantity),
  );
  const rival = source[at];
  if (!rival || FROM.has(source[at - 1]?.key ?? "")) return [];
  // "On 1 March 2024 …, from 15 March 2024": what is common stands before this number too.
  const common = before && side.claim[before[0]];
  if (isBehind && common?.kind === "number" && source.at(-1)?.key === common.key) return [];
  // A number is said of what follows it only where that tells something: "19 % and …" is not.
  if (!isBehind && (side.claim[after[0]]?.weight ?? 0) < CONTENT) return [];
  // Something else is named between the two numbers: the second belongs to that.
  const others = isBehind ? source.slice(at + 1) : source.slice(0, at);
  if (!others.some(({ weight, kind }) => weight >= CONTENT && kind !== "number")) return [];
  const own = side.claim[isBehind ? after[0] : before[0]];
  return own ? [{ kind: "binding", claim: [own], source: [rival] }] : [];
}

function differingNames({ claim, source, before, after }: Gap, side: SideBySide): Difference[] {
  if (claim.length > SHORT_GAP || source.length > SHORT_GAP) return [];
  // In the place of another stands what is in one clause with something common: "(CTR)" and "Primarily, …" are not.
  const namesIn = (pieces: readonly Piece[], around: readonly (Piece | undefined)[]) =>
    pieces.filter(
      ({ isName, clause }) => isName && around.some((common) => common?.clause === clause),
    );
  const names = namesIn(claim, [side.claim[before?.[0] ?? -1], side.claim[after?.[0] ?? -1]]);
  const others = namesIn(source, [side.source[before?.[1] ?? -1], side.source[after?.[1] ?? -1]]);
  if (names.length === 0 || others.length === 0) return [];
  if (source.length > claim.length + 3) return [];
  const initials = (pieces: readonly Piece[]) =>
    pieces
      .map(({ surface }) => surface.charAt(0))
      .join("")
      .toLowerCase();
  const isAlias =
    names.some((one) => others.some((other) => areForms(one.key, other.key))) ||
    names.some(({ surface }) => surface.length > 1 && surface.toLowerCase() === initials(others)) ||
    others.some(({ surface }) => surface.length > 1 && surface.toLowerCase() === initials(names));
  const isSaidElsewhere =
    others.some((other) => side.claim.some(({ key }) => key === other.key)) ||
    names.some((one) => side.source.some(({ key }) => key === one.key));
  if (isAlias || isSaidElsewhere) return [];
  return [{ kind: "name", claim: names, source: others }];
}

function areForms(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  return (
    length >= 3 &&
    !/[\d@/]/.test(a) &&
    a.slice(0, Math.max(3, length - 2)) === b.slice(0, Math.max(3, length - 2))
  );
}

const STRENGTHS: ReadonlySet<WordClass | undefined> = new Set([
  "all",
  "some",
  "most",
  "only",
  "frequent",
  "always",
  "advised",
  "must",
]);
const DUTIES: ReadonlySet<WordClass | undefined> = new Set(["advised", "must"]);

/** All for some, the largest for one of the largest, is for may be. */
function differingStrength(gap: Gap, side: SideBySide): Difference[] {
  const { claim } = gap;
  const own = claim.find(({ wordClass }) => STRENGTHS.has(wordClass) || wordClass === "exact");
  const near = nearCommon(gap, side);
  // How much and how binding are two questions.
  const other = near.find(
    ({ wordClass }) =>
      STRENGTHS.has(wordClass) && DUTIES.has(wordClass) === DUTIES.has(own?.wordClass),
  );
  if (own && other && own.wordClass !== other.wordClass && !areVague(own, other)) {
    return [{ kind: "quantifier", claim: [own], source: [other] }];
  }
  const oneOf = findOneOf(near);
  if (oneOf && !findOneOf(side.claim) && !AMONG.test(surfaceOf(side.claim)))
    return [{ kind: "quantifier", claim, source: oneOf }];
  const hedge = near.find(({ wordClass }) => wordClass === "hedge");
  const paired = new Set(side.pairs.map(([at]) => at));
  // "They can" leaves open what "they could" or "may" does.
  const isHedged =
    side.claim.some(({ wordClass }, at) => wordClass === "hedge" && !paired.has(at)) ||
    (CAN.has(hedge?.key ?? "") && claim.some(({ key }) => key === "can"));
  if (hedge && !isHedged) return [{ kind: "hedge", claim, source: [hedge] }];
  return [];
}

const CAN = new Set(["could", "mai"]);
const VAGUE: ReadonlySet<WordClass | undefined> = new Set(["some", "most", "frequent"]);

/** "Some of the artists" and "many of the artists": how many that is nobody can say. */
function areVague(own: Piece, other: Piece): boolean {
  return VAGUE.has(own.wordClass) && VAGUE.has(other.wordClass);
}

const AMONG = /\bamong\b|其中|之列|数一数二/iu;

function surfaceOf(pieces: readonly Piece[]): string {
  return pieces.map(({ surface, kind }) => (kind === "han" ? surface : ` ${surface} `)).join("");
}

function findOneOf(pieces: readonly Piece[]): Piece[] | null {
  const at = pieces.findIndex(
    ({ key }, i) =>
      (key === "on" && pieces[i + 1]?.key === "of") ||
      (key === "之" && pieces[i + 1]?.key === "一"),
  );
  return at < 0 ? null : pieces.slice(at, at + 2);
}

/** In the same place, between words both have, another word that does not mean the same. */
function differingWords({ claim, source, before, after }: Gap, side: SideBySide): Difference[] {
  const own = claim.filter(isContent);
  const other = source.filter(isContent);
  if (
    own.length === 0 ||
    other.length === 0 ||
    claim.length > SHORT_GAP ||
    source.length > SHORT_GAP
  )
    return [];
  if (own.every(({ kind }) => kind === "han") !== other.every(({ kind }) => kind === "han"))
    return [];
  if (!before && !after) return [];
  if (own[0]?.kind === "han" && isSameWord(claim, source, side, before, after)) return [];
  return [{ kind: "word", claim: own, source: other }];
}

function isContent({ key, weight, kind, isName, isNegation, wordClass }: Piece): boolean {
  return (
    weight >= CONTENT &&
    kind !== "number" &&
    !isName &&
    !isNegation &&
    wordClass === undefined &&
    !LIGHT.has(key)
  );
}

/** They carry no fact: 充满后要驶离 and 充满后请驶离. */
const LIGHT = new Set("要请会能可得须需应将先再都就也才便哦呢呀啦吧给让来去了着过里内".split(""));

/** 提高 and 提升: the words around the differing characters are synonyms. */
function isSameWord(
  claim: readonly Piece[],
  source: readonly Piece[],
  side: SideBySide,
  before: readonly [number, number] | null,
  after: readonly [number, number] | null,
): boolean {
  const left = before ? (side.claim[before[0]]?.key ?? "") : "";
  const right = after ? (side.claim[after[0]]?.key ?? "") : "";
  const around = (pieces: readonly Piece[]) =>
    pairsOf(`${left}${pieces.map(({ key }) => key).join("")}${right}`);
  const others = new Set(around(source));
  return around(claim).some((word) => synonymsOf(word).some((synonym) => others.has(synonym)));
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
}
