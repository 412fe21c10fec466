import { METRIC_NAMES, type MetricName } from "../scoring/metrics/registry.ts";
import { isRecord, parseJson } from "./parse-json.ts";
import { readLiterals } from "./python-literal.ts";

const KNOWN = new Map<string, MetricName>(METRIC_NAMES.map((name) => [name, name]));
const SEPARATORS = /[\s,，、;；|]+/;

/** An array, its JSON or Python text, or names with commas between → texts. Null when it is none of these. */
function readTextList(value: unknown): string[] | null {
  if (typeof value === "number") return [String(value)];
  if (typeof value === "string") {
    const list = parseListText(value);
    return list ? readTextList(list) : splitNames(value);
  }
  if (!Array.isArray(value)) return null;
  const texts: string[] = [];
  for (const item of value) {
    if (typeof item === "string" || typeof item === "number") texts.push(String(item).trim());
    else return null;
  }
  return texts.filter((text) => text !== "");
}

function parseListText(text: string): unknown[] | null {
  const trimmed = text.trim();
  if (!/^[[({]/.test(trimmed)) return null;
  const json = parseJson(trimmed);
  if (Array.isArray(json)) return json;
  const literal = readLiterals(trimmed)?.[0];
  return Array.isArray(literal) ? literal : null;
}

function splitNames(text: string): string[] {
  return text.split(SEPARATORS).filter((name) => name !== "");
}

/** Metric names as asked, once each; a name nobody knows is handed back as such. */
export function readMetrics(value: unknown): { metrics: MetricName[]; unknown: string[] } | null {
  const names = readTextList(value);
  if (!names) return null;
  const metrics = new Set<MetricName>();
  const unknown: string[] = [];
  for (const name of names) {
    const known = KNOWN.get(name.toLowerCase().replaceAll("-", "_").replaceAll(" ", "_"));
    if (known) metrics.add(known);
    else unknown.push(name);
  }
  return { metrics: [...metrics], unknown };
}

/** Ids of chunks; of Dify's retrieval objects the segment id. Ids may hold blanks, so only commas part them. */
export function readIds(value: unknown): string[] | null {
  if (typeof value === "number") return [String(value)];
  if (typeof value === "string") {
    const list = parseListText(value);
    return list
      ? readIds(list)
      : value
          .split(",")
          .map((id) => id.trim())
          .filter((id) => id !== "");
  }
  if (!Array.isArray(value)) return null;
  const ids = value.map(idOf);
  return ids.every((id) => id !== null) ? ids : null;
}

function idOf(item: unknown): string | null {
  if (typeof item === "string" || typeof item === "number") return String(item);
  if (!isRecord(item)) return null;
  const metadata = isRecord(item.metadata) ? item.metadata : {};
  const candidates = [
    item.segment_id,
    metadata.segment_id,
    item.id,
    item.document_id,
    metadata.document_id,
  ];
  const id = candidates.find((candidate) => typeof candidate === "string" && candidate !== "");
  return typeof id === "string" ? id : null;
}
