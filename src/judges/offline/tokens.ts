import { stemmer } from "stemmer";
import type { Steps } from "../../scoring/steps.ts";
import { fold } from "./fold.ts";
import {
  isNumeral,
  numberTerm,
  readEnglishNumber,
  readHanNumber,
  readMonth,
  readOrdinal,
  scaleOf,
} from "./numerals.ts";

/**
 * What two texts are compared by. English words are stems, Chinese runs become character bigrams (a lone character
 * stays one), numbers and dates are values. `Intl.Segmenter` would cut Chinese words by the dictionary of the
 * engine's ICU, so Node and workerd could disagree; bigrams are the same everywhere.
 */
export interface Token {
  /** The comparable form: a stem, a bigram, `#1200000`, `#3.5%`, `m:12` (December). */
  term: string;
  kind: "word" | "number" | "han";
  /** As written, after folding. */
  surface: string;
  /** Starts with a capital, not at the start of the text. */
  isName: boolean;
}

const STEM_LIMIT = 30; // longer "words" are ids, hashes or noise
const SCALE = "hundred|thousand|million|billion|trillion|bn|mn|万亿|百万|千万|亿|万|千|百";
const UNSPACED = String.raw`\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}`;
const LETTERS = String.raw`[[\p{L}\p{M}]--[\p{Script=Han}${UNSPACED}]]`;
// One alternative a group, by position because named groups cost a third of the time: 1 word, 2 ISO date, 3 Chinese
// month, 4 number with 5 scale, 6 kilo and 7 percent, 8 Chinese, 9 other scripts without blanks.
const PIECE = new RegExp(
  [
    `(${LETTERS}+(?:'${LETTERS}+)*)`,
    String.raw`(\d{4}[\-\/.]\d{1,2}[\-\/.]\d{1,2}(?!\d))`,
    String.raw`(\d{1,2})月(?:份)?(?!球)`,
    String.raw`(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?: ?(${SCALE})(?![a-z])|(k)(?![a-z]))?( ?%| ?percent| per cent|个百分点)?(?:st|nd|rd|th|s|'s)?(?:年代|年|日|号)?`,
    String.raw`([\p{Script=Han}々〇]+)`,
    `([${UNSPACED}]+)`,
  ].join("|"),
  "giv",
);
const HAN_NUMERAL =
  /百分之[零〇一二两三四五六七八九十百千点]+|第[零〇一二两三四五六七八九十百千万亿]+|[零〇一二两三四五六七八九十百千万亿点]{2,}年?/g;

/** Tokens of a text in reading order; linear in its length. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of fold(text).matchAll(PIECE)) pushPiece(tokens, match);
  return tokens;
}

/** Pieces of a long text between two rests: some 20 ms of work. */
const PIECES_AT_ONCE = 20_000;

/** The same for a text that may be megabytes long. */
export function* tokenizeInSteps(text: string): Steps<Token[]> {
  const tokens: Token[] = [];
  let pieces = 0;
  for (const match of fold(text).matchAll(PIECE)) {
    pushPiece(tokens, match);
    pieces++;
    if (pieces % PIECES_AT_ONCE === 0) yield;
  }
  return tokens;
}

/** Has the text more tokens than that? Of a long one only the beginning is read. */
export function hasMoreTokens(text: string, limit: number): boolean {
  const tokens: Token[] = [];
  for (const match of fold(text).matchAll(PIECE)) {
    pushPiece(tokens, match);
    if (tokens.length > limit) return true;
  }
  return false;
}

/** Is there anything in the text to compare by? */
export function hasTokens(text: string): boolean {
  return fold(text).search(PIECE) >= 0;
}

function pushPiece(tokens: Token[], match: RegExpExecArray): void {
  const [whole, word, iso, hanMonth, number, scale, kilo, percent, han, unspaced] = match;
  if (word !== undefined) pushWord(tokens, word);
  else if (han !== undefined) pushHan(tokens, han);
  else if (number !== undefined) {
    const value = Number(number.replaceAll(",", "")) * scaleOf(scale ?? kilo);
    pushNumber(tokens, numberTerm(value, percent !== undefined), whole);
  } else if (iso !== undefined) pushIsoDate(tokens, iso);
  else if (hanMonth !== undefined) pushNumber(tokens, `m:${Number(hanMonth)}`, whole);
  else if (unspaced !== undefined) pushBigrams(tokens, unspaced);
}

function pushWord(tokens: Token[], word: string): void {
  const lower = word.toLowerCase();
  if (isNumeral(lower) && pushNumeral(tokens, word, lower)) return;
  const isName = tokens.length > 0 && word !== lower;
  tokens.push({ term: stem(lower), kind: "word", surface: word, isName });
}

