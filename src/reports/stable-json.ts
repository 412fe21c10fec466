/**
 * JSON whose bytes depend on the values alone: keys of objects are sorted by code unit, at every depth. Entries that
 * are `undefined` are left out, as JSON does.
 */
export function stableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, sortKeys, indent) ?? "null";
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return Object.fromEntries(entries);
}
