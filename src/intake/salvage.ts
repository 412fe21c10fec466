import { isFieldName } from "./field-names.ts";
import { isMissing } from "./missing-value.ts";
import { isRecord } from "./parse-json.ts";
import { readString } from "./python-string.ts";

const CONTENT = /['"]content['"]:\s{0,4}/g;
const SUMMARY_NEXT = /,\s{0,4}['"]summary['"]:\s{0,4}/y;
/** Child chunks repeat parts of the content; only they have a position behind it. */
const CHILD_CHUNK_NEXT = /,\s{0,4}['"](?:position|score)['"]:/y;
const STRING_END = /['"]\s{0,4}(?:[\])}]|,\s{0,4}['"]|$)/y;

/** Every `'content': '…'` of a text that json_repair glued together, each with its summary. */
export function salvageTexts(text: string): string[] {
  const texts: string[] = [];
  const read = looseReader(text);
  CONTENT.lastIndex = 0;
  while (CONTENT.test(text)) {
    const content = read(CONTENT.lastIndex);
    if (!content) continue;
    if (endOf(CHILD_CHUNK_NEXT, text, content.end) >= 0) {
      CONTENT.lastIndex = content.end;
      continue;
    }
    SUMMARY_NEXT.lastIndex = content.end;
    const summary = SUMMARY_NEXT.test(text) ? read(SUMMARY_NEXT.lastIndex) : null;
    CONTENT.lastIndex = summary?.end ?? content.end;
    if (isMissing(content.value)) continue;
    const hasSummary = summary !== null && !isMissing(summary.value);
    texts.push(hasSummary ? `${summary.value}\n${content.value}` : content.value);
  }
  return texts;
}

/**
 * Reads strings with bare quotes inside. One that never closes has run through the whole text, and so would the next
 * with its quote: it is not tried again, which keeps the time linear.
 */
function looseReader(text: string): (start: number) => { value: string; end: number } | null {
  const unclosed = new Set<string>();
  return (start) => {
    const quote = text.charAt(start);
    if (unclosed.has(quote)) return null;
    const string = readString(text, start, "", endsString);
    if (!string) unclosed.add(quote);
    return string;
  };
}

const LIST_START = /\s{0,9}\[\s{0,9}/y;
const LIST_COMMA = /\s{0,4},\s{0,4}(?=['"])/y;
const LIST_END = /\s{0,4}\]\s{0,9}$/y;

/** The strings of a list whose inner quotes were not escaped; null when it does not run to its bracket. */
export function salvageStrings(text: string): string[] | null {
  const texts: string[] = [];
  let at = endOf(LIST_START, text, 0);
  while (at >= 0) {
    const string = readString(text, at, "", endsString);
    if (!string) return null;
    texts.push(string.value);
    if (endOf(LIST_END, text, string.end) >= 0) return texts;
    at = endOf(LIST_COMMA, text, string.end);
  }
  return null;
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Repair loses backslashes, so a quote ends a string only where a Python list would go on. */
function endsString(text: string, index: number): boolean {
  STRING_END.lastIndex = index;
  return STRING_END.test(text);
}

const SWALLOWED = /"([a-z_]{2,30})"\s{0,4}:\s{0,4}"/g;

/** `…}]","ground_truth":"thirty days"}`: fields behind the last item. Pasted unescaped, each runs to the next. */
function fieldsBehind(text: string): [string, string][] {
  const tail = text.slice(Math.max(0, text.lastIndexOf("}]")));
  const marks = [...tail.matchAll(SWALLOWED)].filter(([, name = ""]) => isFieldName(name));
  return marks.flatMap((mark, index) => {
    const piece = tail.slice(mark.index + mark[0].length, marks[index + 1]?.index);
    const value = piece.slice(0, Math.max(0, piece.lastIndexOf('"')));
    return isMissing(value) ? [] : [[mark[1] ?? "", value]];
  });
}

/** The strings of an item, except its own content, that hold further items. */
export function gluedTexts(item: unknown): string[] {
  if (!isRecord(item)) return [];
  return Object.entries(item).flatMap(([key, value]) => {
    if (typeof value === "string") return key !== "content" && isGlued(value) ? [value] : [];
    return key === "metadata" ? gluedTexts(value) : [];
  });
}

function isGlued(text: string): boolean {
  return /[{}]/.test(text) && /['"]content['"]:\s{0,4}['"]/.test(text);
}

/** The item without glue: its summary is what stands before the next item began. */
export function withoutGlue(item: unknown): unknown {
  if (!isRecord(item) || typeof item.summary !== "string") return item;
  const { summary } = item;
  if (!isGlued(summary) && !/^None\s{0,4}\}/.test(summary)) return item;
  return { ...item, summary: summary.slice(0, summary.indexOf("}")).replace(/['"]$/, "") };
}

/** What Dify puts into an item; `url`, `icon` and `id` come from older versions. */
const ITEM_KEYS = new Set([
  "metadata",
  "title",
  "files",
  "content",
  "summary",
  "url",
  "icon",
  "id",
]);

/** True for a retrieval item of Dify with keys Dify never wrote: pieces of its text, or swallowed fields. */
export function isTorn(item: unknown): boolean {
  if (!isRecord(item) || !isRecord(item.metadata)) return false;
  if (item.metadata._source !== "knowledge" && !("dataset_id" in item.metadata)) return false;
  return Object.keys(item).some((key) => !ITEM_KEYS.has(key));
}

/** Dify pastes Python's None into JSON, and the repair makes it the word: the body was never escaped. */
export function isPastedUnescaped(item: unknown): boolean {
  if (!isRecord(item) || !isRecord(item.metadata)) return false;
  return [item.summary, item.files, item.metadata.doc_metadata].includes("None");
}

/** Ends with the list's own comma, or holds or begins with the name of the field behind it. */
const TORN_TEXT = /"\]?,\s{0,4}$|"\],\s{0,4}"[a-z_]{2,30}":|^[a-z_]{2,30}"\s{0,4}:/;

/** A list of strings with a number among them, or with the next field's start in one, was torn apart. */
export function isTornList(items: readonly unknown[]): boolean {
  const strings = items.filter((item) => typeof item === "string");
  if (strings.length === 0) return false;
  return (
    items.some((item) => typeof item === "number") || strings.some((text) => TORN_TEXT.test(text))
  );
}

/** Request fields that stood behind the contexts and were swallowed by an item, as a key or inside its glue. */
export function swallowedFields(item: unknown, glue: readonly string[]): [string, unknown][] {
  if (!isRecord(item)) return [];
  const keys = isTorn(item) ? Object.entries(item) : [];
  return [
    ...glue.flatMap(fieldsBehind),
    ...keys.filter(([key]) => isFieldName(key) && !ITEM_KEYS.has(key)),
  ];
}
