/**
 * One quoted string whose opening quote stands at `start`; line breaks inside are kept. Null when it never closes.
 * @param prefix lower case: `r` leaves backslashes alone, `b` makes the escapes bytes of UTF-8.
 * @param isEnd may deny that the quote at an index is the closing one, to read strings with bare quotes inside.
 */
export function readString(
  text: string,
  start: number,
  prefix = "",
  isEnd: (text: string, index: number) => boolean = () => true,
): { value: string; end: number } | null {
  const quote = text.charCodeAt(start);
  if (quote !== SINGLE_QUOTE && quote !== DOUBLE_QUOTE) return null;
  let value = "";
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote && isEnd(text, at)) {
      value += text.slice(from, at);
      return { value: prefix.includes("b") ? decodeBytes(value) : value, end: at + 1 };
    }
    if (code !== BACKSLASH) continue;
    if (prefix.includes("r")) {
      at++;
      continue;
    }
    const escaped = readEscape(text, at + 1);
    value += text.slice(from, at) + escaped.value;
    from = escaped.end;
    at = from - 1;
  }
  return null;
}

const SINGLE_QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["a", "\x07"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["/", "/"],
  ["\n", ""],
]);
const HEX_DIGITS = new Map([
  ["x", /[0-9a-fA-F]{2}/y],
  ["u", /[0-9a-fA-F]{4}/y],
  ["U", /[0-9a-fA-F]{8}/y],
]);
const OCTAL = /[0-7]{1,3}/y;

/** What stands behind a backslash; an unknown escape keeps its backslash, as in Python. */
function readEscape(text: string, at: number): { value: string; end: number } {
  const letter = text[at] ?? "";
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) return { value: simple, end: at + 1 };
  const pattern = HEX_DIGITS.get(letter);
  const hex = pattern ? matchAt(pattern, text, at + 1) : null;
  if (hex) {
    const code = Number.parseInt(hex, 16);
    // Halves of a pair stay halves here: JSON text writes one character as two escapes.
    const value = code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
    return { value, end: at + 1 + hex.length };
  }
  const octal = matchAt(OCTAL, text, at);
  if (octal)
    return { value: String.fromCodePoint(Number.parseInt(octal, 8)), end: at + octal.length };
  return { value: "\\", end: at };
}

const UTF8 = new TextDecoder();

function decodeBytes(value: string): string {
  const bytes = new Uint8Array(value.length);
  for (let index = 0; index < value.length; index++) bytes[index] = value.charCodeAt(index);
  return UTF8.decode(bytes);
}

/** What a sticky pattern matches exactly at an index. */
export function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
