import type { Equivalent } from "./equivalents.ts";
import { isStopTerm } from "./stop-words.ts";
import { backgroundWeight } from "./term-weight.ts";
import type { Token } from "./tokens.ts";
import { classOf, isNegatingCharacter, UNSPACED_NEGATION, type WordClass } from "./word-classes.ts";

/** What two sentences are laid side by side by: words and numbers as they are, Chinese as single characters. */
export interface Piece {
  key: string;
  /** As written. */
  surface: string;
  kind: Token["kind"];
  token: Token;
  /** How much it says, 0..1. */
  weight: number;
  clause: number;
  isName: boolean;
  isNegation: boolean;
  wordClass?: WordClass;
  /** Terms that mean the same, of a piece of the claim. */
  equivalents: readonly Equivalent[];
}

const HAN_WEIGHT = 0.45;
const ENUMERATORS = "甲乙丙丁戊己";
const STOP = 0.1;
const NO_EQUIVALENTS: readonly Equivalent[] = [];

export function piecesOf(
  tokens: readonly Token[],
  equivalents?: readonly (readonly Equivalent[])[],
): Piece[] {
  const pieces: Piece[] = [];
  tokens.forEach((token, i) => {
    const own = equivalents?.[i] ?? NO_EQUIVALENTS;
    if (token.kind === "han") {
      pushHan(pieces, token, tokens[i - 1], tokens[i + 1]);
      return;
    }
    const isFirst = token.clause !== tokens[i - 1]?.clause && !/\d/.test(token.surface);
    const wordClass = token.kind === "word" ? classOf(token.surface.toLowerCase()) : undefined;
    pieces.push({
      key: token.term,
      surface: token.surface,
      kind: token.kind,
      token,
      weight:
        token.kind === "number"
          ? 1
          : isStopTerm(token.term)
            ? STOP
            : Math.max(STOP, backgroundWeight(token)),
      clause: token.clause,
      isName: isFirst ? startsWithName(token) : token.isName && token.surface !== "I",
      isNegation:
        (wordClass === "negation" || token.surface.endsWith("n't")) && isNegationHere(tokens, i),
      ...(wordClass ? { wordClass } : {}),
      equivalents: own,
    });
  });
  for (const [at, piece] of pieces.entries())
    if (piece.isNegation && piece.kind === "han" && isBound(pieces, at)) piece.isNegation = false;
  return pieces;
}

/** 不得超过, 不少于: a bound of the number behind it denies nothing. */
function isBound(pieces: readonly Piece[], at: number): boolean {
  const behind = pieces.slice(at + 1, at + 4);
  return /^[得能可应会]?(?:超过|[多少高低大小早晚]于)/.test(behind.map(({ key }) => key).join(""));
}

/** "No. 5 is open" is an abbreviation, "not only" adds, "not necessarily" leaves open, "rather playful" grades. */
function isNegationHere(tokens: readonly Token[], at: number): boolean {
  const [token, next, third, fourth] = tokens.slice(at, at + 4);
  if (!token) return false;
  if (token.term === "no" && next?.kind === "number") return false;
  const contrast = CONTRASTS.get(token.surface.toLowerCase());
  if (contrast !== undefined) return next?.surface.toLowerCase() === contrast;
  // "No more than 24" is a bound.
  if (third?.term === "than" && fourth?.kind === "number") return false;
  return !(next && NOT_NEGATED.has(next.surface.toLowerCase()));
}

/** They deny only together with their next word. */
export const CONTRASTS: ReadonlyMap<string, string> = new Map([
  ["rather", "than"],
  ["instead", "of"],
]);
const NOT_NEGATED = new Set("only just merely simply necessarily".split(" "));

export function tokensOf(pieces: readonly Piece[]): Token[] {
  return pieces.map(({ token }) => token);
}

export function isSameText(some: readonly Piece[], others: readonly Piece[]): boolean {
  return (
    some.length === others.length && some.every(({ surface }, i) => surface === others[i]?.surface)
  );
}

/** The first word of a sentence or clause has a capital anyway; a rare one is likely a name. */
function startsWithName({ surface, term, kind }: Token): boolean {
  return /^\p{Lu}/u.test(surface) && !isStopTerm(term) && backgroundWeight({ term, kind }) === 1;
}

/** Of overlapping pairs each gives its first character, the last of a run its second too. */
function pushHan(
  pieces: Piece[],
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
): void {
  const [first = "", second = ""] = token.term;
  const isContinued = continues(token, after);
  const characters = second === "" || isContinued ? [first] : [first, second];
  const starts = !continues(before, token);
  for (const [i, character] of characters.entries()) {
    const next = i === 0 ? second : "";
    const wordClass = classOf(i === 0 ? token.term : "") ?? classOf(character);
    pieces.push({
      key: character,
      surface: character,
      kind: "han",
      token,
      weight: isStopTerm(character) ? STOP : HAN_WEIGHT,
      clause: token.clause,
      // 甲, 乙: which of several.
      isName: ENUMERATORS.includes(character) && starts && i === 0,
      isNegation:
        (isNegatingCharacter(character, next) && !(starts && i === 0 && next === "")) ||
        (i === 0 && UNSPACED_NEGATION.test(token.term)),
      ...(wordClass ? { wordClass } : {}),
      equivalents: NO_EQUIVALENTS,
    });
  }
}

function continues(token: Token | undefined, after: Token | undefined): boolean {
  return (
    token?.kind === "han" &&
    after?.kind === "han" &&
    token.clause === after.clause &&
    token.term.length > 1 &&
    after.term.length > 1 &&
    token.term.slice(-1) === after.term.charAt(0)
  );
}
