import type { TextPlace } from "../../scoring/judge.ts";
import { fold } from "./fold.ts";
import type { Piece } from "./pieces.ts";
import type { Token } from "./tokens.ts";

/** A token that does not come within so many characters is one the reader made of several, or of none. */
const LOOK_AHEAD = 120;

/**
 * Where the pieces stand in the text their tokens were read from, from the first to the last of them; null: they are not
 * found as written. Tokens carry no offsets, because all but a few texts are never asked where; so the text is walked
 * once more, token by token. `from` is how the part that was read begins.
 */
export function locate(
  text: string,
  tokens: readonly Token[],
  pieces: readonly Piece[],
  from = "",
): TextPlace | null {
  const wanted = new Map<Token, Piece[]>();
  for (const piece of pieces) wanted.set(piece.token, [...(wanted.get(piece.token) ?? []), piece]);
  const { folded, origins } = foldWithOrigins(text);
  let at = Math.max(0, folded.indexOf(from));
  let [start, end] = [Number.POSITIVE_INFINITY, -1];
  let last = { surface: "", at: 0 };
  for (const token of tokens) {
    const { surface, kind } = token;
    // The parts of one date share what is written.
    const isSame = kind === "number" && last.surface === surface && last.at + surface.length === at;
    const found = isSame ? last.at : folded.slice(at, at + LOOK_AHEAD).indexOf(surface) + at;
    if (!isSame && found < at) continue;
    last = { surface, at: found };
    // Chinese pairs overlap.
    at = kind === "han" ? found + 1 : found + surface.length;
    for (const piece of wanted.get(token) ?? []) {
      const inside = Math.max(0, surface.lastIndexOf(piece.surface));
      start = Math.min(start, found + inside);
      end = Math.max(end, found + inside + piece.surface.length);
    }
  }
  return end < 0 ? null : { start: origins[start] ?? 0, end: origins[end] ?? text.length };
}

/** The folded text, and for each of its characters where it stands in the text as it was. */
function foldWithOrigins(text: string): { folded: string; origins: number[] } {
  let folded = "";
  const origins: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = fold(character);
    for (let i = 0; i < plain.length; i++) origins.push(at);
    folded += plain;
    at += character.length;
  }
  origins.push(at);
  return { folded, origins };
}
