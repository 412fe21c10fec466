import type { Alignment } from "./align.ts";
import { findDifferences } from "./differences.ts";
import { type Difference, laySideBySide, type SideBySide } from "./lay-side-by-side.ts";
import { once } from "./once.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { backgroundWeight } from "./term-weight.ts";
import type { IndexedSentence } from "./text-index.ts";
import type { Token } from "./tokens.ts";

/** One clause of a claim beside the sentence that is most like it. */
export interface ComparedClause {
  /** Share of the clause in the whole claim, by weight. */
  weight: number;
  likeness: number;
  mutual: number;
  sentence: IndexedSentence;
  differences: Difference[];
  /** Nothing telling of the sentence stands between its words. */
  isUnbroken: boolean;
}

/** Lighter clauses are read together with the next one: "In 2019, …". */
const LEAST_CLAUSE = 1.3;
const SWAPPED = 0.8;
/** Sentences laid beside each clause. */
const CLOSE = 2;
/** Those that share less than this part of what the best one shares are left out. */
const NEAR_BEST = 0.8;
/** A sentence so much less like the clause that says the same without a difference is taken instead. */
const LENIENCY = 0.12;

/** Each clause of the claim beside its most likely sentence. Bounded work a clause. */
export function compareClaim({ tokens, equivalents, candidates }: Alignment): ComparedClause[] {
  const pieces = piecesOf(tokens, equivalents);
  const clauses = clausesOf(pieces);
  const total = clauses.reduce((sum, clause) => sum + weightOf(clause), 0);
  const told = new Set(
    tokens.flatMap((token, i) => (equivalents[i]?.[0]?.likeness === 1 ? [token] : [])),
  );
  const sources = new Map<IndexedSentence, Piece[]>();
  const read = (sentence: IndexedSentence): Piece[] => {
    const known = sources.get(sentence) ?? piecesOf(sentence.tokens);
    sources.set(sentence, known);
    return known;
  };
  const lay = (some: readonly Piece[], sentence: IndexedSentence): Ranked => ({
    sentence,
    side: withSubject(laySideBySide(some, read(sentence)), sentence),
  });
  const laid = clauses.flatMap((clause) => {
    const best = closest(clause, candidates)
      .map((sentence) => lay(clause, sentence))
      .sort((a, b) => b.side.likeness - a.side.likeness);
    const chosen = choose(best);
    return chosen ? [{ clause, best, chosen }] : [];
  });
  const home = homeOf([...new Set(laid.map(({ chosen }) => chosen.sentence))], (sentence) =>
    lay(pieces, sentence),
  );
  return laid.flatMap(({ clause, best, chosen: first }) => {
    const isAway = home !== null && first.sentence !== home;
    const chosen = (isAway ? choose([lay(clause, home)]) : null) ?? first;
    const { sentence, side } = chosen;
    const isDeniedToo = best.some(({ side }) => areBothDenied(side));
    const whole = once(() => lay(pieces, sentence).side);
    const isDeniedElsewhere = (difference: Difference) =>
      areBothDenied(whole()) || (clauses.length > 1 && areDeniedAlike(whole(), difference));
    const differences = chosen.differences.flatMap((difference): Difference[] => {
      if (isStray(difference, sentence, told)) return [{ ...difference, kind: "stray" }];
      if (difference.kind !== "polarity" && difference.kind !== "denial") return [difference];
      const isOpposite =
        difference.kind === "polarity" &&
        ![...difference.claim, ...difference.source].some(({ isNegation }) => isNegation);
      if (!isOpposite && isDeniedElsewhere(difference)) return [];
      return [isDeniedToo ? { ...difference, kind: "denial" } : difference];
    });
    return [
      {
        weight: total === 0 ? 0 : weightOf(clause) / total,
        sentence,
        differences,
        isUnbroken: side.gaps.every(
          ({ source, before, after }) => !before || !after || weightOf(source) < TELLING,
        ),
        ...likenessBut(side, differences),
      },
    ];
  });
}

