import { type SaidWarning, said } from "../../words/said.ts";
import { nameColumns } from "./name-columns.ts";
import type { Row } from "./row.ts";

/** The rows of a workbook's first sheet that holds anything; its first row names the columns. */
export async function readSheetRows(bytes: ArrayBuffer): Promise<Row[]> {
  const { default: readWorkbook } = await import("read-excel-file/universal");
  const sheets = await readWorkbook(bytes, { trim: false });
  const filled = sheets.filter(({ data }) => data.some((cells) => cells.some(isFilled)));
  const [sheet, ...others] = filled;
  if (!sheet) return [];
  const head = sheet.data.findIndex((cells) => cells.some(isFilled));
  const width = sheet.data.reduce(
    (most, cells) => Math.max(most, cells.findLastIndex(isFilled) + 1),
    0,
  );
  const named = sheet.data[head] ?? [];
  const names = nameColumns(
    Array.from({ length: width }, (_, at) => textOf(named[at]).trim() || letterOf(at)),
  );
  const isUsed = names.map((_, at) => sheet.data.some((cells) => isFilled(cells[at])));
  const warnings = others.length > 0 ? [warnOfSheets(sheet.sheet, others)] : [];
  const rows = sheet.data.flatMap((cells, at) => {
    if (at <= head || !cells.some(isFilled)) return [];
    const pairs = names.map((name, column) => [name, textOf(cells[column])] as const);
    const fields = Object.fromEntries(pairs.filter((_, column) => isUsed[column]));
    return [{ line: at + 1, fields }];
  });
  return rows.map((row, at) => (at === 0 && warnings.length > 0 ? { ...row, warnings } : row));
}

function warnOfSheets(read: string, others: readonly { sheet: string }[]): SaidWarning {
  const names = others.map(({ sheet }) => JSON.stringify(sheet.slice(0, 40))).slice(0, 5);
  return said("sheets_ignored", {
    others: `${names.join(", ")}${others.length > 5 ? " …" : ""}`,
    read: JSON.stringify(read.slice(0, 40)),
  });
}

/** How a spreadsheet calls a column: A, B, … Z, AA. */
function letterOf(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest > 0 ? letterOf(rest - 1) : "") + String.fromCharCode(65 + (at % 26));
}

function isFilled(cell: unknown): boolean {
  return textOf(cell).trim() !== "";
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (!(cell instanceof Date)) return String(cell);
  const time = cell.toISOString();
  return time.endsWith("T00:00:00.000Z") ? time.slice(0, 10) : time;
}
