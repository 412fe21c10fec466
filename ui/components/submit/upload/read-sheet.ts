import readWorkbook from "read-excel-file/universal";
import type { Row } from "../../../../src/intake/batch-rows/row.ts";
import { UnreadableFile } from "./table.ts";

/** The first sheet that holds anything; its first row names the columns. In a file of its own, loaded when needed. */
export async function readSheetRows(file: File): Promise<Row[]> {
  const sheets = await readWorkbook(await file.arrayBuffer(), { trim: false }).catch(
    (cause: unknown) => {
      throw new UnreadableFile("brokenExcel", cause);
    },
  );
  const sheet = sheets.find(({ data }) => data.some((cells) => cells.some(isFilled)));
  if (!sheet) throw new UnreadableFile("noRows");
  const head = sheet.data.findIndex((cells) => cells.some(isFilled));
  const names = (sheet.data[head] ?? []).map((cell) => textOf(cell).trim());
  return sheet.data.flatMap((cells, at): Row[] => {
    if (at <= head || !cells.some(isFilled)) return [];
    const pairs = names.map((name, column) => [name, textOf(cells[column])] as const);
    return [{ line: at + 1, fields: Object.fromEntries(pairs.filter(([name]) => name !== "")) }];
  });
}

function isFilled(cell: unknown): boolean {
  return textOf(cell).trim() !== "";
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
