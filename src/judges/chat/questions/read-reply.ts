import { jsonrepair } from "jsonrepair";

export interface ReadReply {
  value: unknown;
  /** The end is missing; what is in `value` is whole items only. */
  isCut: boolean;
}

/** Longer replies than any of our calls can need are not looked at. */
const LONGEST_REPLY = 400_000;

/** Objects looked at, from the end; a reply that needs more is no reply. */
const MOST_OBJECTS = 8;
/** Objects around the reply: `{"result": {…}}`, or a tool call written out with its arguments. */
const MOST_WRAPPERS = 2;

/**
 * Finds the JSON in what a model wrote: thoughts, Markdown fences and prose around it are dropped, broken syntax is
 * repaired, and of a reply that was cut off only whole items are kept, because half an item would be a guess. The last
 * object comes first (models quote before they conclude), what stands inside an object after it; who asked knows
 * which of them answers.
 */
export function* readReplies(text: string, isTruncated: boolean): Generator<ReadReply> {
  if (text.length > LONGEST_REPLY) return;
  const said = dropThoughts(text).trim();
  const whole = tryParse(said);
  // Some models put their JSON into a JSON string.
  if (typeof whole === "string") return yield* readReplies(whole, isTruncated);
  if (whole !== undefined) return yield* unwrap(whole, isTruncated, MOST_WRAPPERS);
  const { complete, open } = scanStructures(said);
  if (open && open.wholeItemsEnd > 0) {
    yield* unwrap(parseOrRepair(open.text.slice(0, open.wholeItemsEnd)), true, MOST_WRAPPERS);
  }
  for (const found of complete.slice(-MOST_OBJECTS).reverse()) {
    yield* unwrap(parseOrRepair(found), isTruncated, MOST_WRAPPERS);
  }
}

function* unwrap(value: unknown, isCut: boolean, wrappers: number): Generator<ReadReply> {
  if (typeof value !== "object" || value === null) return;
  yield { value, isCut };
  if (wrappers === 0) return;
  for (const inner of Object.values(value).slice(0, MOST_OBJECTS)) {
    const isWritten = typeof inner === "string" && /^\s*[[{]/.test(inner);
    yield* unwrap(isWritten ? tryParse(inner) : inner, isCut, wrappers - 1);
  }
}

/** Removes `<think>…</think>`; an unclosed one hides everything after it, an unopened one everything before it. */
function dropThoughts(text: string): string {
  let rest = text;
  let said = "";
  for (;;) {
    const open = rest.indexOf("<think>");
    const close = rest.indexOf("</think>");
    if (close >= 0 && (open < 0 || close < open)) {
      said = "";
      rest = rest.slice(close + "</think>".length);
      continue;
    }
    if (open < 0) return said + rest;
    said += rest.slice(0, open);
    const end = rest.indexOf("</think>", open);
    if (end < 0) return said;
    rest = rest.slice(end + "</think>".length);
  }
}

interface Scan {
  /** The complete objects and arrays that stand by themselves. */
  complete: string[];
  /** The structure that is still open at the end, and up to where it holds whole items of its first list. */
  open: { text: string; wholeItemsEnd: number } | null;
}

function scanStructures(text: string): Scan {
  const scan: Scan = { complete: [], open: null };
  let start = -1;
  let depth = 0;
  let inString = false;
  let wholeItemsEnd = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
      continue;
    }
    // Quotes matter inside a structure only: prose before it may hold a lone one.
    if (character === '"' && depth > 0) inString = true;
    else if (character === "{" || character === "[") {
      if (depth === 0) {
        start = at;
        wholeItemsEnd = 0;
      }
      depth += 1;
    } else if ((character === "}" || character === "]") && depth > 0) {
      depth -= 1;
      if (character === "}" && depth >= 1 && depth <= 2) wholeItemsEnd = at + 1 - start;
      if (depth === 0) {
        const found = text.slice(start, at + 1);
        // "[2.3]" in prose is a structure too, but never a reply.
        if (found.includes("{")) scan.complete.push(found);
      }
    }
  }
  if (depth > 0) scan.open = { text: text.slice(start), wholeItemsEnd };
  return scan;
}

function parseOrRepair(text: string): unknown {
  const parsed = tryParse(text);
  if (parsed !== undefined) return parsed;
  try {
    return tryParse(jsonrepair(text));
  } catch {
    // Beyond repair is the same as no reply; the caller asks again.
    return undefined;
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(keepLiterals(text));
  } catch {
    return undefined;
  }
}

const EVIDENCE = /("evidence"\s*:\s*)(\[(?:"(?:[^"\\]|\\.)*"|[^"[\]{}])*\]|\d+\.\d+)/g;
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|\d+\.\d+/g;

/**
 * A sentence number written as a JSON number is kept as it was written, under `literal`: parsed, 1.10 would be 1.1.
 * Inside a JSON text the quotes around the name are escaped, so nothing said there is taken for it.
 */
function keepLiterals(text: string): string {
  return text.replace(EVIDENCE, (_, name: string, value: string) => {
    const kept = value.replace(TEXT_OR_NUMBER, (part) =>
      part.startsWith('"') ? part : `{"literal":"${part}"}`,
    );
    return name + kept;
  });
}
