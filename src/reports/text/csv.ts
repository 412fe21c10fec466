import Papa from "papaparse";
import { FORMULA_START } from "../../contract/csv.ts";

/** Excel takes a file for UTF-8 only with this mark. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Lines of RFC 4180. Texts that look like formulas get a leading `'`; numbers stay numbers. */
export function toCsv(rows: (string | number)[][]): string {
  return `${Papa.unparse(rows, { newline: "\r\n", escapeFormulae: FORMULA_START })}\r\n`;
}

/** The line of names: all in quotes, so that a reader who guesses delimiters is not misled by one inside a name. */
export function toCsvHead(names: readonly string[]): string {
  return `${Papa.unparse([[...names]], { quotes: true, escapeFormulae: FORMULA_START })}\r\n`;
}
