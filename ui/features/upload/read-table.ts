import { LIMITS } from "../../../src/contract/limits.ts";
import { readSheetRows } from "../../../src/intake/batch-rows/read-sheet.ts";
import type { Row } from "../../../src/intake/batch-rows/row.ts";
import { isRecord } from "../../../src/intake/parse-json.ts";
import { kindOfUpload } from "../../../src/intake/upload-kind.ts";
import { said } from "../../../src/words/said.ts";
import { readTextRows, type Watch } from "./read-rows.ts";
import { type BadLine, type Table, type TableRow, UnreadableFile } from "./table.ts";

const START_BYTES = 4096;
/** More are never mapped by hand. */
const MOST_COLUMNS = 60;

/**
 * Reads a file as the server would, and spreadsheets besides.
 * @throws UnreadableFile
 */
export async function readTable(file: File, watch: Watch): Promise<Table> {
  if (file.size > LIMITS.batchBytes) throw new UnreadableFile("tooLarge");
  const start = new Uint8Array(await file.slice(0, START_BYTES).arrayBuffer());
  const kind = kindOfUpload(start);
  if (kind === "text") {
    const { rows, charset } = await readTextRows(file, start, watch);
    return toTable(file.name, rows, charset);
  }
  if (kind !== "xlsx") throw new UnreadableFile(kind);
  const rows = await readSheetRows(await file.arrayBuffer()).catch((cause: unknown) => {
    throw new UnreadableFile("brokenExcel", cause);
  });
  return toTable(file.name, rows, null);
}

function toTable(fileName: string, found: readonly Row[], charset: string | null): Table {
  const rows: TableRow[] = [];
  const unread: BadLine[] = [];
  const columns = new Set<string>();
  for (const row of found) {
    if ("problem" in row) unread.push({ line: row.line, reason: row.problem, source: row.source });
    else if (!isRecord(row.fields)) {
      const source = JSON.stringify(row.fields);
      unread.push({ line: row.line, reason: said("row_no_object"), source });
    } else {
      rows.push({
        line: row.line,
        fields: row.fields,
        ...(row.warnings && { warnings: row.warnings }),
      });
      for (const name of Object.keys(row.fields)) {
        if (columns.size < MOST_COLUMNS && name !== "") columns.add(name);
      }
    }
  }
  if (rows.length === 0 && unread.length === 0) throw new UnreadableFile("noRows");
  if (columns.size === 0) throw new UnreadableFile("noColumns");
  if (rows.length + unread.length > LIMITS.batchRows) throw new UnreadableFile("tooManyRows");
  return { fileName, columns: [...columns], rows, unread, charset };
}
