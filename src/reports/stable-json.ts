/**
 * JSON whose bytes depend on the values alone: keys of objects are sorted by code unit, at every depth. As in
 * `JSON.stringify`, entries that are `undefined` are left out and numbers that are none become null.
 */
export function stableJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(stableJson).join(",")}]`;
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([key, part]) => `${JSON.stringify(key)}:${stableJson(part)}`);
  return `{${entries.join(",")}}`;
}
