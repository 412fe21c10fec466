import { stemmer } from "stemmer";
import type { Steps } from "../../scoring/steps.ts";
import { fold } from "./fold.ts";
import { isNumeral } from "./numerals.ts";
import { type Quantity, type ReadQuantity, readBound } from "./quantity.ts";
import { DIGIT_RUN, readDigits, withUnitOf } from "./read-digits.ts";
import { readEnglish } from "./read-english-numerals.ts";
import { findHanQuantities } from "./read-han-numerals.ts";
import { unitNamed } from "./units.ts";

/**
 * What two texts are compared by. English words are stems, Chinese runs become character bigrams (a lone character
 * stays one), numbers and dates are values. `Intl.Segmenter` would cut Chinese words by the dictionary of the
 * engine's ICU, so Node and workerd could disagree; bigrams are the same everywhere.
 */
export interface Token {
  /** The comparable form: a stem, a bigram, `#1200000`, `#3.5%`, `#1500m`, `m:12` (December). */
  term: string;
  kind: "word" | "number" | "han";
  /** As written, after folding. */
  surface: string;
  /** Starts with a capital, not at the start of the text; a code (`AB-1200X`), an address, a single capital ("Plan A"). */
  isName: boolean;
  /** Counts up at every mark between clauses. */
  clause: number;
  quantity?: Quantity;
  /** Further forms a number may stand for. */
  also?: readonly string[];
}

const STEM_LIMIT = 30; // longer "words" are ids, hashes or noise
const UNSPACED = String.raw`\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}`;
const LETTERS = String.raw`[[\p{L}\p{M}]--[\p{Script=Han}${UNSPACED}]]`;
// One alternative a group, by position because named groups cost a third of the time: 1 address or path, 2 word with 3
// the digits that belong to it, 4 digits, 5 Chinese, 6 other scripts without blanks.
const PIECE = new RegExp(
  [
    String.raw`((?<![\p{L}\d])(?:https?:\/\/[^\s<>"）\)\]]+|[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64}){1,5}|(?:\/[\w.\-]+){2,}))`,
    String.raw`(${LETTERS}+(?:'${LETTERS}+)*)(-?\d[\p{Script=Latin}\d]*(?:-[\p{Script=Latin}\d]+)*)?`,
    `(${DIGIT_RUN})`,
    String.raw`([\p{Script=Han}々〇]+)`,
    `([${UNSPACED}]+)`,
  ].join("|"),
  "giv",
);
const BREAK = /[,;:.!?()|\n，；：。！？（）—]/;

/** Tokens of a text in reading order; linear in its length. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const _ of scan(fold(text), tokens));
  return tokens;
}

/** Pieces and tokens of a long text between two rests: some 20 ms of work. */
const WORK_AT_ONCE = 40_000;

/** The same for a text that may be megabytes long. */
export function* tokenizeInSteps(text: string): Steps<Token[]> {
  const tokens: Token[] = [];
  let pieces = 0;
  let rested = 0;
  for (const _ of scan(fold(text), tokens)) {
    pieces++;
    // One piece may be a list of many numbers.
    if (pieces + tokens.length - rested < WORK_AT_ONCE) continue;
    rested = pieces + tokens.length;
    yield;
  }
  return tokens;
}

/** Is any token of the text so? Read no further than the first. */
export function hasToken(text: string, isSo: (token: Token) => boolean): boolean {
  const tokens: Token[] = [];
  let seen = 0;
  for (const _ of scan(fold(text), tokens)) {
    for (; seen < tokens.length; seen++) {
      const token = tokens[seen];
      if (token && isSo(token)) return true;
    }
  }
  return false;
}

/** Has the text more tokens than that? Of a long one only the beginning is read. */
export function hasMoreTokens(text: string, limit: number): boolean {
  const tokens: Token[] = [];
  for (const _ of scan(fold(text), tokens)) if (tokens.length > limit) return true;
  return false;
}

/** Is there anything in the text to compare by? */
export function hasTokens(text: string): boolean {
  return fold(text).search(PIECE) >= 0;
}

