/**
 * What stands under `key`, each with its id in `idField`: values by id, as they are asked for, or a list, as models
 * write it that keep to no schema; the reply itself where a model left the wrapping object out.
 */
export function entriesIn(reply: unknown, key: string, idField: string): unknown[] {
  const value = fieldOf(reply, key) ?? reply;
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([id, fields]) =>
    typeof fields === "object" && fields !== null && !Array.isArray(fields)
      ? [{ ...fields, [idField]: id }]
      : [],
  );
}

export function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

/** `c4` from "c4", "C4", "[c4]"; from 4 and "4" where all ids of the list begin with `letter`; null for anything else. */
export function readId(value: unknown, letter: string): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const id = String(value)
    .slice(0, 21)
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, "");
  if (id === "" || id.length > 20) return null;
  return /^\d+$/.test(id) ? `${letter}${Number(id)}` : id;
}

/** A yes or no, also one written as a text; null for anything else. */
export function readFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : null;
  if (word === "true") return true;
  return word === "false" ? false : null;
}

/** Reads a list whose items carry ids. An id that stands there twice counts as not answered. */
export function readById<T>(
  entries: readonly unknown[],
  idOf: (entry: unknown) => string | null,
  read: (entry: unknown, id: string) => T | null,
): Map<string, T> {
  const seen = new Set<string>();
  const items = new Map<string, T>();
  for (const entry of entries) {
    const id = idOf(entry);
    if (id === null) continue;
    if (seen.has(id)) {
      items.delete(id);
      continue;
    }
    seen.add(id);
    const item = read(entry, id);
    if (item !== null) items.set(id, item);
  }
  return items;
}
