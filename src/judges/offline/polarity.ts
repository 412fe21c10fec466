import { antonymsOf, areOppositeCharacters } from "./antonyms.ts";
import {
  type Difference,
  type Gap,
  NEAR,
  nearCommon,
  SHORT_GAP,
  type SideBySide,
} from "./lay-side-by-side.ts";
import { CONTRASTS, type Piece, tokensOf } from "./pieces.ts";
import { isEndOfSpan } from "./span-end.ts";

const CONTENT = 0.3;
/** Pieces behind a negation among which its predicate stands, and how many of them can be it ("not significantly differ"). */
const REACH = 7;
const PREDICATES = 2;
/** Chinese characters behind one ("不可以退", "没有提供"). */
const HAN_REACH = 4;
/** In a script without blanks and without word signs a negation stands further off. */
const UNSPACED_NEAR = 12;

/**
 * Is the one side denied where the other is not? Negations, opposites and negating prefixes that only one side has are
 * counted: an odd number turns the sense, an even one gives it back ("not impossible"). It is proved only where each
 * negation stands before something that both say; a negation of something else makes another statement ("denial").
 */
export function differingPolarity(side: SideBySide): Difference | null {
  const claimed: number[] = [];
  const sourced: number[] = [];
  const opposites: Opposites[] = [];
  for (const gap of side.gaps) {
    claimed.push(
      ...stated(indicesOf(gap.claim.filter(isNegating), side.claim), side.claim, side.source),
    );
    sourced.push(
      ...stated(indicesOf(negationsBeside(gap, side), side.source), side.source, side.claim),
    );
    if (gap.claim.length > SHORT_GAP) continue;
    const inPlace = findOppositeCharacter(gap);
    opposites.push(...(inPlace ? [inPlace] : findOpposites(gap.claim, nearby(gap, side), side)));
  }
  const flips = claimed.length + sourced.length + opposites.length;
  if (flips === 0) return null;
  const turned = [
    ...claimed.flatMap((at) => side.claim[at] ?? []),
    ...opposites.flatMap(({ claim }) => claim),
  ];
  if (flips % 2 === 0) return { kind: "balance", claim: turned, source: [] };
  // "It is not forbidden to park here" and "parking here is allowed": the opposite may stand at the other end.
  const rest = findOpposites(
    side.gaps.flatMap(({ claim }) => claim),
    side.gaps.flatMap((gap) => nearby(gap, side)),
    side,
  );
  const known = new Set(turned);
  const further = rest.filter(({ claim }) => !claim.some((piece) => known.has(piece)));
  if (further.length % 2 !== 0)
    return {
      kind: "balance",
      claim: [...new Set([...turned, ...rest.flatMap(({ claim }) => claim)])],
      source: [],
    };
  const inSource = new Map(side.pairs);
  const inClaim = new Map(side.pairs.map(([claim, source]) => [source, claim]));
  const denials = [
    ...claimed.map((at) => denialOf(side.claim, at, side.source, inSource)),
    ...sourced.map((at) => denialOf(side.source, at, side.claim, inClaim)),
  ];
  const isShared = denials.every((denial) => denial !== null);
  const [first] = opposites;
  const denial = denials[0] ?? null;
  const isClaimed = claimed.length > 0;
  return {
    kind: isShared ? "polarity" : "denial",
    claim: first?.claim ?? (isClaimed ? denial?.denied : denial?.told) ?? [],
    source: first?.source ?? (isClaimed ? denial?.told : denial?.denied) ?? [],
  };
}

/**
 * A negation with the piece it denies, where the other side says that too, and how it says it; null: the other side
 * does not speak of it.
 */
function denialOf(
  pieces: readonly Piece[],
  at: number,
  others: readonly Piece[],
  paired: ReadonlyMap<number, number>,
): { denied: Piece[]; told: Piece[] } | null {
  if (isContrast(pieces, at) || isOfAnotherKind(pieces, at)) return null;
  const places = predicatesOf(pieces, at);
  const first = places.find((place) => paired.has(place));
  if (first === undefined) return null;
  // Of Chinese two characters in a row say more than one.
  const isHan = pieces[first]?.kind === "han";
  const next = isHan && paired.get(first + 1) === (paired.get(first) ?? 0) + 1;
  const told = paired.get(first) ?? 0;
  return {
    denied: pieces.slice(Math.min(at, first), Math.max(at, first + (next ? 1 : 0)) + 1),
    told: others.slice(told, told + (next ? 2 : 1)),
  };
}