/** Numbers, months and ordinals written as words; false when the word is none of them here. */
function pushNumeral(tokens: Token[], word: string, lower: string): boolean {
  if (lower === "one") return addOne(tokens);
  const below100 = readEnglishNumber(lower);
  const month = readMonth(word);
  const ordinal = readOrdinal(lower);
  if (below100 !== null) pushEnglishNumber(tokens, below100, word);
  else if (isScaled(tokens.at(-1), lower)) scaleLast(tokens, scaleOf(lower));
  else if (month !== null) pushNumber(tokens, `m:${month}`, word);
  else if (ordinal !== null) pushNumber(tokens, numberTerm(ordinal, false), word);
  else return false;
  return true;
}

/** "two" + "million"; a lone letter ("19 k") is no scale. */
function isScaled(last: Token | undefined, word: string): boolean {
  return (
    word.length > 1 && scaleOf(word) > 1 && last?.kind === "number" && last.term.startsWith("#")
  );
}

function scaleLast(tokens: Token[], scale: number): void {
  const last = tokens.at(-1);
  if (last) last.term = numberTerm(Number.parseFloat(last.term.slice(1)) * scale, false);
}

/** "twenty" + "one"; elsewhere "one" is more often a pronoun than a number. */
function addOne(tokens: Token[]): boolean {
  const last = tokens.at(-1);
  const tens = last && readEnglishNumber(last.surface.toLowerCase());
  if (!last || !tens || tens < 20) return false;
  last.term = numberTerm(tens + 1, false);
  return true;
}

/** "twenty" + "two" is 22. */
function pushEnglishNumber(tokens: Token[], value: number, word: string): void {
  const last = tokens.at(-1);
  const tens = last && readEnglishNumber(last.surface.toLowerCase());
  if (last && tens && tens >= 20 && value < 10) {
    last.term = numberTerm(tens + value, false);
    return;
  }
  pushNumber(tokens, numberTerm(value, false), word);
}

function pushIsoDate(tokens: Token[], date: string): void {
  const [year, month, day] = date.split(/[-/.]/).map(Number);
  pushNumber(tokens, `#${year}`, date);
  pushNumber(tokens, `m:${month}`, date);
  pushNumber(tokens, `#${day}`, date);
}

function pushNumber(tokens: Token[], term: string, surface: string): void {
  tokens.push({ term, kind: "number", surface, isName: false });
}

function pushHan(tokens: Token[], run: string): void {
  let end = 0;
  for (const match of run.matchAll(HAN_NUMERAL)) {
    const term = readHanNumeral(match[0]);
    if (term === null) continue;
    pushBigrams(tokens, run.slice(end, match.index));
    pushNumber(tokens, term, match[0]);
    end = match.index + match[0].length;
  }
  pushBigrams(tokens, run.slice(end));
}

function readHanNumeral(text: string): string | null {
  if (text.startsWith("百分之")) {
    const value = readHanNumber(text.slice(3));
    return value === null ? null : numberTerm(value, true);
  }
  const isOrdinal = text.startsWith("第");
  const run = text.slice(isOrdinal ? 1 : 0, text.endsWith("年") ? -1 : undefined);
  // Without a unit two numerals in a row are mostly words (一一, 三五), from three on a year or an amount.
  if (!isOrdinal && run.length < 3 && !/[十百千万亿]/.test(run)) return null;
  const value = readHanNumber(run);
  if (value === null) return null;
  return numberTerm(value, false);
}

function pushBigrams(tokens: Token[], run: string): void {
  if (run === "") return;
  const characters = [...run];
  if (characters.length === 1) tokens.push({ term: run, kind: "han", surface: run, isName: false });
  for (let i = 0; i + 1 < characters.length; i++) {
    const term = `${characters[i]}${characters[i + 1]}`;
    tokens.push({ term, kind: "han", surface: term, isName: false });
  }
}

/** Stems are asked for again and again; the memory is emptied before it grows large. */
const STEMS = new Map<string, string>();
const STEMS_KEPT = 20_000;

function stem(word: string): string {
  const known = STEMS.get(word);
  if (known !== undefined) return known;
  const bare = word.endsWith("'s") ? word.slice(0, -2) : word;
  if (bare.length > STEM_LIMIT) return bare;
  const stemmed = stemmer(bare);
  if (STEMS.size >= STEMS_KEPT) STEMS.clear();
  STEMS.set(word, stemmed);
  return stemmed;
}
