import Papa from "papaparse";

export interface Dialect {
  delimiter: string;
  newline: "\n" | "\r";
  /** Characters before the first row: Excel's `sep=;`. */
  preamble: number;
}

/** One row as the parser of the library found it. `end`: where the next begins. */
export interface ParsedRow {
  cells: string[];
  end: number;
  /** Codes of the parser: `MissingQuotes`, `InvalidQuotes`. */
  errors: ReadonlySet<string>;
}

const DELIMITERS = [",", ";", "\t", "|"];
const SEP_LINE = /^sep=(.)\r?\n/i;

/** From the first row: what ends a line there, and which delimiter it has most of. */
export function guessDialect(text: string): Dialect {
  const sep = SEP_LINE.exec(text);
  const preamble = sep?.[0].length ?? 0;
  const { newline, plain } = readFirstRow(text.slice(preamble, preamble + FIRST_ROW_CHARACTERS));
  const counts = DELIMITERS.map((delimiter) => plain.split(delimiter).length);
  const delimiter = sep?.[1] ?? DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
  return { delimiter, newline, preamble };
}

const FIRST_ROW_CHARACTERS = 64 * 1024;

/** The first row without what stands in quotes: names may hold delimiters and breaks. */
function readFirstRow(text: string): { newline: "\n" | "\r"; plain: string } {
  let plain = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === "\n") break;
    else if (character === "\r") return { newline: text[at + 1] === "\n" ? "\n" : "\r", plain };
    else plain += character;
  }
  return { newline: "\n", plain };
}

/**
 * Parses rows from the start of a text until `take` says stop; without `isLast` a row the text breaks off in is left
 * for later.
 */
export function parseRows(
  text: string,
  { delimiter, newline }: Dialect,
  isLast: boolean,
  take: (row: ParsedRow) => boolean,
): void {
  const parser = new Papa.Parser({
    delimiter,
    newline,
    step: ({ data, errors, meta }: StepResult) => {
      const cells = data[0];
      if (!cells) return;
      const end = meta.cursor;
      const codes = new Set(errors.map(({ code }) => code));
      if (!take({ cells: withoutReturn(cells, text, end), end, errors: codes })) parser.abort();
    },
  });
  parser.parse(text, 0, !isLast);
}

interface StepResult {
  data: string[][];
  errors: { code: string }[];
  meta: { cursor: number };
}

/** Lines may end with CRLF in one part of a file and with LF in another; the return is no part of the last cell. */
function withoutReturn(cells: string[], text: string, end: number): string[] {
  const last = cells.at(-1);
  const isReturn = text[end - 1] === "\n" && text[end - 2] === "\r";
  if (!last?.endsWith("\r") || !(isReturn || end === text.length)) return cells;
  // Behind a closing quote the return is outside already, and one at the end belongs to the cell.
  if (isReturn && text[end - 3] === '"' && !last.endsWith('"\r')) return cells;
  if (!isReturn && text[end - 1] !== "\r") return cells;
  return cells.with(-1, last.slice(0, -1));
}
