import { matchAt, readString } from "./python-string.ts";

/** Deeper nesting than this is refused, as in JSON. */
const DEPTH = 64;

/** The value of one Python or JSON literal and where it ends, or null when there is none. */
export interface Literal {
  value: unknown;
  end: number;
}

interface Frame {
  close: string;
  items: unknown[];
  /** Dict entries; null until the first colon shows that `{` opened a dict and not a set. */
  entries: Record<string, unknown> | null;
  key: unknown;
  hasKey: boolean;
  hasComma: boolean;
}

const CLOSING: Record<string, string> = { "[": "]", "(": ")", "{": "}" };
const NUMBER = /[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[jJ]?/y;
const WORD = /[+-]?[A-Za-z_][\w.]*/y;
const STRING_START = /(?:[rRuUfF]|[bB][rR]?|[rR][bB])?(?=['"])/y;

const WORDS = new Map<string, boolean | null>([
  ["None", null],
  ["null", null],
  ["True", true],
  ["true", true],
  ["False", false],
  ["false", false],
  ...["nan", "NaN", "inf", "-inf", "Infinity", "-Infinity"].map((word) => [word, null] as const),
]);

/**
 * Every list, tuple or dict of a text, separated by blanks or commas: `[…]`, or `[…] […]` when two variables stand
 * side by side. Null when anything else is in the text.
 */
export function readLiterals(text: string): unknown[] | null {
  const values: unknown[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    // Bare words and numbers between brackets are prose ("[1] First, …"), not a literal.
    if (!CLOSING[text.charAt(at)]) return null;
    const literal = readLiteral(text, at);
    if (!literal) return null;
    values.push(literal.value);
    at = skipBlank(text, literal.end);
    if (text[at] === ",") at = skipBlank(text, at + 1);
  }
  return values;
}

/**
 * Reads what Python's `repr` writes: lists, tuples, sets, dicts, strings, bytes, numbers, None, True, False. Tuples
 * and sets become arrays. Objects that are no literal (`<FileType.IMAGE: 'image'>`, `UUID('…')`, `nan`) become null.
 * One pass without recursion: time is linear and depth cannot exhaust the stack.
 */
export function readLiteral(text: string, start: number): Literal | null {
  const frames: Frame[] = [];
  let at = skipBlank(text, start);
  for (;;) {
    const frame = frames.at(-1);
    const character = text[at] ?? "";
    let value: unknown;
    if (frame && character === frame.close) {
      if (frame.hasKey) return null;
      frames.pop();
      value = finish(frame);
      at++;
    } else if (CLOSING[character]) {
      if (frames.length >= DEPTH) return null;
      frames.push(openFrame(CLOSING[character]));
      at = skipBlank(text, at + 1);
      continue;
    } else {
      const scalar = readScalar(text, at);
      if (!scalar) return null;
      value = scalar.value;
      at = scalar.end;
    }
    const parent = frames.at(-1);
    if (!parent) return { value, end: at };
    at = place(text, skipBlank(text, at), parent, value);
    if (at < 0) return null;
  }
}

function openFrame(close: string): Frame {
  return { close, items: [], entries: null, key: null, hasKey: false, hasComma: false };
}

/** Puts a value into its container and returns where the next one may begin, or −1 when the text does not go on. */
function place(text: string, at: number, frame: Frame, value: unknown): number {
  const next = text[at];
  if (next === ":" && frame.close === "}" && !frame.hasKey && frame.items.length === 0) {
    frame.entries ??= Object.create(null) as Record<string, unknown>;
    frame.key = value;
    frame.hasKey = true;
    return skipBlank(text, at + 1);
  }
  if (frame.entries) {
    if (!frame.hasKey) return -1;
    frame.entries[String(frame.key)] = value;
    frame.hasKey = false;
  } else frame.items.push(value);
  if (next === ",") {
    frame.hasComma = true;
    return skipBlank(text, at + 1);
  }
  return next === frame.close ? at : -1;
}

function finish(frame: Frame): unknown {
  if (frame.entries) return frame.entries;
  if (frame.close === "}" && frame.items.length === 0) return {};
  // `(x)` is x in brackets, `(x,)` a tuple.
  if (frame.close === ")" && frame.items.length === 1 && !frame.hasComma) return frame.items[0];
  return frame.items;
}

function readScalar(text: string, at: number): Literal | null {
  const first = text[at];
  if (first === "'" || first === '"') return readStrings(text, at);
  if (first === "<") return readOpaque(text, at, "<", ">");
  const number = matchAt(NUMBER, text, at);
  if (number) {
    const value = Number(number.replaceAll("_", ""));
    return { value: Number.isFinite(value) ? value : null, end: at + number.length };
  }
  if (matchAt(STRING_START, text, at) !== null) return readStrings(text, at);
  const word = matchAt(WORD, text, at);
  if (!word) return null;
  const end = at + word.length;
  if (text[end] === "(") return readOpaque(text, end, "(", ")");
  const value = WORDS.get(word);
  return value !== undefined || word.includes(".") ? { value: value ?? null, end } : null;
}

/** Skips to the matching bracket; strings inside are stepped over, so that their brackets do not count. */
function readOpaque(text: string, start: number, open: string, close: string): Literal | null {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === open) depth++;
    else if (character === close) {
      depth--;
      if (depth === 0) return { value: null, end: at + 1 };
    } else if (character === "'" || character === '"') {
      const string = readString(text, at);
      if (!string) return null;
      at = string.end - 1;
    }
  }
  return null;
}

/**
 * Strings side by side are one string. Quotes that touch (`"a""b"`) are refused: no program writes that, it is text
 * whose inner quotes were not escaped, and joining would silently lose them.
 */
function readStrings(text: string, start: number): Literal | null {
  let value = "";
  let at = start;
  let end = -1;
  for (;;) {
    const isPlain = text[at] === "'" || text[at] === '"';
    const prefix = isPlain ? "" : matchAt(STRING_START, text, at);
    if (prefix === null) return { value, end };
    if (at === end) return null;
    const string = readString(text, at + prefix.length, prefix.toLowerCase());
    if (!string) return null;
    value += string.value;
    end = string.end;
    at = skipBlank(text, end);
  }
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Space, tab and line breaks by comparison: this runs for every token, a pattern would cost most of the time. */
function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x3000;
}
