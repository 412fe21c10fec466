import { isFieldName } from "./field-names.ts";
import { isMissing } from "./missing-value.ts";
import { isRecord } from "./parse-json.ts";
import { readString } from "./python-literal.ts";

/** What can be read from text that json_repair glued together inside Dify. */
export interface Salvage {
  texts: string[];
  /** Request fields that were swallowed along with the contexts. */
  fields: Map<string, string>;
}

const CONTENT = /['"]content['"]:\s{0,4}/g;
const SUMMARY_NEXT = /,\s{0,4}['"]summary['"]:\s{0,4}/y;
const SWALLOWED_FIELD = /"([a-z_]{2,30})"\s{0,4}:\s{0,4}"/g;

/** Reads every `'content': '…'` of the text, and request fields that stand behind the last one. */
export function salvageText(text: string): Salvage {
  const texts: string[] = [];
  let end = 0;
  CONTENT.lastIndex = 0;
  for (;;) {
    const marker = CONTENT.exec(text);
    if (!marker) break;
    const content = readString(text, CONTENT.lastIndex);
    if (!content) continue;
    end = content.end;
    const summary = readSummary(text, end);
    if (summary) end = summary.end;
    CONTENT.lastIndex = end;
    if (isMissing(content.value)) continue;
    const hasSummary = summary !== null && !isMissing(summary.value);
    texts.push(hasSummary ? `${summary.value}\n${content.value}` : content.value);
  }
  return { texts, fields: readSwallowedFields(text, end) };
}

function readSummary(text: string, at: number): { value: string; end: number } | null {
  SUMMARY_NEXT.lastIndex = at;
  return SUMMARY_NEXT.test(text) ? readString(text, SUMMARY_NEXT.lastIndex) : null;
}

/** `]","ground_truth":"thirty days"}`: the value was pasted unescaped, so it ends where the next field begins. */
function readSwallowedFields(text: string, from: number): Map<string, string> {
  const fields = new Map<string, string>();
  const tail = text.slice(from);
  const marks = [...tail.matchAll(SWALLOWED_FIELD)].filter((mark) => isFieldName(mark[1] ?? ""));
  for (const [index, mark] of marks.entries()) {
    const start = mark.index + mark[0].length;
    const piece = tail.slice(start, marks[index + 1]?.index ?? tail.length);
    const close = piece.lastIndexOf('"');
    const value = close < 0 ? piece : piece.slice(0, close);
    if (!isMissing(value)) fields.set(mark[1] ?? "", value);
  }
  return fields;
}

/** The strings of an item, except its own content, that hold further items. */
export function gluedTexts(item: unknown): string[] {
  if (!isRecord(item)) return [];
  return Object.entries(item).flatMap(([key, value]) => {
    if (typeof value === "string") return key !== "content" && isGlued(value) ? [value] : [];
    return key === "metadata" ? gluedTexts(value) : [];
  });
}

export function isGlued(text: string): boolean {
  return /['"]content['"]:\s{0,4}['"]/.test(text) && /[}{]/.test(text);
}

/** The item without glue: a summary is what stands before the next item began. */
export function withoutGlue(item: unknown): unknown {
  if (!isRecord(item) || typeof item.summary !== "string") return item;
  const { summary } = item;
  if (!isGlued(summary) && !/^None\s{0,4}\}/.test(summary)) return item;
  const end = summary.indexOf("}");
  const own = end < 0 ? "" : summary.slice(0, end).replace(/['"]$/, "");
  return { ...item, summary: own };
}
