import type { Said } from "../words/said.ts";
// What the CSV files of this service say besides the texts: reports write it, intake reads it again.

/**
 * What a spreadsheet would run as a formula when it stands first in a cell, full-width forms too: such a cell gets a
 * `'` in front. Leading quotes are looked through, so that taking one quote away always gives the text back.
 */
export const FORMULA_START = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** The text of a cell as it was before it was written. */
export function restoreCell(cell: string): string {
  return cell.startsWith("'") && FORMULA_START.test(cell) ? cell.slice(1) : cell;
}

/** What a file of rejected rows says of each, beside its own columns: where it stood, why, and what was no table. */
export const REJECTED_COLUMNS = {
  line: "touchstone_line",
  reason: "touchstone_reason",
  source: "touchstone_source",
} as const;

const OWN_COLUMNS: ReadonlySet<string> = new Set(Object.values(REJECTED_COLUMNS));

/** A column this service added: it is no field of a sample. */
export function isRejectedColumn(name: string): boolean {
  return OWN_COLUMNS.has(name);
}

/** A row of an upload that was not scored, as it was sent. */
export interface RejectedRow {
  line: number;
  reason: Said;
  /** By column; null: it could not be taken apart. */
  fields: Readonly<Record<string, unknown>> | null;
  /** How it was written, where its fields do not say it; null: they do, or it is not kept. */
  source: string | null;
}
