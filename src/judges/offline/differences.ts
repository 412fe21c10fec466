import { antonymsOf } from "./antonyms.ts";
import type { Difference, Gap, SideBySide } from "./lay-side-by-side.ts";
import { type Piece, textOf } from "./pieces.ts";
import { areComparable, implies } from "./quantity.ts";
import { isEndOfSpan } from "./span-end.ts";
import { findSwap } from "./swaps.ts";
import { synonymsOf } from "./synonyms.ts";
import type { Token } from "./tokens.ts";
import type { WordClass } from "./word-classes.ts";

/** Pieces between a negation or hedge and the common piece it belongs to. */
const NEAR = 4;
const SHORT_GAP = 8;
/** Pieces between a number and the common piece that says what it is of. */
const RIVAL_REACH = 6;
const CONTENT = 0.3;

/** Everything one claim (or clause of it) says otherwise than the sentence beside it. */
export function findDifferences(side: SideBySide): Difference[] {
  const swap = findSwap(side);
  const polarity = differingPolarity(side);
  return [
    ...(swap ? [swap] : []),
    ...side.gaps.flatMap((gap) => [
      ...differingNumbers(gap, side),
      ...strayBindings(gap, side),
      ...(swap ? [] : differingNames(gap, side)),
      ...differingStrength(gap, side),
      ...differingWords(gap, side),
    ]),
    ...(polarity ? [polarity] : []),
  ];
}

function differingNumbers({ claim, source, before, after }: Gap, side: SideBySide): Difference[] {
  return claim.flatMap((piece) => {
    const quantity = piece.token.quantity;
    if (!quantity) return [];
    const rivals = source.filter(({ token }, i) => {
      const isClose =
        (before !== null && i < RIVAL_REACH) ||
        (after !== null && source.length - i <= RIVAL_REACH);
      if (!token.quantity || !isClose) return false;
      const isSameFigure =
        token.quantity.bare === quantity.bare &&
        quantity.dimension !== "" &&
        token.quantity.dimension !== "";
      return isSameFigure || areComparable(quantity, token.quantity);
    });
    if (
      rivals.length === 0 ||
      rivals.some(({ token }) => token.quantity && implies(token.quantity, quantity))
    )
      return [];
    // The source says the number too, elsewhere: then it may only be told in another order.
    const isTold = side.source.some(
      ({ token }) => token.quantity && implies(token.quantity, quantity),
    );
    return [
      {
        kind: isTold ? "binding" : "number",
        claim: piece.surface,
        source: rivals[0]?.surface ?? "",
      },
    ];
  });
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
  if (!rival || source[at - 1]?.key === "from" || source[at - 1]?.key === "从") return [];
  // Something else is named between the two numbers: the second belongs to that.
  const others = isBehind ? source.slice(at + 1) : source.slice(0, at);
  if (!others.some(({ weight, kind }) => weight >= CONTENT && kind !== "number")) return [];
  const own = isBehind ? side.claim[after[0]] : side.claim[before[0]];
  return [{ kind: "binding", claim: own?.surface ?? "", source: rival.surface }];
}

function differingNames({ claim, source }: Gap, side: SideBySide): Difference[] {
  if (claim.length > SHORT_GAP || source.length > SHORT_GAP) return [];
  const names = claim.filter(({ isName }) => isName);
  const others = source.filter(({ isName }) => isName);
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
  if (isAlias || others.some((other) => side.claim.some(({ key }) => key === other.key))) return [];
  return [{ kind: "name", claim: textOf(names), source: textOf(others) }];
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
]);

/** All for some, the largest for one of the largest, is for may be. */
function differingStrength(gap: Gap, side: SideBySide): Difference[] {
  const { claim, source } = gap;
  const own = claim.find(({ wordClass }) => STRENGTHS.has(wordClass) || wordClass === "exact");
  const near = nearCommon(gap, side);
  const other = near.find(({ wordClass }) => STRENGTHS.has(wordClass));
  if (own && other && own.wordClass !== other.wordClass) {
    return [{ kind: "quantifier", claim: own.surface, source: other.surface }];
  }
  const oneOf = findOneOf(source);
  if (oneOf && !findOneOf(side.claim))
    return [{ kind: "quantifier", claim: textOf(claim), source: oneOf }];
  const hedge = near.find(({ wordClass }) => wordClass === "hedge");
  if (hedge && !side.claim.some(({ wordClass }) => wordClass === "hedge")) {
    return [{ kind: "hedge", claim: textOf(claim), source: hedge.surface }];
  }
  return [];
}

function findOneOf(pieces: readonly Piece[]): string | null {
  const at = pieces.findIndex(
    ({ key }, i) =>
      (key === "on" && pieces[i + 1]?.key === "of") ||
      (key === "之" && pieces[i + 1]?.key === "一"),
  );
  return at < 0
    ? null
    : `${pieces[at]?.surface ?? ""}${pieces[at]?.kind === "han" ? "" : " "}${pieces[at + 1]?.surface ?? ""}`;
}

