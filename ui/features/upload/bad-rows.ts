import type { RejectedRow } from "../../../src/contract/csv.ts";
import { RejectedTable } from "../../../src/reports/text/rejected-rows-csv.ts";
import { t } from "../../i18n/translate.ts";
import { saveFile } from "../../kit/save-file.ts";

/** Rows with their own columns and why they were not taken: to be corrected and dropped again. */
export function saveBadRows(rows: readonly RejectedRow[]): void {
  const table = new RejectedTable();
  for (const row of rows) table.add(row);
  saveCsv(table.renderHead() + rows.map((row) => table.renderRow(row)).join(""));
}

export function saveCsv(text: string): void {
  saveFile("rejected-rows.csv", text, "text/csv;charset=utf-8");
}

const MISSING = /^`(question|answer)` is missing or empty/;

/** The commonest reason against a row in the reader's language; the others in the server's words. */
export function sayReason(reason: string): string {
  const field = MISSING.exec(reason)?.[1];
  return field === "question" || field === "answer" ? t().upload.missing[field] : reason;
}