/** Weight of what says something of its own. */
const TELLING = 0.5;

interface Ranked {
  sentence: IndexedSentence;
  side: SideBySide;
}

interface Chosen extends Ranked {
  differences: Difference[];
}

/** So like the whole claim a sentence must be, and so much more than any other, to say all of it. */
const WHOLE_LIKE = 0.7;
const WHOLE_APART = 0.2;

/** The sentence that says the whole claim: what another says of one clause is of something else. Null: none does. */
function homeOf(
  sentences: readonly IndexedSentence[],
  lay: (sentence: IndexedSentence) => Ranked,
): IndexedSentence | null {
  if (sentences.length < 2) return null;
  const [first, second] = sentences.map(lay).sort((a, b) => b.side.likeness - a.side.likeness);
  const isClear = (first?.side.likeness ?? 0) >= (second?.side.likeness ?? 0) + WHOLE_APART;
  return first && isClear && first.side.likeness >= WHOLE_LIKE ? first.sentence : null;
}

/** Both deny something that the other does not: then the texts say the same in other words, or nothing of it. */
function areBothDenied({ claim, source, pairs, likeness }: SideBySide): boolean {
  const [ours, theirs] = [new Set(pairs.map(([at]) => at)), new Set(pairs.map(([, at]) => at))];
  return (
    likeness >= SPEAKS_OF_IT &&
    claim.some(({ isNegation }, at) => isNegation && !ours.has(at)) &&
    source.some(({ isNegation }, at) => isNegation && !theirs.has(at))
  );
}

/** What only one clause seems to deny, the claim as a whole denies as often as the sentence does. */
function areDeniedAlike(
  { claim, source, pairs, likeness }: SideBySide,
  difference: Difference,
): boolean {
  const [ours, theirs] = [new Set(pairs.map(([at]) => at)), new Set(pairs.map(([, at]) => at))];
  const touched = new Set(pairs.map(([, at]) => source[at]?.clause));
  if (difference.source.some(({ clause }) => !touched.has(clause))) return false;
  const own = claim.filter(({ isNegation }, at) => isNegation && !ours.has(at));
  const other = source.filter(
    ({ isNegation, clause }, at) => isNegation && !theirs.has(at) && touched.has(clause),
  );
  return likeness >= SPEAKS_OF_IT && own.length === other.length;
}

const SPEAKS_OF_IT = 0.2;

/** "It stands 42 metres high": what the claim calls by its name may be named in the sentence before. */
function withSubject(side: SideBySide, sentence: IndexedSentence): SideBySide {
  const { before } = sentence;
  const [first] = side.gaps;
  if (!before || !first || first.before !== null || !speaksOfIt(sentence)) return side;
  const named = first.claim.filter(
    ({ key, kind, token, equivalents }) =>
      before.positions.has(kind === "han" ? token.term : key) ||
      equivalents.some(({ term }) => before.positions.has(term)),
  );
  const total = weightOf(side.claim);
  if (total === 0 || named.length === 0) return side;
  return {
    ...side,
    likeness: Math.min(1, side.likeness + weightOf(named) / total),
    gaps: [
      { ...first, claim: first.claim.filter((piece) => !named.includes(piece)) },
      ...side.gaps.slice(1),
    ],
  };
}

/**
 * A name that stands here in the place of another one is told in another sentence: of that, not of this. Of Chinese a
 * few characters in the place of others are as good as a name.
 */
function isStray(
  { kind, claim, source }: Difference,
  { positions }: IndexedSentence,
  told: ReadonlySet<Token>,
): boolean {
  const isHan = claim[0]?.kind === "han";
  const isRun = isHan && [claim, source].every(({ length }) => length >= 2 && length <= NAME);
  if (kind !== "name" && !(kind === "word" && isRun)) return false;
  // A word that every text says holds the place of no other thing.
  if (isHan && source.slice(0, -1).every(({ token }) => backgroundWeight(token) < NAMING))
    return false;
  const telling = isHan ? claim.slice(0, -1) : claim;
  return telling.every(
    ({ token }) =>
      told.has(token) &&
      !positions.has(token.term) &&
      (!isHan || backgroundWeight(token) >= NAMING),
  );
}

