import { isMissing } from "./missing-value.ts";
import { wellFormed } from "./notes.ts";
import { isRecord, parseJson } from "./parse-json.ts";
import { readLiterals } from "./python-literal.ts";

/** Far above the limit: a longer list is refused by its length, not taken apart. */
const MOST_LOOKED_AT = 100;

/**
 * Criteria as a list of objects, its JSON or Python text, or a single object → plain objects for the schema to check.
 * Null when it is none of these.
 */
export function readCriteria(value: unknown): Record<string, unknown>[] | null {
  if (typeof value === "string") {
    const text = value.trim();
    const parsed = /^[[{(]/.test(text) ? (parseJson(text) ?? readLiterals(text)?.[0]) : undefined;
    return typeof parsed === "string" ? null : readCriteria(parsed);
  }
  if (isRecord(value)) return [readOne(value)];
  if (!Array.isArray(value)) return null;
  const records = value.slice(0, MOST_LOOKED_AT).filter(isRecord);
  const isWhole = records.length === Math.min(value.length, MOST_LOOKED_AT);
  return isWhole ? records.map(readOne) : null;
}

/** What is missing gets its default; numbers and kinds may be written as people write them. */
function readOne(record: Record<string, unknown>): Record<string, unknown> {
  const given = new Map(Object.entries(record).filter(([, value]) => !isMissing(value)));
  const { name, version, text, kind } = Object.fromEntries(given);
  return {
    name: typeof name === "string" ? wellFormed(name.trim()) : name,
    version: typeof version === "string" && /^\d{1,7}$/.test(version) ? Number(version) : version,
    text: typeof text === "string" ? wellFormed(text) : text,
    kind: typeof kind === "string" ? readKind(kind) : kind,
  };
}

function readKind(kind: string): string {
  const word = kind
    .trim()
    .toLowerCase()
    .replace(/[\s/-]/g, "_");
  return word === "boolean" || word === "binary" ? "yes_no" : word;
}

/** A name that stands there twice: its two scores could not be told apart. */
export function findDoubledName(criteria: readonly { name?: unknown }[]): string | null {
  const seen = new Set<unknown>();
  for (const { name } of criteria) {
    if (typeof name === "string" && seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}
