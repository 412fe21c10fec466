import type { Difference, SideBySide } from "./lay-side-by-side.ts";
import type { Piece } from "./pieces.ts";
import { isStopTerm } from "./stop-words.ts";
import { synonymsOf } from "./synonyms.ts";
import { backgroundWeight } from "./term-weight.ts";

/** A pair of characters that common texts do not have is part of a name. */
const RARE = 0.98;
const LEAST = 2;
/** Of the names behind one, those it can be related to. */
const NEIGHBOURS = 2;
/** Pieces between two names that one verb can relate, and behind the second one up to the verb. */
const REACH = 12;
const PASSIVE = new Set("被遭由");
/** Before what is acted on, or what something is measured against; the verb follows. */
const BEFORE_VERB = new Set("把将向对给为跟比");
const JOINS = new Set("和与同及或");

/** A run of characters that claim and source have in common and that names something. */
interface Named {
  from: number;
  to: number;
  /** Where it begins in the source. */
  at: number;
}

/**
 * Who did it to whom, in Chinese: two names and the verb between them (甲收购乙, 甲向乙注资), or behind them in the passive
 * voice (乙被甲收购), the other way round than in the source.
 */
export function findHanSwap({ claim, source }: SideBySide): Difference | null {
  const names = namesIn(claim, source);
  for (const [i, first] of names.entries()) {
    for (const second of names.slice(i + 1, i + 1 + NEIGHBOURS)) {
      const [left, right] = first.at < second.at ? [first, second] : [second, first];
      const said = relationOf(claim, first.to, second.from, second.to);
      const told = relationOf(
        source,
        left.at + lengthOf(left),
        right.at,
        right.at + lengthOf(right),
      );
      if (!said || !told || !shareVerb(said.verbs, told.verbs)) continue;
      if ((left === first) !== (said.isPassive !== told.isPassive)) continue;
      return {
        kind: "swap",
        claim: claim.slice(first.from, second.to),
        source: source.slice(left.at, right.at + lengthOf(right)),
      };
    }
  }
  return null;
}

function lengthOf({ from, to }: Named): number {
  return to - from;
}

function shareVerb(some: readonly string[], others: readonly string[]): boolean {
  return some.some((verb) =>
    others.some((other) => verb === other || synonymsOf(verb).includes(other)),
  );
}

/** How two names are related, of which the first ends at `from` and the second stands at `to`..`end`; null: they are not, or only listed. */
function relationOf(
  pieces: readonly Piece[],
  from: number,
  to: number,
  end: number,
): { isPassive: boolean; verbs: string[] } | null {
  if (to - from < 1 || to - from > REACH) return null;
  const between = pieces.slice(from, to);
  if (between.some(({ key }) => JOINS.has(key)) || between[0]?.key === "的") return null;
  const isPassive = between.some(({ key }) => PASSIVE.has(key));
  // 2比1 is a score.
  const isBehind =
    isPassive ||
    between.some(({ key }, i) => BEFORE_VERB.has(key) && between[i - 1]?.kind !== "number");
  const behind = pieces.slice(end, end + REACH);
  const clause = behind[0]?.clause;
  return {
    isPassive,
    verbs: pairsOf(isBehind ? behind.filter((piece) => piece.clause === clause) : between),
  };
}

function pairsOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece, i) => {
    const next = pieces[i + 1];
    const isPair = piece.kind === "han" && next?.kind === "han";
    return isPair && !isStopTerm(piece.key) && !isStopTerm(next.key) ? [piece.key + next.key] : [];
  });
}

/** The longest runs in common, those that name something, in the order of the claim. */
function namesIn(claim: readonly Piece[], source: readonly Piece[]): Named[] {
  const names: Named[] = [];
  for (let from = 0; from < claim.length; ) {
    let best = { length: 0, at: -1 };
    const last = claim[from]?.kind === "han" ? source.length : 0;
    for (let at = 0; at < last; at++) {
      const length = commonRun(claim, from, source, at);
      if (length > best.length) best = { length, at };
    }
    const to = from + best.length;
    if (best.length >= LEAST && isNaming(claim.slice(from, to)))
      names.push({ from, to, at: best.at });
    from += Math.max(1, best.length);
  }
  return names;
}

function commonRun(
  claim: readonly Piece[],
  from: number,
  source: readonly Piece[],
  at: number,
): number {
  let length = 0;
  for (;;) {
    const piece = claim[from + length];
    if (piece?.kind !== "han" || isStopTerm(piece.key) || PASSIVE.has(piece.key)) return length;
    if (piece.clause !== claim[from]?.clause || source[at + length]?.key !== piece.key)
      return length;
    length++;
  }
}

function isNaming(run: readonly Piece[]): boolean {
  return run.slice(0, -1).some(({ token }) => backgroundWeight(token) >= RARE);
}
