import { stemmer } from "stemmer";
import { fold } from "./fold.ts";

/**
 * What two texts are compared by. English words are stems, Chinese runs become character bigrams (a lone character
 * stays one). `Intl.Segmenter` would cut Chinese words by the dictionary of the engine's ICU, so Node and workerd
 * could disagree; bigrams are the same everywhere.
 */
export interface Token {
  /** The comparable form. */
  term: string;
  kind: "word" | "number" | "han";
  /** Folded surface. */
  surface: string;
}

const STEM_LIMIT = 30; // longer "words" are ids, hashes or noise
const PIECE =
  /(\d+(?:[.,:]\d+)*)|([\p{Script=Han}々〇]+)|([\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+)|([\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*)/gu;

/** Tokens of a text in reading order; linear in its length. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of fold(text).matchAll(PIECE)) {
    const [piece, number, han, unspaced] = match;
    if (number !== undefined) {
      tokens.push({ term: number.replaceAll(",", ""), kind: "number", surface: number });
    } else if (han !== undefined || unspaced !== undefined) {
      pushBigrams(tokens, piece);
    } else {
      tokens.push({ term: stem(piece), kind: "word", surface: piece });
    }
  }
  return tokens;
}

function stem(word: string): string {
  const bare = word.endsWith("'s") ? word.slice(0, -2) : word;
  return bare.length > STEM_LIMIT ? bare : stemmer(bare);
}

function pushBigrams(tokens: Token[], run: string): void {
  const characters = [...run];
  if (characters.length === 1) tokens.push({ term: run, kind: "han", surface: run });
  for (let i = 0; i + 1 < characters.length; i++) {
    const term = `${characters[i]}${characters[i + 1]}`;
    tokens.push({ term, kind: "han", surface: term });
  }
}
