import { isRecord, parseJson } from "../parse-json.ts";
import { readLiterals } from "../python-literal.ts";
import { FORMATS } from "./all-formats.ts";
import { plainName } from "./format.ts";

/** As deep as any format reaches: `attributes.input.value`. */
const DEPTH = 3;
/** More columns than this are no row of a tool. */
const MOST_NAMES = 400;
/** A cell longer than this is a text, not an object worth opening to know its names. */
const LONGEST_CELL = 200_000;

/** Names whose objects some format looks into; others stay whole. */
const HOLDERS: ReadonlySet<string> = new Set(
  FORMATS.flatMap(({ fields, knownBy }) =>
    [...Object.values(fields).flat(), ...knownBy.flat()].flatMap((path) => {
      const parts = path.replace(/^[!=]/, "").split(".").slice(0, -1);
      return parts.map((_, at) => plainName(parts.slice(0, at + 1).join(".")));
    }),
  ),
);

/**
 * A row as columns: objects that a tool nests the parts of a sample in become `outer.inner`, also where a table holds
 * them as JSON or Python text. Everything else is as it came.
 */
export function flattenRow(row: Iterable<readonly [string, unknown]>): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  const add = (name: string, value: unknown, depth: number): void => {
    const inner = depth < DEPTH && HOLDERS.has(plainName(name)) ? asRecord(value) : null;
    const entries = inner ? Object.entries(inner) : [];
    if (entries.length === 0 || flat.size + entries.length > MOST_NAMES) {
      flat.set(name, value);
      return;
    }
    for (const [key, part] of entries) add(`${name}.${key}`, part, depth + 1);
  };
  for (const [name, value] of row) add(name, value, 1);
  return flat;
}

/** An object, or the text of one. */
function asRecord(value: unknown): Record<string, unknown> | null {
  if (isRecord(value)) return value;
  if (typeof value !== "string" || value.length > LONGEST_CELL) return null;
  const text = value.trim();
  if (!text.startsWith("{") || !text.endsWith("}")) return null;
  const json = parseJson(text);
  if (isRecord(json)) return json;
  const literals = readLiterals(text);
  const [only] = literals ?? [];
  return literals?.length === 1 && isRecord(only) ? only : null;
}
