import Papa from "papaparse";
import { LONGEST_ROW_CHARACTERS, type Row, type RowReader, TOO_LONG } from "./row.ts";

/** Parsed at once; the unfinished last row is carried over to the next piece. */
const PIECE_CHARACTERS = 256 * 1024;
const DELIMITERS = [",", ";", "\t"];
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** CSV as RFC 4180 has it and as spreadsheets write it; the first row names the fields. */
export class CsvReader implements RowReader {
  #waiting = "";
  #line = 1;
  #dialect: { delimiter: string; newline: "\r\n" | "\n" | "\r" } | null = null;
  #header: string[] | null = null;
  #isBroken = false;

  push(text: string): Row[] {
    if (this.#isBroken) return [];
    this.#waiting += text;
    return this.#waiting.length < PIECE_CHARACTERS ? [] : this.#parse(false);
  }

  end(): Row[] {
    return this.#isBroken ? [] : this.#parse(true);
  }

  #parse(isLast: boolean): Row[] {
    const rows: Row[] = [];
    const text = this.#waiting;
    this.#dialect ??= guessDialect(text);
    let read = 0;
    const step = ({ data, meta }: { data: string[][]; meta: { cursor: number } }) => {
      const cells = data[0];
      const line = this.#line;
      this.#line += countLines(text, read, meta.cursor);
      read = meta.cursor;
      if (cells) this.#take(cells, line, rows);
    };
    const parser = new Papa.Parser({ ...this.#dialect, step });
    parser.parse(text, 0, !isLast);
    this.#waiting = text.slice(read);
    if (this.#waiting.length > LONGEST_ROW_CHARACTERS) {
      // A quote that never closes swallows the rest, so the rest is one row.
      rows.push({ line: this.#line, problem: `${TOO_LONG} Perhaps a quote is never closed.` });
      this.#isBroken = true;
      this.#waiting = "";
    }
    return rows;
  }

  #take(cells: readonly string[], line: number, rows: Row[]): void {
    if (cells.every((cell) => cell.trim() === "")) return;
    if (this.#header === null) {
      this.#header = cells.map((cell) => cell.trim());
      return;
    }
    const header = this.#header;
    const isShort = cells.length < header.length;
    if (isShort || cells.slice(header.length).some((cell) => cell !== "")) {
      const problem = `The row has ${cells.length} fields, the first row names ${header.length}.`;
      rows.push({ line, problem });
      return;
    }
    rows.push({
      line,
      fields: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])),
    });
  }
}

/** From the first row: what ends a line there, and which delimiter it has most of. */
function guessDialect(text: string) {
  const end = text.search(/[\r\n]/);
  const first = end < 0 ? text : text.slice(0, end);
  const newline = text.startsWith("\r\n", end) ? "\r\n" : text[end] === "\r" ? "\r" : "\n";
  const counts = DELIMITERS.map((delimiter) => first.split(delimiter).length);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
  return { delimiter, newline } as const;
}

/** Every kind of break counts, for editors count so: spreadsheets end rows with CRLF and lines in a cell with LF. */
function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) {
      count++;
    }
  }
  return count;
}
