import { restoreCell } from "../contract/csv.ts";
import { TEST_SET_LIMITS, TestItem } from "../contract/test-set.ts";
import { AppError } from "../errors.ts";
import { type Said, said } from "../words/said.ts";
import { createRowReader, guessFormat } from "./batch-rows/format.ts";
import { readSheetRows } from "./batch-rows/read-sheet.ts";
import type { Row } from "./batch-rows/row.ts";
import { unpackSheet } from "./batch-rows/unpack-sheet.ts";
import { OWN_FORMAT, type RowFormat } from "./formats/format.ts";
import { isMissing } from "./missing-value.ts";
import { isRecord, parseJson } from "./parse-json.ts";
import { readScoreRequest } from "./score-request.ts";
import { kindOfUpload } from "./upload-kind.ts";

export interface ReadItems {
  items: TestItem[];
  badRows: { line: number; reason: Said }[];
  /** Items whose answer was taken for the reference: there was no other, and nothing that was retrieved. */
  answersAsReference: number;
}

/** Any tool's file of questions as items: rows of samples do too, of which the answer is left out. */
export async function readTestItems(bytes: Uint8Array, contentType: string): Promise<ReadItems> {
  const read: ReadItems = { items: [], badRows: [], answersAsReference: 0 };
  const { rows, isTable } = await rowsOf(bytes, contentType);
  let before: RowFormat = OWN_FORMAT;
  for (const row of rows) {
    const { line } = row;
    if ("problem" in row) {
      read.badRows.push({ line, reason: row.problem });
      continue;
    }
    const own = readOwn(row.fields, isTable);
    if (own !== null) {
      read.items.push(own);
      continue;
    }
    try {
      const found = readScoreRequest(row.fields, [], { isRow: true, isTable, before });
      if (before === OWN_FORMAT) before = found.format;
      const { question, answer, contexts, ground_truth: reference, ...request } = found.request;
      const isReference = reference === null && contexts === null && answer !== "";
      if (isReference) read.answersAsReference += 1;
      const item = {
        ...{
          id: request.id,
          question,
          ground_truth: isReference ? answer : reference,
          tags: request.tags,
        },
        ...{ reference_contexts: request.reference_contexts, reference_ids: request.reference_ids },
        ...extrasOf(row.fields),
      };
      const checked = TestItem.safeParse(withoutNothing(item));
      if (checked.success) read.items.push(checked.data);
      else
        read.badRows.push({
          line,
          reason: said("test_item_unfit", {
            field: String(checked.error.issues[0]?.path[0] ?? ""),
          }),
        });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      read.badRows.push({ line, reason: error.said });
    }
  }
  if (read.items.length === 0) {
    const [first] = read.badRows;
    throw new AppError(said("invalid_request.no_items_in_upload", { why: first?.reason ?? "" }));
  }
  const limit = TEST_SET_LIMITS.items;
  if (read.items.length > limit)
    throw new AppError(said("invalid_request.too_many_items", { limit }));
  return read;
}

async function rowsOf(
  bytes: Uint8Array,
  contentType: string,
): Promise<{ rows: Row[]; isTable: boolean }> {
  const kind = kindOfUpload(bytes);
  if (kind === "empty") throw new AppError(said("body_unreadable.upload_empty"));
  if (kind === "oldExcel") throw new AppError(said("unsupported_media_type.old_excel"));
  if (kind === "xlsx") {
    const rows = await unpackSheet(bytes)
      .then(readSheetRows)
      .catch((cause: unknown) => {
        throw new AppError(said("unsupported_media_type.sheet_damaged"), { cause });
      });
    return { rows, isTable: true };
  }
  const text = decode(bytes);
  const format = guessFormat(contentType, text);
  const reader = createRowReader(format);
  return { rows: [...reader.push(text), ...reader.end()], isTable: format === "csv" };
}

/** UTF-8, or what Excel writes in China. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Columns that hold JSON where an item is a row of a table. */
const JSON_COLUMNS: ReadonlySet<string> = new Set([
  ...["reference_contexts", "reference_ids", "tags", "inputs", "turns", "files"],
]);

/** As this service exports it. */
function readOwn(fields: unknown, isTable: boolean): TestItem | null {
  if (!isRecord(fields)) return null;
  const opened = Object.entries(withoutNothing(fields)).map(([name, value]) => {
    if (!isTable || typeof value !== "string") return [name, value];
    return [name, JSON_COLUMNS.has(name) ? (parseJson(value) ?? value) : restoreCell(value)];
  });
  const item = TestItem.safeParse(Object.fromEntries(opened));
  return item.success ? item.data : null;
}

/** What only this service has: JSON, also where it stands in a cell. */
function extrasOf(fields: unknown): Record<string, unknown> {
  if (!isRecord(fields)) return {};
  return Object.fromEntries(
    ["inputs", "files", "turns"].flatMap((name) => {
      const value = fields[name];
      const parsed = typeof value === "string" ? parseJson(value) : value;
      const fits = name === "inputs" ? isRecord(parsed) : Array.isArray(parsed);
      return fits ? [[name, parsed]] : [];
    }),
  );
}

function withoutNothing(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => !isMissing(value)));
}