/** Of the source's side of a gap what stands shortly before or behind a common piece, in its clause. */
function nearCommon({ source, before, after }: Gap, side: SideBySide): Piece[] {
  const [left, right] = [before && side.source[before[1]], after && side.source[after[1]]];
  return source.filter((piece, i) => {
    const isNearLeft = left !== null && left?.clause === piece.clause && i < NEAR;
    const isNearRight =
      right !== null && right?.clause === piece.clause && source.length - i <= NEAR;
    return isNearLeft || isNearRight;
  });
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
  return [{ kind: "word", claim: textOf(own), source: textOf(other) }];
}

function isContent({ weight, kind, isName, isNegation, wordClass }: Piece): boolean {
  return (
    weight >= CONTENT && kind !== "number" && !isName && !isNegation && wordClass === undefined
  );
}

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

/**
 * Is the one side denied where the other is not? Negations, opposites and negating prefixes that only one side has are
 * counted: an odd number turns the sense, an even one gives it back ("not impossible").
 */
function differingPolarity(side: SideBySide): Difference | null {
  const claimed = side.gaps.flatMap((gap) => gap.claim.filter(isNegating));
  const sourced = side.gaps.flatMap((gap) => negationsBeside(gap, side));
  const opposites = side.gaps.flatMap((gap) =>
    gap.claim.length <= SHORT_GAP ? findOpposites(gap.claim, nearby(gap, side), side) : [],
  );
  const flips = claimed.length + sourced.length + opposites.length;
  if (flips % 2 === 0) return null;
  // "It is not forbidden to park here" and "parking here is allowed": the opposite may stand at the other end.
  const rest = findOpposites(
    side.gaps.flatMap(({ claim }) => claim),
    side.gaps.flatMap((gap) => nearby(gap, side)),
    side,
  );
  if ((rest.length - opposites.length) % 2 !== 0) return null;
  const [own, other] = opposites[0] ?? ["", ""];
  return { kind: "polarity", claim: textOf(claimed) || own, source: textOf(sourced) || other };
}

/** Of the source's negations those that belong to something the claim says; at an end only right beside it. */
function negationsBeside(gap: Gap, side: SideBySide): Piece[] {
  const { source, before, after } = gap;
  const near = new Set(nearCommon(gap, side));
  return source.filter((piece) => {
    if (!isNegating(piece) || !(near.has(piece) || isUnspaced(piece))) return false;
    const at = source.indexOf(piece);
    if (isUnspaced(piece)) return after === null ? at <= 2 : source.length - at <= UNSPACED_NEAR;
    if (after === null) return at <= 1 && piece.kind !== "word";
    return before !== null ? at >= source.length - NEAR : at >= source.length - 2;
  });
}

/** Characters of a script without blanks and without word signs: a negation stands further off. */
const UNSPACED_NEAR = 12;

function isUnspaced({ kind, key }: Piece): boolean {
  return kind === "han" && !/\p{Script=Han}/u.test(key);
}

function nearby(gap: Gap, side: SideBySide): readonly Piece[] {
  return gap.source.length <= SHORT_GAP ? gap.source : nearCommon(gap, side);
}

function isNegating({ isNegation }: Piece): boolean {
  return isNegation;
}

const PREFIXES = ["un", "in", "im", "ir", "il", "non", "dis"];

/** Pairs of words, one only in the claim and one only in the source, that exclude each other. */
function findOpposites(
  own: readonly Piece[],
  other: readonly Piece[],
  side: SideBySide,
): [string, string][] {
  const words = wordsOf(own, side.claim);
  const others = wordsOf(other, side.source);
  const known = new Map(
    others.flatMap(({ term, surface }) => [
      [term, surface] as const,
      [surface.toLowerCase(), surface] as const,
    ]),
  );
  const used = new Set<string>();
  const found: [string, string][] = [];
  for (const { term, surface } of words) {
    const opposite = [...antonymsOf(term), ...prefixed(surface.toLowerCase())].find(
      (one) =>
        known.has(one) &&
        !used.has(one) &&
        !isEndOfSpan(
          { term, tokens: tokensOf(side.claim) },
          { term: one, tokens: tokensOf(side.source) },
        ),
    );
    if (opposite === undefined) continue;
    used.add(opposite);
    found.push([surface, known.get(opposite) ?? opposite]);
  }
  return found;
}

function tokensOf(pieces: readonly Piece[]): Token[] {
  return pieces.map(({ token }) => token);
}

function prefixed(term: string): string[] {
  if (term.length < 5 || /\P{Script=Latin}/u.test(term)) return [];
  return PREFIXES.flatMap((prefix) =>
    term.startsWith(prefix) && term.length >= prefix.length + 4
      ? [term.slice(prefix.length)]
      : [`${prefix}${term}`],
  );
}

/** Words of the pieces; of Chinese ones every pair of characters that holds one of them. */
function wordsOf(
  pieces: readonly Piece[],
  all: readonly Piece[],
): { term: string; surface: string }[] {
  const chosen = new Set(pieces);
  return all.flatMap((piece, i) => {
    const next = all[i + 1];
    if (piece.kind === "word")
      return chosen.has(piece) ? [{ term: piece.key, surface: piece.surface }] : [];
    if (piece.kind !== "han" || next?.kind !== "han" || (!chosen.has(piece) && !chosen.has(next)))
      return [];
    return [{ term: piece.key + next.key, surface: piece.surface + next.surface }];
  });
}
