import type { Piece } from "./pieces.ts";
import { implies } from "./quantity.ts";

/** Where claim and source differ: what stands between two common pieces on either side. */
export interface Gap {
  claim: readonly Piece[];
  source: readonly Piece[];
  /** Common pieces around it; null at an end. */
  before: readonly [number, number] | null;
  after: readonly [number, number] | null;
}

export interface SideBySide {
  claim: readonly Piece[];
  source: readonly Piece[];
  /** Indices of the common pieces, ascending on both sides. */
  pairs: readonly (readonly [number, number])[];
  gaps: readonly Gap[];
  /** Weighted share 0..1 of the claim that is common. */
  likeness: number;
  /** The same share of the source's clauses the common pieces stand in: low where the source says much more. */
  mutual: number;
}

export type DifferenceKind =
  | "number"
  | "binding"
  | "polarity"
  | "denial"
  | "direction"
  /** Turned twice, "not impossible" for "possible": the two say the same. */
  | "balance"
  | "swap"
  | "name"
  /** Told of something else, in another sentence. */
  | "stray"
  | "quantifier"
  | "hedge"
  | "word";

/** In one place of two like sentences the claim says something else: what stands there on either side. */
export interface Difference {
  kind: DifferenceKind;
  claim: readonly Piece[];
  source: readonly Piece[];
}

/** What skipping a piece of the source costs, and stepping over a mark between clauses: near beats far. */
const SKIP = 0.012;
const STEP_OVER = 0.12;
/** Between two equal ways the one with more common pieces. */
const TIE = 1e-4;
/** Of the source at either end at most so many pieces are looked at. */
const END_REACH = 12;
/** Longer sentences are cut: their product is the cost. */
const PIECES_LIMIT = 180;
/** The way taken to each cell, row by row; every cell is written before it is read, so one table serves all calls. */
const TOOK = new Uint8Array(PIECES_LIMIT ** 2);
const [SKIP_CLAIM, SKIP_SOURCE, TOGETHER] = [1, 2, 3];

/** The heaviest common subsequence of two sentences (Hunt-Szymanski's problem, solved by the plain table). */
export function laySideBySide(allClaim: readonly Piece[], allSource: readonly Piece[]): SideBySide {
  const claim = allClaim.slice(0, PIECES_LIMIT);
  const source = allSource.slice(0, PIECES_LIMIT);
  const [n, m] = [claim.length, source.length];
  if (n === m && claim.every((piece, i) => isIdentical(piece, source[i])))
    return identical(claim, source);
  // The best up to each piece of the source, in this row of the table and in the one before.
  let above = new Float64Array(m + 1);
  let here = new Float64Array(m + 1);
  const costs = Float64Array.from(
    source,
    ({ clause }, j) => SKIP + (j + 1 < m && clause !== source[j + 1]?.clause ? STEP_OVER : 0),
  );
  const alike = new Float64Array(m);
  const places = placesOf(source);
  claim.forEach((piece, row) => {
    const found = findAlike(piece, source, places, alike);
    let left = 0;
    for (let j = 0; j < m; j++) {
      let value = above[j + 1] ?? 0;
      let way = SKIP_CLAIM;
      const skipSource = left - (costs[j] ?? 0);
      if (skipSource > value) {
        value = skipSource;
        way = SKIP_SOURCE;
      }
      const share = alike[j] ?? 0;
      if (share > 0) {
        const together = (above[j] ?? 0) + share * piece.weight + TIE;
        if (together > value) {
          value = together;
          way = TOGETHER;
        }
      }
      here[j + 1] = value;
      left = value;
      TOOK[row * m + j] = way;
    }
    [above, here] = [here, above];
    for (const at of found) alike[at] = 0;
  });
  // The best end may lie before the last piece of the source: skipping what follows costs nothing.
  let [i, j] = [n, 0];
  for (let at = 0; at <= m; at++) if ((above[at] ?? 0) > (above[j] ?? 0)) j = at;
  const pairs: [number, number][] = [];
  let common = 0;
  while (i > 0 && j > 0) {
    const way = TOOK[(i - 1) * m + j - 1];
    if (way === TOGETHER) {
      pairs.push([i - 1, j - 1]);
      common += claim[i - 1]?.weight ?? 0;
      i--;
      j--;
    } else if (way === SKIP_CLAIM) i--;
    else j--;
  }
  pairs.reverse();
  const total = claim.reduce((sum, { weight }) => sum + weight, 0);
  return {
    claim,
    source,
    pairs,
    gaps: gapsOf(claim, source, pairs),
    likeness: total === 0 ? 0 : common / total,
    mutual: mutualShare(source, pairs),
  };
}

