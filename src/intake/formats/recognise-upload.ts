import { type BatchFormat, createRowReader } from "../batch-rows/format.ts";
import { isRecord } from "../parse-json.ts";
import { OWN_FORMAT, type RowFormat } from "./format.ts";
import { flattenRow } from "./names-of-row.ts";
import { recogniseFormat } from "./recognise.ts";

/** Whose names the first row of an upload has, by its beginning; null: no row is whole yet. */
export function recogniseUpload(format: BatchFormat, start: string): RowFormat | null {
  const reader = createRowReader(format);
  const rows = [...reader.push(start), ...reader.end()];
  const first = rows.find((row) => "fields" in row);
  return first && "fields" in first && isRecord(first.fields) ? formatOfRow(first.fields) : null;
}

function formatOfRow(row: Record<string, unknown>): RowFormat {
  const names = [...flattenRow(Object.entries(row)).keys()];
  return recogniseFormat(names).format?.id ?? OWN_FORMAT;
}
