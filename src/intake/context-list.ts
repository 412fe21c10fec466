import { contextText, fullText, isDifyItem } from "./context-item.ts";
import { isMissing } from "./missing-value.ts";
import { isRecord, parseJson } from "./parse-json.ts";
import { readLiterals } from "./python-literal.ts";

const DEFAULT_SEPARATOR = " |||| ";

/** Where an object keeps its list of items: nodes and chat replies of Dify, searches, vector databases, tools. */
const LIST_PATHS: readonly (readonly string[])[] = [
  ["result"],
  ["contexts"],
  ["documents"],
  ["records"],
  ["retriever_resources"],
  ["metadata"],
  ["results"],
  ["organic_results"],
  ["organic"],
  ["items"],
  ["data"],
  ["webPages", "value"],
  ["hits"],
  ["matches"],
  ["chunks"],
  ["points"],
  ["payload"],
  ["_source"],
  ["content"],
];

/** Lists in lists (two retrieval variables in one array) are joined; deeper ones are no contexts. */
const NESTING = 6;

/** Of these an item keeps its own text in the object itself; only a list inside is one of items. */
const PARTS_OF_ITEMS: ReadonlySet<string | undefined> = new Set(["metadata", "payload", "_source"]);

/** A Series that pandas printed: it cuts texts, so its source is no passage either. */
const PANDAS_SERIES = /\n(?:Name: [^\n]{1,200}, )?(?:Length: \d+, )?dtype: \w+$/;

/** What came as contexts, item by item. `isBroken`: it began as a list of items but could not be read as one. */
export interface ContextList {
  items: readonly unknown[];
  isBroken: boolean;
  /** The items came as real JSON, so what json_repair did to them may still be inside. */
  isStructured: boolean;
  /** Names of the lists an object has of which none can be preferred. */
  rivals: readonly string[];
}

/** Any shape `contexts` may have → its items in order. Never throws; `value` is not missing. */
export function readContextList(value: unknown, separator: string | null): ContextList {
  if (typeof value === "string") return readText(value, separator);
  const walk = new ListWalk();
  const items = walk.flatten(value, NESTING);
  return listOf(items, { isStructured: true, rivals: [...walk.rivals] });
}

function listOf(items: readonly unknown[], more: Partial<ContextList> = {}): ContextList {
  return { items, isBroken: false, isStructured: false, rivals: [], ...more };
}

class ListWalk {
  readonly rivals = new Set<string>();

  flatten(value: unknown, depth: number): unknown[] {
    if (depth === 0) return [null];
    if (Array.isArray(value)) {
      return value.flatMap((item) =>
        typeof item === "string" ? expand(item) : this.flatten(item, depth - 1),
      );
    }
    return isRecord(value) ? this.#open(value, depth) : [value];
  }

  /** An object is an item with a text, or wraps the one list that has texts. */
  #open(value: Record<string, unknown>, depth: number): unknown[] {
    if (isDifyItem(value)) return [value];
    const text = fullText(value);
    const lists = LIST_PATHS.flatMap((path) => {
      if (text !== null && path[0] === "metadata") return [];
      const items = this.#itemsAt(value, path, depth);
      return items === null ? [] : [{ name: path.join("."), items }];
    });
    const readable = lists.filter(({ items }) => items.some((item) => contextText(item) !== null));
    const names = readable.map(({ name }) => name);
    if (text !== null) names.unshift("its own text");
    if (names.length > 1) {
      for (const name of names) this.rivals.add(name);
      return [null];
    }
    const [only] = readable;
    if (only) return [...only.items];
    const isEmpty = lists.length > 0 && lists.every(({ items }) => items.length === 0);
    return isEmpty && contextText(value) === null ? [] : [value];
  }

  /** What stands at a path, as items; null: no list and nothing that wraps one. */
  #itemsAt(
    value: Record<string, unknown>,
    path: readonly string[],
    depth: number,
  ): unknown[] | null {
    let inner: unknown = value;
    for (const key of path) {
      inner = isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
    }
    if (Array.isArray(inner)) return this.flatten(inner, depth - 1);
    if (typeof inner === "string") {
      const list = parseItems(inner.trim());
      return list && this.flatten(list, depth - 1);
    }
    if (!isRecord(inner)) return null;
    const items = this.flatten(inner, depth - 1);
    return items[0] === inner && PARTS_OF_ITEMS.has(path[0]) ? null : items;
  }
}

/** A string of a list that is itself a whole retrieval result; any other string is a chunk, whatever it looks like. */
function expand(item: string): unknown[] {
  if (!/^\s*[[{]/.test(item)) return [item];
  const list = parseItems(item.trim());
  return list && list.length > 0 && list.every(isDifyItem) ? list : [item];
}

function readText(sent: string, separator: string | null): ContextList {
  // `[]{{#kr.result#}}` tells an empty retrieval from a missing one; before a text the brackets say nothing.
  const text = sent.replace(/^\s*\[\]/, "");
  const trimmed = text.trim();
  if (text !== sent && isMissing(trimmed)) return listOf([]);
  const list = parseItems(trimmed);
  if (list) {
    const walk = new ListWalk();
    const items = walk.flatten(list, NESTING);
    return listOf(items, { rivals: [...walk.rivals] });
  }
  if (PANDAS_SERIES.test(trimmed)) return listOf([null]);
  const isBroken = /^\[\s{0,9}[{'"]|^\{\s{0,9}['"]metadata['"]|^(?:np\.)?array\(\[/.test(trimmed);
  return listOf(split(text, separator), { isBroken });
}

/** The items of a JSON or Python text that is a list or object from end to end, else null. */
function parseItems(trimmed: string): unknown[] | null {
  if (!/^[[{("A-Za-z_]/.test(trimmed)) return null;
  const json = parseJson(trimmed);
  if (typeof json === "string") {
    const inner = json.trim();
    return inner.startsWith('"') ? null : parseItems(inner);
  }
  if (Array.isArray(json)) return json;
  if (isRecord(json)) return [json];
  const literals = readLiterals(trimmed);
  if (!literals || literals.length === 0) return null;
  if (!literals.every((literal) => Array.isArray(literal) || isRecord(literal))) return null;
  return literals.flat();
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