/** Characters of a Chinese name. */
const NAME = 5;
/** What every text says (可以, 没有, 公司) names nothing. */
const NAMING = 0.9;

function speaksOfIt({ tokens }: IndexedSentence): boolean {
  return PRONOUNS.has(tokens[0]?.surface.toLowerCase() ?? "");
}

const PRONOUNS = new Set(
  "it he she they this these its his her their the 它 他 她 其 该 这 此 它们 他们 她们 这个 这些 该公 他的 她的 它的".split(
    " ",
  ),
);

/**
 * How like the two are, what differs left aside: a number or name in the place of another, two that changed places. A
 * short sentence would else be unlike its own copy for the very thing that is wrong with it.
 */
function likenessBut(
  { likeness, mutual, claim, source }: SideBySide,
  differences: readonly Difference[],
) {
  if (differences.some(({ kind }) => kind === "swap")) {
    return { likeness: Math.max(likeness, SWAPPED), mutual: Math.max(mutual, SWAPPED) };
  }
  const balance = differences.find(({ kind }) => kind === "balance");
  if (balance) {
    const turned = weightOf(balance.claim) / Math.max(1e-9, weightOf(claim));
    return { likeness: Math.min(1, likeness + turned), mutual };
  }
  const places = differences.filter(({ kind }) => kind === "number" || kind === "name").length;
  if (places === 0) return { likeness, mutual };
  return {
    likeness: Math.min(COMMON_BUT, likeness + places / Math.max(1, weightOf(claim))),
    mutual: Math.min(COMMON_BUT, mutual + places / Math.max(1, weightOf(source))),
  };
}

const COMMON_BUT = 0.95;

function choose(ranked: readonly Ranked[]): Chosen | null {
  const [first] = ranked;
  if (!first) return null;
  const differences = findDifferences(first.side);
  if (differences.length === 0) return { ...first, differences };
  const same = ranked
    .slice(1)
    .find(
      ({ side }) =>
        side.likeness >= first.side.likeness - LENIENCY && findDifferences(side).length === 0,
    );
  return same ? { ...same, differences: [] } : { ...first, differences };
}

function clausesOf(pieces: readonly Piece[]): Piece[][] {
  const clauses: Piece[][] = [];
  for (const piece of pieces) {
    const last = clauses.at(-1);
    const isNew = !last || (last.at(-1)?.clause !== piece.clause && weightOf(last) >= LEAST_CLAUSE);
    if (isNew) clauses.push([piece]);
    else last.push(piece);
  }
  const last = clauses.at(-1);
  if (clauses.length > 1 && last && weightOf(last) < LEAST_CLAUSE) {
    const [before = [], end = []] = clauses.splice(-2);
    clauses.push([...before, ...end]);
  }
  return clauses;
}

function weightOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { weight }) => sum + weight, 0);
}

/** The sentences that share most with the clause, by its words alone. */
function closest(
  clause: readonly Piece[],
  candidates: readonly IndexedSentence[],
): IndexedSentence[] {
  const shares = candidates.map((sentence) => {
    let share = 0;
    const subject = speaksOfIt(sentence) ? sentence.before : null;
    for (const { key, kind, token, weight, equivalents } of clause) {
      const terms = [kind === "han" ? token.term : key, ...equivalents.map(({ term }) => term)];
      const isHeld = terms.some(
        (term) => sentence.positions.has(term) || subject?.positions.has(term),
      );
      if (isHeld) share += weight;
    }
    return { sentence, share };
  });
  shares.sort((a, b) => b.share - a.share);
  const least = (shares[0]?.share ?? 0) * NEAR_BEST;
  return shares
    .slice(0, CLOSE)
    .flatMap(({ sentence, share }) => (share >= least ? [sentence] : []));
}
