import { formatOf } from "../../../src/intake/formats/all-formats.ts";
import { type Format, OWN_FORMAT, type RowFormat } from "../../../src/intake/formats/format.ts";
import type { Mapping } from "../../../src/intake/formats/map-columns.ts";
import { flattenRow } from "../../../src/intake/formats/names-of-row.ts";
import { openRow, readSample } from "../../../src/intake/formats/open-row.ts";
import { recogniseFormat } from "../../../src/intake/formats/recognise.ts";
import type { Notes } from "../../../src/intake/notes.ts";
import { outerCode, type SaidWarning } from "../../../src/words/said.ts";
import { createPace } from "./pace.ts";
import type { Table, TableRow } from "./table.ts";

/** Rows of JSON leave out what is empty, so a few of them tell the names. */
const ROWS_LOOKED_AT = 50;
/** More are never mapped by hand. */
const MOST_COLUMNS = 60;

/** Whose names the rows have, found out as the server does. */
export function formatOfTable(table: Table): RowFormat {
  return recogniseFormat(namesOf(table)).format?.id ?? OWN_FORMAT;
}

/** The table as a format has it: what it nests stands in columns of its own. */
export function openTable(table: Table, id: RowFormat): Table {
  if (formatOf(id) === null) return table;
  return {
    ...table,
    columns: namesOf(table).slice(0, MOST_COLUMNS),
    rows: table.rows.map(({ line, fields }) => ({
      line,
      fields: Object.fromEntries(flattenRow(Object.entries(fields))),
    })),
  };
}

function namesOf(table: Table): string[] {
  const names = new Set<string>();
  for (const { fields } of table.rows.slice(0, ROWS_LOOKED_AT)) {
    for (const name of flattenRow(Object.entries(fields)).keys()) names.add(name);
  }
  return [...names];
}

/** The fields the server gets for a row. */
export function sampleOf(
  row: TableRow,
  mapping: Mapping,
  format: Format | null,
  notes: Notes = { errors: [], warnings: [] },
): Record<string, unknown> {
  return readSample(new Map(Object.entries(row.fields)), mapping, format, notes);
}

/** What the names of the columns leave in doubt while nobody has said otherwise. */
export function doubtsOf(table: Table): SaidWarning[] {
  const notes: Notes = { errors: [], warnings: [] };
  const [first] = table.rows;
  if (first) openRow(new Map(Object.entries(first.fields)), { isTable: true }, notes);
  return notes.warnings.filter(({ code }) => outerCode(code) === "field_ambiguous");
}

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
