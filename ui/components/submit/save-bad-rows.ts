import type { BadRow } from "../../../src/contract.ts";
import { saveFile } from "../save-file.ts";

/** Lines and reasons as CSV. A cell that a spreadsheet would take for a formula is made text. */
export function badRowsCsv(rows: readonly BadRow[]): string {
  const lines = rows.map(({ line, reason }) => `${line},"${defuse(reason).replaceAll('"', '""')}"`);
  return ["line,reason", ...lines, ""].join("\r\n");
}

function defuse(text: string): string {
  return /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
}

export function saveBadRows(rows: readonly BadRow[]): void {
  saveFile("bad-rows.csv", `\uFEFF${badRowsCsv(rows)}`, "text/csv;charset=utf-8");
}
