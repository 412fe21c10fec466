import type { RejectedRow } from "../../../src/contract/csv.ts";
import { RejectedTable } from "../../../src/reports/text/rejected-rows-csv.ts";
import { ROW_SPEAKER } from "../../../src/words/say-rows.ts";
import { language } from "../../kit/preferences.ts";
import { saveFile } from "../../kit/save-file.ts";

/** Rows with their own columns and why they were not taken: to be corrected and dropped again. */
export function saveBadRows(rows: readonly RejectedRow[]): void {
  const table = new RejectedTable();
  for (const row of rows) table.add(row);
  saveCsv(
    table.renderHead() +
      rows.map((row) => table.renderRow(row, ROW_SPEAKER.say(row.reason, language()))).join(""),
  );
}

export function saveCsv(text: string): void {
  saveFile("rejected-rows.csv", text, "text/csv;charset=utf-8");
}
