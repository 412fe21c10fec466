import Papa from "papaparse";

/**
 * What a spreadsheet would run as a formula when it stands first in a cell, full-width forms too. Leading quotes are
 * looked through, so that taking one quote away always gives the text back.
 */
const FORMULA_START = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Excel takes a file for UTF-8 only with this mark. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Lines of RFC 4180. Texts that look like formulas get a leading `'`; numbers stay numbers. */
export function toCsv(rows: (string | number)[][]): string {
  return `${Papa.unparse(rows, { newline: "\r\n", escapeFormulae: FORMULA_START })}\r\n`;
}