/** Reads a folded text piece by piece into `tokens`; gives way after each. */
function* scan(text: string, tokens: Token[]): Generator<void> {
  const scanner = new Scanner(text, tokens);
  let at = 0;
  for (;;) {
    PIECE.lastIndex = at;
    const match = PIECE.exec(text);
    if (!match) return;
    at = scanner.read(match, at);
    yield;
  }
}

class Scanner {
  readonly #text: string;
  readonly #tokens: Token[];
  #clause = 0;
  /** Index behind the last number. */
  #numberEnd = 0;

  constructor(text: string, tokens: Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  /** Reads one piece; the index behind it. `from` is where the piece before it ended. */
  read(match: RegExpExecArray, from: number): number {
    const [whole, address, word, tail, digits, han] = match;
    const start = match.index;
    if (start > from && BREAK.test(this.#text.slice(from, Math.min(start, from + 8))))
      this.#clause++;
    const end = start + whole.length;
    if (address !== undefined) return this.#pushCode(address, end);
    if (word !== undefined) return this.#readWord(word, tail, start, end);
    if (digits !== undefined) return this.#readNumber(start, end);
    if (han !== undefined) return this.#readHan(start, end);
    this.#pushBigrams(whole);
    return end;
  }

  #push(term: string, kind: Token["kind"], surface: string, isName = false): void {
    this.#tokens.push({ term, kind, surface, isName, clause: this.#clause });
  }

  #pushCode(code: string, end: number): number {
    const term = code
      .toLowerCase()
      .replace(/[./]+$/, "")
      .replaceAll("-", "");
    this.#push(term, "word", code, true);
    return end;
  }

  #readWord(word: string, tail: string | undefined, start: number, end: number): number {
    const wordEnd = start + word.length;
    if (tail !== undefined) {
      if (isCode(word, tail)) return this.#pushCode(this.#text.slice(start, end), end);
      // "mid-1990s", "v3.2": the word by itself, then the digits.
      this.#pushWord(word);
      return wordEnd;
    }
    const lower = word.toLowerCase();
    const read = isNumeral(lower) ? readEnglish(this.#text, start, wordEnd) : null;
    if (!read) {
      this.#pushWord(word);
      return end;
    }
    this.#pushQuantities([read.read], start, read.end);
    return read.end;
  }

  #pushWord(word: string): void {
    const lower = word.toLowerCase();
    const isFirst = this.#tokens.length === 0;
    const isLetter = word.length === 1 && word !== lower && !isFirst && word !== "I";
    this.#push(isLetter ? `n:${lower}` : stem(lower), "word", word, !isFirst && word !== lower);
  }

