import { contextText, isDifyItem } from "./context-item.ts";
import { isRecord, parseJson } from "./parse-json.ts";
import { readLiterals } from "./python-literal.ts";

export const DEFAULT_SEPARATOR = " |||| ";

const WRAPPER_KEYS = [
  "result",
  "contexts",
  "documents",
  "records",
  "retriever_resources",
  "metadata",
] as const;

/** Lists in lists (two retrieval variables in one array) are joined; deeper ones are no contexts. */
const NESTING = 4;

/** What came as contexts, item by item. `isBroken`: it began as a list of items but could not be read as one. */
export interface ContextList {
  items: readonly unknown[];
  isBroken: boolean;
  /** The items came as real JSON, so what json_repair did to them may still be inside. */
  isStructured: boolean;
}

/** Any shape `contexts` may have → its items in order. Never throws; `value` is not missing. */
export function readContextList(value: unknown, separator: string | null): ContextList {
  if (typeof value === "string") return readText(value, separator);
  return { items: flatten(value, NESTING), isBroken: false, isStructured: true };
}

function flatten(value: unknown, depth: number): unknown[] {
  if (depth === 0) return [null];
  if (Array.isArray(value)) {
    return value.flatMap((item) => (Array.isArray(item) ? flatten(item, depth - 1) : expand(item)));
  }
  if (!isRecord(value) || contextText(value) !== null) return [value];
  for (const key of WRAPPER_KEYS) {
    const inner = Object.hasOwn(value, key) ? value[key] : undefined;
    if (Array.isArray(inner)) return flatten(inner, depth - 1);
    if (isRecord(inner)) {
      const items = flatten(inner, depth - 1);
      if (items.some((item) => contextText(item) !== null)) return items;
    }
    if (typeof inner === "string") {
      const list = parseList(inner.trim());
      if (list) return flatten(list, depth - 1);
    }
  }
  return [value];
}

/** A string of a list that is itself a whole retrieval result; any other string is a chunk, whatever it looks like. */
function expand(item: unknown): unknown[] {
  if (typeof item !== "string" || !/^\s*[[{]/.test(item)) return [item];
  const list = parseList(item.trim());
  return list && list.length > 0 && list.every(isDifyItem) ? list : [item];
}

function readText(text: string, separator: string | null): ContextList {
  const trimmed = text.trim();
  const list = parseList(trimmed);
  if (list) {
    const items = flatten(list, NESTING);
    const isReadable = items.length === 0 || items.some((item) => contextText(item) !== null);
    if (isReadable) return { items, isBroken: false, isStructured: false };
  }
  const isBroken = list === null && /^\[\s{0,9}[{'"]|^\{\s{0,9}['"]metadata['"]/.test(trimmed);
  return { items: split(text, separator), isBroken, isStructured: false };
}

/** JSON or Python text of a list (or of one object that holds contexts), else null. */
function parseList(trimmed: string): unknown[] | null {
  if (!/^[[{("]/.test(trimmed)) return null;
  const json = parseJson(trimmed);
  if (typeof json === "string") {
    const inner = json.trim();
    return inner.startsWith('"') ? null : parseList(inner);
  }
  if (Array.isArray(json)) return json;
  if (isRecord(json))
    return holdsContexts(json) ? [json].flatMap((item) => flatten(item, NESTING)) : null;
  const literals = readLiterals(trimmed);
  if (!literals || literals.length === 0) return null;
  if (literals.every(Array.isArray)) return literals.flat();
  return literals.every((item) => isRecord(item) && holdsContexts(item))
    ? literals.flatMap((item) => flatten(item, NESTING))
    : null;
}

function holdsContexts(value: Record<string, unknown>): boolean {
  return isDifyItem(value) || WRAPPER_KEYS.some((key) => Array.isArray(value[key]));
}

function split(text: string, separator: string | null): string[] {
  const chosen = separator ?? DEFAULT_SEPARATOR;
  if (text.includes(chosen)) return text.split(chosen);
  // Form fields cannot show a line break, so people type `\n`.
  const unescaped = chosen.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
  if (separator !== null && text.includes(unescaped)) return text.split(unescaped);
  const bare = chosen.trim();
  if (bare !== "" && text.includes(bare)) return text.split(bare).map((part) => part.trim());
  return [text];
}
