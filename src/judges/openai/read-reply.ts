import { jsonrepair } from "jsonrepair";

export interface ReadReply {
  value: unknown;
  /** The end is missing; what is in `value` is whole items only. */
  isCut: boolean;
}

/** Longer replies than any of our calls can need are not looked at. */
const LONGEST_REPLY = 400_000;

/**
 * Finds the JSON in what a model wrote: thoughts, Markdown fences and prose around it are dropped, the last object
 * wins (models quote before they conclude), broken syntax is repaired, and of a reply that was cut off only whole
 * items are kept, because half an item would be a guess. null: there is none.
 */
export function readReply(text: string, isTruncated: boolean): ReadReply | null {
  if (text.length > LONGEST_REPLY) return null;
  const said = dropThoughts(text).trim();
  const whole = tryParse(said);
  // Some models put their JSON into a JSON string.
  if (typeof whole === "string") return readReply(whole, isTruncated);
  if (whole !== undefined) return isStructure(whole) ? { value: whole, isCut: isTruncated } : null;
  const { last, open } = scanStructures(said);
  if (open && open.wholeItemsEnd > 0) {
    const value = parseOrRepair(open.text.slice(0, open.wholeItemsEnd));
    if (isStructure(value)) return { value, isCut: true };
  }
  const value = last ? parseOrRepair(last.text) : undefined;
  return isStructure(value) ? { value, isCut: isTruncated } : null;
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
  /** The last complete object or array that stands by itself. */
  last: { text: string } | null;
  /** The structure that is still open at the end, and up to where it holds whole items of its first list. */
  open: { text: string; wholeItemsEnd: number } | null;
}

function scanStructures(text: string): Scan {
  const scan: Scan = { last: null, open: null };
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
        if (found.includes("{")) scan.last = { text: found };
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
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isStructure(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
