import { matchAt, readString } from "./python-string.ts";

/** Deeper nesting than this is refused, as in JSON. */
const DEPTH = 64;

/** The value of one Python or JSON literal and where it ends, or null when there is none. */
export interface Literal {
  value: unknown;
  end: number;
}

interface Scalar extends Literal {
  /** Strings side by side, one by one; one alone, or wrapped by a printer, is one. */
  pieces?: readonly string[];
}

interface Frame {
  close: string;
  /** Name of the call whose arguments these are: `np.array`, `Document`. */
  call: string | null;
  items: unknown[];
  /** Dict entries or named arguments; null until the first shows that `{` opened a dict and not a set. */
  entries: Record<string, unknown> | null;
  key: string;
  hasKey: boolean;
  hasComma: boolean;
  /** numpy prints the items of an array with blanks between them. */
  isSpaced: boolean;
}

const CLOSING: Record<string, string> = { "[": "]", "(": ")", "{": "}" };
const NUMBER = /[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[jJ]?/y;
const WORD = /[+-]?[A-Za-z_][\w.]*/y;
const CALL = /[A-Za-z_][\w.]{0,80}(?=\()/y;
/** `page_content=`; Haystack writes its own with a colon. */
const ARGUMENT = /([A-Za-z_]\w{0,80})\s{0,4}[=:]\s{0,4}/y;
const STRING_START = /(?:[rRuUfF]|[bB][rR]?|[rR][bB])?(?=['"])/y;
/** What stands bare behind an argument's name: a type, a hash. */
const BARE = /[\w.+-]+(?=\s{0,4}[,)])/y;
/** How wide Python's `pprint` and numpy print; a string that is longer was not wrapped by them. */
const PRINT_WIDTH = 80;

const WORDS = new Map<string, boolean | null>([
  ["None", null],
  ["null", null],
  ["True", true],
  ["true", true],
  ["False", false],
  ["false", false],
  ...["nan", "NaN", "NaT", "inf", "-inf", "Infinity", "-Infinity"].map(
    (word) => [word, null] as const,
  ),
]);

/** Calls whose first argument is the value: how numpy and the collections of Python show themselves. */
const COLLECTION = /(?:^|\.)(?:array|ndarray|list|tuple|set|frozenset|deque|Series|Index)$/;
/** Arguments that hold the text of a retrieved document: LangChain, LlamaIndex, Haystack. */
const TEXT_ARGUMENTS = ["page_content", "text", "content", "node"];

/**
 * Every list, tuple, dict or array of a text, separated by blanks or commas: `[…]`, or `[…] […]` when two variables
 * stand side by side. Null when anything else is in the text.
 */
export function readLiterals(text: string): unknown[] | null {
  const values: unknown[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    // Bare words and numbers between brackets are prose ("[1] First, …"), not a literal.
    const isCall = matchAt(CALL, text, at) !== null;
    if (!CLOSING[text.charAt(at)] && !isCall) return null;
    const literal = readLiteral(text, at);
    if (!literal || (isCall && literal.value === null)) return null;
    values.push(literal.value);
    at = skipBlank(text, literal.end);
    if (text[at] === ",") at = skipBlank(text, at + 1);
  }
  return values;
}

/**
 * Reads what Python's `repr` writes: lists, tuples, sets, dicts, strings, bytes, numbers, None, True, False, numpy
 * arrays and documents of the common frameworks. Tuples, sets and arrays become lists. Objects that are no literal
 * (`<FileType.IMAGE: 'image'>`, `UUID('…')`, `nan`) become null. Time is linear and depth cannot exhaust the stack.
 */
export function readLiteral(text: string, start: number): Literal | null {
  return parse(text, start, true) ?? parse(text, start, false);
}

/** One pass without recursion. Arguments of calls are looked into only on request: they may be no literals. */
function parse(text: string, start: number, opensCalls: boolean): Literal | null {
  const frames: Frame[] = [];
  let at = skipBlank(text, start);
  for (;;) {
    const frame = frames.at(-1);
    if (frame?.call && !frame.hasKey) at = readArgument(text, at, frame);
    const character = text[at] ?? "";
    const call = opensCalls ? matchAt(CALL, text, at) : null;
    let read: Scalar | null;
    if (frame && character === frame.close) {
      if (frame.hasKey) return null;
      frames.pop();
      read = { value: finish(frame), end: at + 1 };
    } else if (CLOSING[character] || call) {
      if (frames.length >= DEPTH) return null;
      frames.push(openFrame(CLOSING[character] ?? ")", call));
      at = skipBlank(text, at + (call?.length ?? 0) + 1);
      continue;
    } else read = readScalar(text, at, frame);
    if (!read) return null;
    const parent = frames.at(-1);
    if (!parent) return { value: read.value, end: read.end };
    at = place(text, read, parent);
    if (at < 0) return null;
  }
}

function openFrame(close: string, call: string | null): Frame {
  return {
    close,
    call,
    items: [],
    entries: null,
    key: "",
    hasKey: false,
    hasComma: false,
    isSpaced: false,
  };
}

function readArgument(text: string, at: number, frame: Frame): number {
  ARGUMENT.lastIndex = at;
  const name = ARGUMENT.exec(text)?.[1];
  if (name === undefined) return at;
  setKey(frame, name);
  return ARGUMENT.lastIndex;
}

function setKey(frame: Frame, key: string): void {
  frame.entries ??= Object.create(null) as Record<string, unknown>;
  frame.key = key;
  frame.hasKey = true;
}

/** The name a key is kept under; null for what is no key in Python either: a dict, or anything that holds one. */
function nameOfKey(key: unknown): string | null {
  if (!Array.isArray(key)) return typeof key === "object" && key !== null ? null : String(key);
  const names = key.map(nameOfKey);
  return names.includes(null) ? null : names.join(",");
}

/** Puts a value into its container and returns where the next one may begin, or −1 when the text does not go on. */
function place(text: string, { value, end, pieces = [] }: Scalar, frame: Frame): number {
  const at = skipBlank(text, end);
  const next = text[at];
  if (next === ":" && frame.close === "}" && !frame.hasKey && frame.items.length === 0) {
    const key = nameOfKey(value);
    if (key === null) return -1;
    setKey(frame, key);
    return skipBlank(text, at + 1);
  }
  if (frame.hasKey) {
    if (frame.entries) frame.entries[frame.key] = value;
    frame.hasKey = false;
  } else if (frame.entries && !frame.call) return -1;
  else if (frame.close === "]") return placeInList(text, at, { value, end, pieces }, frame);
  else frame.items.push(value);
  if (next === ",") {
    frame.hasComma = true;
    return skipBlank(text, at + 1);
  }
  return next === frame.close ? at : -1;
}

/**
 * A list has commas between its items, or is a numpy array and has none. Strings side by side between commas are
 * neither: they are refused, for gluing or parting them would be a guess.
 */
function placeInList(
  text: string,
  at: number,
  { value, end, pieces = [] }: Scalar,
  frame: Frame,
): number {
  const next = text[at];
  const isLast = next === frame.close;
  if (pieces.length > 1) frame.isSpaced = true;
  if (!isLast && next !== ",") {
    // Numbers and truths with blanks between are prose ("[1 2]").
    if (at === end) return -1;
    frame.isSpaced = true;
  }
  const isBare = typeof value === "number" || typeof value === "boolean";
  if (frame.isSpaced && (frame.hasComma || isBare || next === ",")) return -1;
  for (const item of pieces.length > 1 ? pieces : [value]) frame.items.push(item);
  if (isLast || frame.isSpaced) return at;
  frame.hasComma = true;
  return skipBlank(text, at + 1);
}

function finish(frame: Frame): unknown {
  if (frame.call !== null) return finishCall(frame.call, frame);
  if (frame.entries) return frame.entries;
  if (frame.close === "}" && frame.items.length === 0) return {};
  // `(x)` is x in brackets, `(x,)` a tuple.
  if (frame.close === ")" && frame.items.length === 1 && !frame.hasComma) return frame.items[0];
  return frame.items;
}

function finishCall(call: string, { items, entries }: Frame): unknown {
  if (COLLECTION.test(call)) return Array.isArray(items[0]) ? items[0] : null;
  return entries && TEXT_ARGUMENTS.some((name) => name in entries) ? entries : null;
}

function readScalar(text: string, at: number, frame: Frame | undefined): Scalar | null {
  const first = text[at];
  if (first === "'" || first === '"') return readStrings(text, at);
  if (first === "<") return readOpaque(text, at, "<", ">");
  // What numpy leaves out of a long array.
  if (text.startsWith("...", at)) return { value: null, end: at + 3 };
  const bare = frame?.call && frame.hasKey ? matchAt(BARE, text, at) : null;
  const number = matchAt(NUMBER, text, at);
  if (bare && bare !== number) return { value: WORDS.get(bare) ?? null, end: at + bare.length };
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
 * Strings side by side are one string in Python, and several in a numpy array. Quotes that touch (`"a""b"`) are
 * refused: no program writes that, it is text whose inner quotes were not escaped, and joining would silently lose
 * them.
 */
function readStrings(text: string, start: number): Scalar | null {
  const pieces: string[] = [];
  let isWrapped = true;
  let at = start;
  let end = -1;
  for (;;) {
    const isPlain = text[at] === "'" || text[at] === '"';
    const prefix = isPlain ? "" : matchAt(STRING_START, text, at);
    if (prefix === null) break;
    if (at === end) return null;
    if (end >= 0) {
      // `pprint` parts a long string behind a blank and at a line break.
      const hasBreak = text.slice(end, at).includes("\n");
      if (!hasBreak || !/\s$/.test(pieces.at(-1) ?? "")) isWrapped = false;
    }
    const string = readString(text, at + prefix.length, prefix.toLowerCase());
    if (!string) return null;
    if (string.end - at > PRINT_WIDTH) isWrapped = false;
    pieces.push(string.value);
    end = string.end;
    at = skipBlank(text, end);
  }
  const value = pieces.join("");
  return { value, end, pieces: isWrapped ? [value] : pieces };
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