/** "Non-tariff barriers": another kind of barriers; "non-refundable" at the end denies. */
function isOfAnotherKind(pieces: readonly Piece[], at: number): boolean {
  return pieces[at]?.key === "non" && pieces[at + 2]?.clause === pieces[at]?.clause;
}

/** "It is the marketing, not the product", "instead of": sets two things against each other and denies no predicate. */
function isContrast(pieces: readonly Piece[], at: number): boolean {
  const negation = pieces[at];
  if (negation?.kind !== "word") return false;
  const before = pieces[at - 1];
  const isFirst = before !== undefined && before.clause !== negation.clause;
  // "Only to one of them and not to the other".
  const isAdded = JOINED.has(before?.key ?? "") && PREPOSITIONS.has(pieces[at + 1]?.key ?? "");
  return (
    ((isFirst || isAdded) && negation.key === "not") ||
    CONTRASTS.has(negation.surface.toLowerCase())
  );
}

const JOINED = new Set(["and", "but"]);
const PREPOSITIONS = new Set("to in at on for from by with the".split(" "));

function indicesOf(found: readonly Piece[], pieces: readonly Piece[]): number[] {
  return found.map((piece) => pieces.indexOf(piece));
}

/**
 * "If he had not returned": a condition denies nothing, unless the other side says it too; nor does "no charge" beside
 * "free".
 */
function stated(
  found: readonly number[],
  pieces: readonly Piece[],
  others: readonly Piece[],
): readonly number[] {
  const isFree = others.some(({ key }) => FREE.has(key));
  const isRecord = hasSince(others) && others.some(({ key }) => SUPERLATIVES.has(key));
  const denied = found.filter(
    (at) => !(isFree && isOfCost(pieces, at)) && !(isRecord && hasSince(pieces)),
  );
  if (others.some(({ key }) => CONDITIONS.has(key))) return denied;
  return denied.filter((at) => {
    for (let i = at - 1; i >= 0 && pieces[i]?.clause === pieces[at]?.clause; i--)
      if (CONDITIONS.has(pieces[i]?.key ?? "")) return false;
    return true;
  });
}

/** "No charge", "costs nothing", 不用买票. */
function isOfCost(pieces: readonly Piece[], at: number): boolean {
  return pieces
    .slice(Math.max(0, at - 2), at + 1 + HAN_REACH)
    .some(({ key, clause }) => COSTS.has(key) && clause === pieces[at]?.clause);
}

/** "Not seen since 1998", "the highest since 1998". */
function hasSince(pieces: readonly Piece[]): boolean {
  return pieces.some(
    ({ key }, at) => key === "sinc" || (key === "以" && pieces[at + 1]?.key === "来"),
  );
}

const SUPERLATIVES = new Set(
  "highest most largest biggest lowest least best worst first 最 首".split(" "),
);
const FREE = new Set("free complimentari grati 免".split(" "));
const COSTS = new Set("charg cost fee pai payment 钱 票".split(" "));
const CONDITIONS = new Set("if whether unless 如 若 假 倘".split(" "));

/** The pieces that can be what a negation denies. */
function predicatesOf(pieces: readonly Piece[], at: number): number[] {
  const negation = pieces[at];
  if (!negation) return [];
  const indices = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i).filter(
      (place) => pieces[place]?.clause === negation.clause,
    );
  if (negation.kind === "han") {
    if (!isUnspaced(negation)) return indices(at + 1, at + 1 + HAN_REACH);
    return indices(at - UNSPACED_NEAR, at + 1 + HAN_REACH).filter((place) => place !== at);
  }
  const tells = (place: number) => {
    const piece = pieces[place];
    return piece !== undefined && piece.weight >= CONTENT && !piece.isNegation;
  };
  const behind = indices(at + 1, at + 1 + REACH)
    .filter(tells)
    .slice(0, PREDICATES);
  // "It was not." "We haven't."
  return behind.length > 0
    ? behind
    : indices(at - REACH, at)
        .filter(tells)
        .slice(-1);
}

/**
 * Of the source's negations those that belong to something the claim says; at an end only right beside it, with those
 * that deny them in turn ("不禁止").
 */
