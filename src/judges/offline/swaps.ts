import { findHanSwap } from "./han-swaps.ts";
import type { Difference, SideBySide } from "./lay-side-by-side.ts";
import { isSameText, type Piece } from "./pieces.ts";
import { synonymsOf } from "./synonyms.ts";

const CONTENT = 0.3;
/** Pieces of the longest thing that changes places character by character. */
const CROSSING = 6;
/** Pieces between two names that one relation can hold together. */
const REACH = 14;
/** A preposition relates only what it stands between; a telling word holds a longer stretch together. */
const NEAR = 5;

interface Actor {
  key: string;
  at: number;
  pieces: readonly Piece[];
}

/**
 * Who did it to whom: two names that stand about one common word, the other way round than in the source. Turned into
 * the passive voice ("was bought by", 被) they have to change sides; if they do not, that is a swap too.
 */
export function findSwap(side: SideBySide): Difference | null {
  return findNameSwap(side) ?? findCrossing(side) ?? findHanSwap(side);
}

/** 甲…乙 for 乙…甲: what is new in one place is what is gone in another. */
function findCrossing({ gaps }: SideBySide): Difference | null {
  const changed = gaps.flatMap(({ claim, source }) => {
    if (
      claim.length === 0 ||
      source.length === 0 ||
      claim.length > CROSSING ||
      source.length > CROSSING
    )
      return [];
    if (claim.every(({ weight, kind }) => weight < CONTENT || kind === "number")) return [];
    return [{ claim, source }];
  });
  for (const [i, first] of changed.entries()) {
    const other = changed
      .slice(i + 1)
      .find(
        ({ claim, source }) => isSameText(claim, first.source) && isSameText(source, first.claim),
      );
    if (other)
      return {
        kind: "swap",
        claim: [...first.claim, ...other.claim],
        source: [...first.source, ...other.source],
      };
  }
  return null;
}

function findNameSwap(side: SideBySide): Difference | null {
  const claim = actorsOf(side.claim, side.source);
  const source = actorsOf(side.source, side.claim);
  for (let i = 0; i + 1 < claim.length; i++) {
    const [left, right] = [claim[i], claim[i + 1]];
    if (!left || !right || left.key === right.key || right.at - left.at > REACH) continue;
    const pivots = between(side.claim, left.at, right.at);
    if (pivots.length === 0) continue;
    const verdict = orderIn(side.source, source, left.key, right.key, pivots);
    if (verdict === null) continue;
    const isTurned = isPassive(side.claim, left.at, right.at) !== verdict.isPassive;
    if (verdict.isSame !== isTurned) continue;
    return {
      kind: "swap",
      claim: [...left.pieces, ...right.pieces],
      source: verdict.pieces,
    };
  }
  return null;
}

/** Names both sides have: words with a capital, codes, and runs of Chinese characters that change places. */
function actorsOf(pieces: readonly Piece[], others: readonly Piece[]): Actor[] {
  const known = new Set(others.map(({ key }) => key));
  const actors: Actor[] = [];
  pieces.forEach((piece, at) => {
    if (!piece.isName || !known.has(piece.key)) return;
    const last = actors.at(-1);
    const gap = last ? at - last.at : 0;
    // The parts of one name ("Museum of Fine Arts") are one actor, known by its last part.
    if (last && (gap === 1 || (gap === 2 && pieces[at - 1]?.key === "of"))) {
      actors.pop();
      actors.push({
        key: piece.key,
        at,
        pieces: [...last.pieces, piece],
      });
    } else actors.push({ key: piece.key, at, pieces: [piece] });
  });
  return actors;
}

function between(pieces: readonly Piece[], from: number, to: number): string[] {
  const isNear = to - from <= NEAR;
  return pieces
    .slice(from + 1, to)
    .flatMap(({ key, kind, weight }) =>
      kind !== "number" && !LINKS.has(key) && (isNear || weight >= CONTENT) ? [key] : [],
    );
}

/** What stands between two names relates them, but not these. */
const LINKS = new Set("and or the a an of is wa are were be it that which who".split(" "));

interface Order {
  isSame: boolean;
  isPassive: boolean;
  pieces: readonly Piece[];
}

/** How the two stand about one of the same words in the source; null when they do not, or both ways. */
function orderIn(
  pieces: readonly Piece[],
  actors: readonly Actor[],
  left: string,
  right: string,
  pivots: readonly string[],
): Order | null {
  const wanted = new Set(pivots.flatMap((key) => [key, ...synonymsOf(key)]));
  let found: Order | null = null;
  for (let i = 0; i + 1 < actors.length; i++) {
    const [first, second] = [actors[i], actors[i + 1]];
    if (!first || !second || second.at - first.at > REACH) continue;
    const isSame = first.key === left && second.key === right;
    if (!isSame && !(first.key === right && second.key === left)) continue;
    if (!between(pieces, first.at, second.at).some((key) => wanted.has(key))) continue;
    if (found && found.isSame !== isSame) return null;
    found = {
      isSame,
      isPassive: isPassive(pieces, first.at, second.at),
      pieces: [...first.pieces, ...second.pieces],
    };
  }
  return found;
}

const BE = new Set("be is are wa were been get got".split(" "));

function isPassive(pieces: readonly Piece[], from: number, to: number): boolean {
  const keys = pieces.slice(from + 1, to).map(({ key }) => key);
  return (
    (keys.some((key) => BE.has(key)) && keys.includes("by")) ||
    keys.includes("被") ||
    keys.includes("由")
  );
}
