import { isMissing } from "./missing-value.ts";
import { isRecord, parseJson } from "./parse-json.ts";
import { readLiterals } from "./python-literal.ts";

/**
 * Labels by name: an object, its JSON or Python text, `k=v,k2=v2`, or a list of `k=v`. A label without a value
 * (`["nightly"]`) has the value `true`. Null when it is none of these.
 */
export function readTags(value: unknown): Record<string, string> | null {
  if (isRecord(value)) return fromPairs(Object.entries(value));
  if (Array.isArray(value)) return fromList(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (/^[[{(]/.test(text)) {
    const parsed = parseJson(text) ?? readLiterals(text)?.[0];
    return isRecord(parsed) || Array.isArray(parsed) ? readTags(parsed) : null;
  }
  return fromList(text.split(/[,，;；\n]/));
}

function fromList(items: readonly unknown[]): Record<string, string> | null {
  const pairs: [string, unknown][] = [];
  for (const item of items) {
    if (typeof item !== "string") return null;
    if (item.trim() === "") continue;
    const equals = item.indexOf("=");
    pairs.push(equals < 0 ? [item, "true"] : [item.slice(0, equals), item.slice(equals + 1)]);
  }
  return fromPairs(pairs);
}

/** A tag whose value is missing is no tag. `__proto__` is refused: schemas drop that name without a word. */
function fromPairs(pairs: readonly (readonly [string, unknown])[]): Record<string, string> | null {
  const tags = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (isMissing(value)) continue;
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      return null;
    }
    if (name.trim() === "__proto__") return null;
    tags.set(name.trim(), String(value).trim());
  }
  return Object.fromEntries(tags);
}