function isIdentical({ key, token }: Piece, other: Piece | undefined): boolean {
  return key === other?.key && token.quantity?.bound === other.token.quantity?.bound;
}

/** A copied sentence needs no table. */
function identical(claim: readonly Piece[], source: readonly Piece[]): SideBySide {
  const pairs = claim.map((_, i) => [i, i] as const);
  return { claim, source, pairs, gaps: [], likeness: 1, mutual: 1 };
}

function mutualShare(
  source: readonly Piece[],
  pairs: readonly (readonly [number, number])[],
): number {
  const touched = new Set(pairs.map(([, at]) => source[at]?.clause));
  const shared = new Set(pairs.map(([, at]) => at));
  let total = 0;
  let common = 0;
  source.forEach(({ clause, weight }, at) => {
    if (!touched.has(clause)) return;
    total += weight;
    if (shared.has(at)) common += weight;
  });
  return total === 0 ? 0 : common / total;
}

interface Places {
  byKey: ReadonlyMap<string, readonly number[]>;
  numbers: readonly number[];
}

function placesOf(source: readonly Piece[]): Places {
  const byKey = new Map<string, number[]>();
  const numbers: number[] = [];
  source.forEach(({ key, kind }, at) => {
    const known = byKey.get(key);
    if (known) known.push(at);
    else byKey.set(key, [at]);
    if (kind === "number") numbers.push(at);
  });
  return { byKey, numbers };
}

/** Writes how alike each piece of the source is, 0..1: the same, a form or synonym, a number that makes it true. */
function findAlike(
  piece: Piece,
  source: readonly Piece[],
  places: Places,
  alike: Float64Array,
): number[] {
  const { quantity } = piece.token;
  if (piece.kind === "number" && quantity) {
    const same = piece.token.quantity?.bound ? undefined : places.byKey.get(piece.key);
    const found = (same ?? places.numbers).filter((at) => {
      const other = source[at];
      if (!other?.token.quantity) return false;
      if (piece.token.also?.includes(other.key) || other.token.also?.includes(piece.key))
        return true;
      return implies(other.token.quantity, quantity);
    });
    for (const at of found) alike[at] = 1;
    return found;
  }
  const found: number[] = [];
  const add = (key: string, likeness: number): void => {
    for (const at of places.byKey.get(key) ?? []) {
      if (source[at]?.kind !== piece.kind) continue;
      alike[at] = Math.max(alike[at] ?? 0, likeness);
      found.push(at);
    }
  };
  add(piece.key, 1);
  for (const { term, likeness } of piece.equivalents) add(term, likeness);
  return found;
}

function gapsOf(
  claim: readonly Piece[],
  source: readonly Piece[],
  pairs: readonly (readonly [number, number])[],
): Gap[] {
  const gaps: Gap[] = [];
  const add = (
    before: readonly [number, number] | null,
    after: readonly [number, number] | null,
  ): void => {
    const from: readonly [number, number] = before ?? [
      -1,
      Math.max(-1, (after?.[1] ?? 0) - END_REACH - 1),
    ];
    const to: readonly [number, number] = after ?? [
      claim.length,
      Math.min(source.length, (before?.[1] ?? 0) + END_REACH + 1),
    ];
    const [c, s] = [claim.slice(from[0] + 1, to[0]), source.slice(from[1] + 1, to[1])];
    if (c.length + s.length > 0) gaps.push({ claim: c, source: s, before, after });
  };
  if (pairs.length === 0) return gaps;
  for (let i = 0; i <= pairs.length; i++) add(pairs[i - 1] ?? null, pairs[i] ?? null);
  return gaps;
}

/** A place so short is looked at as a whole; of a longer one only the pieces beside what is common. */
export const SHORT_GAP = 8;
/** Pieces between a negation or hedge and the common piece it belongs to. */
export const NEAR = 4;

/** Of the source's side of a gap what stands shortly before or behind a common piece, in its clause. */
export function nearCommon({ source, before, after }: Gap, side: SideBySide): Piece[] {
  const [left, right] = [before && side.source[before[1]], after && side.source[after[1]]];
  return source.filter((piece, i) => {
    const isNearLeft = left !== null && left?.clause === piece.clause && i < NEAR;
    const isNearRight =
      right !== null && right?.clause === piece.clause && source.length - i <= NEAR;
    return isNearLeft || isNearRight;
  });
}
