import { isMissing } from "../missing-value.ts";
import { isRecord } from "../parse-json.ts";
import { SINGLE, type Target } from "./format.ts";
import type { Mapping } from "./map-columns.ts";

/** The fields of a sample, out of the columns of a row. */
export function applyMapping(
  columns: ReadonlyMap<string, unknown>,
  mapping: Mapping,
): Record<string, unknown> {
  const sample: Record<string, unknown> = {};
  const tags: [string, string][] = [];
  const parts = new Map<Target, unknown[]>();
  for (const [column, target] of mapping) {
    const value = columns.get(column);
    if (target === null || value === undefined) continue;
    if (target === "tag") {
      if (!isMissing(value)) tags.push([column, tagText(value)]);
    } else if (SINGLE.has(target)) sample[target] = value;
    else parts.set(target, [...(parts.get(target) ?? []), value]);
  }
  for (const [target, values] of parts) sample[target] = together(values);
  if (tags.length > 0) sample.tags = Object.fromEntries(tags);
  return sample;
}

function tagText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}

/** One column is sent as it is, for the server knows many shapes of it; several become one list of passages. */
function together(values: readonly unknown[]): unknown {
  if (values.length === 1) return passagesOf(values[0]);
  return values.flat().filter((value) => !isMissing(value));
}

/** OpenTelemetry writes `document.content` where others write `content`, MS MARCO a list of texts under a name. */
function passagesOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) =>
      isRecord(item) && typeof item["document.content"] === "string"
        ? { ...item, content: item["document.content"] }
        : item,
    );
  }
  return isRecord(value) && Array.isArray(value.passage_text) ? value.passage_text : value;
}
