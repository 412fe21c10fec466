/** Deeper JSON than this is an attack or an accident; code that walks a value may then safely recurse. */
export const JSON_DEPTH = 64;
/** How JSON begins, and the bare words that count as it: most texts are told by their first character to be none. */
const BEGINNING = /^\s*["[{\d\-tfnNI]/;

/** The value, or `undefined` when the text is not JSON or nests deeper than `JSON_DEPTH`. Never throws. */
export function parseJson(text: string): unknown {
  if (!BEGINNING.test(text) || nestsDeeperThan(text, JSON_DEPTH)) return undefined;
  try {
    return readJsonText(text);
  } catch {
    return undefined;
  }
}

/**
 * As `JSON.parse`, and what Python's `json.dumps` writes of a number that is none: a bare NaN or Infinity is no JSON.
 * It becomes the word, so that whoever reads the field can say that it stood there.
 * @throws SyntaxError
 */
export function readJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const quoted = quoteBareWords(text);
    if (quoted === null) throw error;
    return JSON.parse(quoted);
  }
}

const BARE_WORD = /-?(?:NaN|Infinity)(?=[\s,\]}]|$)/y;

/** The text with its bare words as strings; null when there are none. */
function quoteBareWords(text: string): string | null {
  if (!text.includes("NaN") && !text.includes("Infinity")) return null;
  const pieces: string[] = [];
  let from = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) isInString = !isInString;
    else if (isInString) {
      if (character === BACKSLASH) index++;
    } else if (character === CAPITAL_N || character === CAPITAL_I || character === MINUS) {
      BARE_WORD.lastIndex = index;
      if (!BARE_WORD.test(text)) continue;
      pieces.push(text.slice(from, index), '"nan"');
      from = BARE_WORD.lastIndex;
      index = from - 1;
    }
  }
  if (pieces.length === 0) return null;
  return pieces.join("") + text.slice(from);
}

/** One pass over the text, so that depth is known before anything is built. */
export function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (isInString) {
      if (character === BACKSLASH) index++;
      else if (character === QUOTE) isInString = false;
      continue;
    }
    if (character === QUOTE) isInString = true;
    else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      depth++;
      if (depth > limit) return true;
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) depth--;
  }
  return false;
}

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const MINUS = 0x2d;
const CAPITAL_I = 0x49;
const CAPITAL_N = 0x4e;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A plain object as data: own keys only, so `__proto__` is a key like any other. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
