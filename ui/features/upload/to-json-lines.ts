import type { Format } from "../../../src/intake/formats/format.ts";
import type { Mapping } from "../../../src/intake/formats/map-columns.ts";
import { sampleOf } from "./format-of-table.ts";
import { createPace } from "./pace.ts";
import type { Table } from "./table.ts";

const ROWS_PER_PART = 500;

/**
 * The rows as JSON Lines. Blank lines stand where the file has others, so the line numbers the server names are those
 * of the file; where rows share a line, as in JSON without breaks, they are counted instead.
 */
export async function toJsonLines(
  table: Table,
  mapping: Mapping,
  signal: AbortSignal,
  format: Format | null = null,
): Promise<Blob> {
  const pause = createPace(signal);
  const parts: string[] = [];
  let part = "";
  let line = 1;
  for (const [at, row] of table.rows.entries()) {
    if (row.line > line) {
      part += "\n".repeat(row.line - line);
      line = row.line;
    }
    part += `${JSON.stringify(sampleOf(row, mapping, format))}\n`;
    line++;
    if (at % ROWS_PER_PART !== ROWS_PER_PART - 1) continue;
    parts.push(part);
    part = "";
    await pause();
  }
  return new Blob([...parts, part], { type: "application/x-ndjson" });
}