  #readNumber(start: number, end: number): number {
    const last = this.#tokens.at(-1);
    const isNamed =
      last?.kind === "word" &&
      (last.isName || /^(?:v|version|ver|release|[A-Z].*)$/.test(last.surface));
    const { read, end: behind } = readDigits(
      this.#text,
      start,
      end,
      isNamed || /[Vv版]\s?$/.test(this.#text.slice(Math.max(0, start - 2), start)),
    );
    const unit =
      last?.kind === "word" && /^[A-Z]{3}$/.test(last.surface) ? unitNamed(last.surface) : null;
    const [only] = read;
    if (
      unit &&
      only &&
      read.length === 1 &&
      only.quantity.dimension === "" &&
      this.#text.charAt(start - 1) === " "
    ) {
      this.#tokens.pop();
      this.#pushQuantities(
        [
          withUnitOf(only.quantity.bare, {
            value: unit.factor,
            bare: 1,
            dimension: unit.dimension,
          }),
        ],
        start,
        behind,
      );
      return behind;
    }
    this.#pushQuantities(read, start, behind);
    return behind;
  }

  /** Numbers that stand at `start`..`end`; what stands before them may be the other end of a range, or part of a date. */
  #pushQuantities(read: readonly ReadQuantity[], start: number, end: number): void {
    const [first] = read;
    const last = this.#tokens.at(-1);
    // "2 to 18", 100至400: the word of the range lies between.
    const from = last?.quantity ? last : this.#tokens.at(-2);
    if (first && from?.quantity) this.#join(from, first, start);
    const bound = read.length === 1 ? readBound(this.#text, start, end) : undefined;
    const surface = this.#text.slice(start, end);
    if (first?.quantity.dimension === "clock") this.#dropHalfDay(start);
    this.#numberEnd = end;
    for (const { term, also, quantity } of read) {
      this.#tokens.push({
        term,
        kind: "number",
        surface,
        isName: false,
        clause: this.#clause,
        quantity: bound ? { ...quantity, bound } : quantity,
        ...(also.length > 0 ? { also } : {}),
      });
    }
  }

  /** 下午三点: the half of the day is in the value already. */
  #dropHalfDay(start: number): void {
    const half = HALF_OF_DAY.exec(this.#text.slice(Math.max(0, start - 3), start))?.[1];
    if (half === undefined || this.#tokens.at(-1)?.term !== half) return;
    this.#tokens.pop();
    const before = this.#tokens.at(-1);
    if (before?.kind === "han" && before.term.length > 1 && before.term.endsWith(half.charAt(0)))
      this.#tokens.pop();
  }

  #join(last: Token, next: ReadQuantity, start: number): void {
    const before = last.quantity;
    const between = this.#text.slice(this.#numberEnd, start);
    const isRange = RANGE.test(between) && (!between.includes("and") || this.#isBetween());
    if (!before || (!isRange && !DATE_GAP.test(between))) return;
    const { dimension, bare } = next.quantity;
    if (dimension === "mon" && before.dimension === "" && before.bare <= 31)
      last.quantity = { ...before, dimension: "d" };
    else if (before.dimension === "mon" && dimension === "" && bare <= 31 && !isRange) {
      next.quantity = { ...next.quantity, dimension: "d" };
    } else if (!isRange) return;
    else if (
      before.dimension === "y" &&
      bare < 100 &&
      bare > before.bare % 100 &&
      dimension === ""
    ) {
      const year = Math.floor(before.bare / 100) * 100 + bare;
      Object.assign(next, {
        term: `#${year}`,
        quantity: { value: year, bare: year, dimension: "y" },
      });
    } else if (
      before.dimension === "" &&
      dimension !== "" &&
      dimension !== "y" &&
      dimension !== "mon"
    ) {
      const { term, also, quantity } = withUnitOf(before.bare, next.quantity);
      Object.assign(last, {
        term,
        also,
        quantity: { ...quantity, ...(before.bound ? { bound: before.bound } : {}) },
      });
    }
  }

  /** "between 2 and 18". */
  #isBetween(): boolean {
    return this.#tokens.slice(-4).some(({ term }) => term === "between");
  }

  #readHan(start: number, end: number): number {
    let at = start;
    for (const { read, start: from, end: to } of findHanQuantities(this.#text, start, end)) {
      this.#pushBigrams(this.#text.slice(at, from));
      this.#pushQuantities([read], from, to);
      at = to;
    }
    if (at < end) this.#pushBigrams(this.#text.slice(at, end));
    return Math.max(at, end);
  }

  #pushBigrams(run: string): void {
    if (run === "") return;
    const characters = [...run];
    if (characters.length === 1) this.#push(run, "han", run);
    for (let i = 0; i + 1 < characters.length; i++) {
      const term = `${characters[i]}${characters[i + 1]}`;
      this.#push(term, "han", term);
    }
  }
}

const HALF_OF_DAY = /(凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里)\s?$/;
/** Between the two ends of a range, and between the parts of a date. */
const RANGE = /^\s*(?:-+|–|—|~|至|到|to|and)\s*$/;
const DATE_GAP = /^\s?(?:of\s)?,?\s?$/;

/** COVID-19, GPT-4, AB-1200X, B2: a name; but not "mid-1990s", "Section 5", "v3". */
function isCode(word: string, tail: string): boolean {
  if (/^v(?:er)?$/i.test(word)) return false;
  return /\p{Lu}/u.test(word) || !tail.startsWith("-");
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