function negationsBeside(gap: Gap, side: SideBySide): Piece[] {
  const { source, before, after } = gap;
  const near = new Set(nearCommon(gap, side));
  const isBeside = (piece: Piece, at: number): boolean => {
    if (!(near.has(piece) || isUnspaced(piece))) return false;
    if (isUnspaced(piece)) return after === null ? at <= 2 : source.length - at <= UNSPACED_NEAR;
    if (after === null) return at <= 1 && piece.kind !== "word";
    return before !== null ? at >= source.length - NEAR : at >= source.length - 2;
  };
  let next: Piece | undefined;
  return source
    .flatMap((piece, at) => (isNegating(piece) ? [{ piece, at }] : []))
    .reverse()
    .filter(({ piece, at }) => {
      const isDenied =
        next !== undefined && next === source[at + 1] && next.clause === piece.clause;
      const isKept = isDenied || isBeside(piece, at);
      if (isKept) next = piece;
      return isKept;
    })
    .map(({ piece }) => piece)
    .reverse();
}

function isNegating({ isNegation }: Piece): boolean {
  return isNegation;
}

function isUnspaced({ kind, key }: Piece): boolean {
  return kind === "han" && !/\p{Script=Han}/u.test(key);
}

function nearby(gap: Gap, side: SideBySide): readonly Piece[] {
  return gap.source.length <= SHORT_GAP ? gap.source : nearCommon(gap, side);
}

const PREFIXES = ["un", "in", "im", "ir", "il", "non", "dis"];

interface Opposites {
  claim: readonly Piece[];
  source: readonly Piece[];
}

/** Pairs of words, one only in the claim and one only in the source, that exclude each other. */
function findOpposites(
  own: readonly Piece[],
  other: readonly Piece[],
  side: SideBySide,
): Opposites[] {
  // "B minor" against "E major or C minor": a word that both sides say has no opposite there.
  const said = new Set(wordsOf(side.claim, side.claim).map(({ term }) => term));
  const told = new Set(wordsOf(side.source, side.source).map(({ term }) => term));
  const words = wordsOf(own, side.claim).filter(({ term }) => !told.has(term));
  const others = wordsOf(other, side.source).filter(({ term }) => !said.has(term));
  const known = new Map(
    others.flatMap(({ term, surface, pieces }) => [
      [term, pieces] as const,
      [surface.toLowerCase(), pieces] as const,
    ]),
  );
  const used = new Set<string>();
  const found: Opposites[] = [];
  for (const { term, surface, pieces } of words) {
    const opposite = oppositesOf(term, surface).find(
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
    found.push({ claim: pieces, source: known.get(opposite) ?? [] });
  }
  return found;
}

/** 饭前 and 饭后: between the same characters stands the opposite one. */
function findOppositeCharacter({ claim, source, before, after }: Gap): Opposites | null {
  const [own, more] = claim;
  const [other, further] = source;
  if (!own || !other || more || further || (!before && !after)) return null;
  return areOppositeCharacters(own.key, other.key) ? { claim, source } : null;
}

function oppositesOf(term: string, surface: string): readonly string[] {
  return [...antonymsOf(term), ...prefixed(surface.toLowerCase())];
}

function prefixed(term: string): string[] {
  if (term.length < 5 || /\P{Script=Latin}/u.test(term)) return [];
  return PREFIXES.flatMap((prefix) =>
    term.startsWith(prefix) && term.length >= prefix.length + 4
      ? [term.slice(prefix.length)]
      : [`${prefix}${term}`],
  );
}

/** Words of the pieces, but for negations ("unable"), which count by themselves; of Chinese ones every pair of characters that holds one of them. */
function wordsOf(
  pieces: readonly Piece[],
  all: readonly Piece[],
): { term: string; surface: string; pieces: readonly Piece[] }[] {
  const chosen = new Set(pieces);
  return all.flatMap((piece, i) => {
    const next = all[i + 1];
    if (piece.isNegation) return [];
    if (piece.kind === "word")
      return chosen.has(piece)
        ? [{ term: piece.key, surface: piece.surface, pieces: [piece] }]
        : [];
    if (piece.kind !== "han" || next?.kind !== "han" || next.isNegation) return [];
    if (!chosen.has(piece) && !chosen.has(next)) return [];
    return [
      { term: piece.key + next.key, surface: piece.surface + next.surface, pieces: [piece, next] },
    ];
  });
}
