import { jsonrepair } from "jsonrepair";
import { fitOf } from "../intake/formats/common-names.ts";
import { type Speaker, spokenText } from "../intake/formats/message-text.ts";
import { isMissing } from "../intake/missing-value.ts";
import type { Notes } from "../intake/notes.ts";
import { isRecord, parseJson } from "../intake/parse-json.ts";
import { readContexts } from "../intake/read-contexts.ts";
import { type SaidWarning, said } from "../words/said.ts";
import type { Attributes } from "./span.ts";

/** A value of an attribute. `isCut`: a limit on the way has taken its end, or parts of it. */
interface Opened {
  value: unknown;
  isCut: boolean;
}

/** The first of some attributes that says something, opened where it is JSON text. */
export function openAttribute(
  attributes: Attributes,
  names: readonly string[],
  isJson = false,
): Opened {
  for (const name of names) {
    const value = attributes.get(name);
    if (value === undefined || value === null || value === "") continue;
    return openValue(value, isJson || isJsonType(attributes, name));
  }
  return { value: null, isCut: false };
}

/** `input.value` has its type beside it. */
function isJsonType(attributes: Attributes, name: string): boolean {
  const type = attributes.get(name.replace(/\.value$/, ".mime_type"));
  return typeof type === "string" && type.includes("json");
}

/** Text that is not said to be JSON is taken for it only where it is an object or a list from end to end. */
function openValue(value: unknown, isJson: boolean): Opened {
  if (typeof value !== "string") return { value, isCut: hasMark(value) };
  const start = value.trimStart().charAt(0);
  if (!isJson && start !== "{" && start !== "[") return { value, isCut: hasMark(value) };
  const parsed = parseJson(value);
  if (parsed !== undefined) return { value: parsed, isCut: hasMark(value) };
  const repaired = isJson && '{["'.includes(start) ? repair(value) : undefined;
  return repaired === undefined
    ? { value, isCut: hasMark(value) }
    : { value: repaired, isCut: true };
}

function repair(text: string): unknown {
  try {
    return parseJson(jsonrepair(text));
  } catch {
    return undefined;
  }
}

/** What Dify leaves where it has cut. */
const MARK = /\[truncated\]|\[trace items truncated\]|_trace_truncated/;

function hasMark(value: unknown): boolean {
  if (typeof value === "string") return MARK.test(value);
  if (Array.isArray(value)) return value.some(hasMark);
  if (!isRecord(value)) return false;
  return Object.entries(value).some(([name, one]) => MARK.test(name) || hasMark(one));
}

/** What was asked or said, where a value is that text, wraps it, or holds it among other variables. */
export function pickText(value: unknown, speaker: Speaker): string | null {
  if (typeof value === "string") return isMissing(value) ? null : value;
  return named(value, speaker) ?? spokenText(value, speaker)?.text ?? null;
}

function named(value: unknown, speaker: Speaker): string | null {
  if (!isRecord(value)) return null;
  const target = speaker === "user" ? "question" : "answer";
  const fits = Object.entries(value).flatMap(([name, one]) => {
    const fit = fitOf(name);
    const text = fit?.target === target ? (spokenText(one, speaker)?.text ?? null) : null;
    return fit && text !== null ? [{ rank: fit.rank, text }] : [];
  });
  fits.sort((a, b) => a.rank - b.rank);
  return fits[0]?.text ?? null;
}

/** The passages of whatever a retriever gives, read as those of every other way in. */
export function pickContexts(value: unknown): {
  contexts: string[] | null;
  warnings: SaidWarning[];
} {
  if (isMissing(value)) return { contexts: null, warnings: [] };
  const notes: Notes = { errors: [], warnings: [] };
  // As text: what is whole in a trace has never been repaired, so nothing in it may be taken for traces of repair.
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const source = { field: "contexts", separator: null, spilled: null, notes };
  const { texts } = readContexts(text, source);
  return { contexts: texts, warnings: notes.warnings };
}

export function cutWarning(...parts: readonly Opened[]): SaidWarning[] {
  return parts.some(({ isCut }) => isCut) ? [said("trace_cut")] : [];
}

/** Values of `prefix.N.suffix` in the order of N. */
export function indexed(
  attributes: Attributes,
  prefix: string,
): { at: number; fields: ReadonlyMap<string, unknown> }[] {
  const items = new Map<number, Map<string, unknown>>();
  for (const [name, value] of attributes) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const rest = name.slice(prefix.length + 1);
    const [, digits = "", field = ""] = /^(\d{1,6})\.(.+)$/.exec(rest) ?? [];
    if (digits === "") continue;
    const at = Number(digits);
    const fields = items.get(at) ?? new Map<string, unknown>();
    fields.set(field, value);
    items.set(at, fields);
  }
  return [...items].sort(([a], [b]) => a - b).map(([at, fields]) => ({ at, fields }));
}

export function textAt(attributes: Attributes, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = attributes.get(name);
    if (typeof value === "string" && value.trim() !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return null;
}

export function numberAt(attributes: Attributes, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = attributes.get(name);
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
  }
  return null;
}

/** The sum of what is there; null: nothing is. */
export function sumOf(...numbers: readonly (number | null | undefined)[]): number | null {
  const known = numbers.filter((number) => typeof number === "number");
  return known.length === 0 ? null : known.reduce((sum, number) => sum + number, 0);
}
