import { isRejectedColumn, restoreCell } from "../../contract/csv.ts";
import { type Said, type SaidWarning, said } from "../../words/said.ts";
import { type Dialect, guessDialect, type ParsedRow, parseRows } from "./csv-dialect.ts";
import { nameColumns } from "./name-columns.ts";
import { LONGEST_ROW_CHARACTERS, type Row, type RowReader, TOO_LONG } from "./row.ts";

/** Parsed at once; the unfinished last row is carried over to the next piece. */
const PIECE_CHARACTERS = 256 * 1024;
/**
 * What may be read again because a quote was never closed. Beyond it a row ends with its line, so that a file full of
 * such quotes costs no more than its length.
 */
const REREAD_CHARACTERS = 2 * 1024 * 1024;
/** Lines tried as the beginning of a row, all in all. */
const MOST_TRIES = 20_000;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

const OPEN_QUOTE = said("open_quote");

/** A row that runs over several lines and fits nothing: it ends where a line begins a row that fits. */
interface Broken {
  line: number;
  reason: Said;
  /** null: longer than is kept. */
  source: string | null;
}

/** CSV as RFC 4180 has it and as spreadsheets write it; the first row names the fields. */
export class CsvReader implements RowReader {
  #waiting = "";
  #parseAt = PIECE_CHARACTERS;
  #line = 1;
  #dialect: Dialect | null = null;
  #header: string[] | null = null;
  /** It is a file of rejected rows that comes back. */
  #isRejected = false;
  #broken: Broken | null = null;
  #reread = REREAD_CHARACTERS;
  #tries = 0;

  push(text: string): Row[] {
    this.#waiting += text;
    return this.#waiting.length < this.#parseAt ? [] : this.#parse(false);
  }

  end(): Row[] {
    const rows = this.#parse(true);
    this.#endBroken(rows);
    return rows;
  }

  #parse(isLast: boolean): Row[] {
    const rows: Row[] = [];
    if (this.#dialect === null) {
      this.#dialect = guessDialect(this.#waiting);
      this.#line += countLines(this.#waiting, 0, this.#dialect.preamble);
      this.#skip(this.#dialect.preamble);
    }
    const dialect = this.#dialect;
    while (this.#waiting !== "") {
      const isOver = this.#broken
        ? this.#seekRow(dialect, isLast, rows)
        : this.#readOn(dialect, isLast, rows);
      if (isOver) break;
    }
    // Doubling keeps the time linear where a row is long and comes in small pieces.
    this.#parseAt = Math.max(PIECE_CHARACTERS, 2 * this.#waiting.length);
    return rows;
  }

  /** Reads rows as long as they fit; true: all that is here was read, or more is needed. */
  #readOn(dialect: Dialect, isLast: boolean, rows: Row[]): boolean {
    const text = this.#waiting;
    let read = 0;
    let isBroken = false;
    const take = (row: ParsedRow): boolean => {
      const source = () => withoutBreak(text.slice(read, row.end));
      const lines = countLines(text, read, row.end);
      isBroken = lines > 0 && this.#misfit(row) !== null && hasBreak(source());
      if (isBroken) {
        this.#reread -= row.end - read;
        return false;
      }
      this.#take(row, source, rows);
      this.#line += lines;
      read = row.end;
      return true;
    };
    if (this.#reread > 0) parseRows(text, dialect, isLast, take);
    else {
      for (let end = lineEnd(text, read, isLast); end > read; end = lineEnd(text, read, isLast)) {
        const from = read;
        parseRows(text.slice(from, end), dialect, true, (row) =>
          take({ ...row, end: from + row.end }),
        );
        if (read === from) break;
      }
    }
    this.#waiting = text.slice(read);
    if (isBroken) this.#break(OPEN_QUOTE);
    else if (this.#waiting.length > LONGEST_ROW_CHARACTERS) {
      this.#break(said("quote_never_closed", { reason: TOO_LONG }));
    } else return true;
    return false;
  }

  /** Gives up the row that begins here; reading goes on behind its first line. */
  #break(reason: Said): void {
    this.#broken = { line: this.#line, reason, source: "" };
    this.#swallow(lineEnd(this.#waiting, 0, true));
  }

  /** Looks for the line with which a row begins that fits; true: more is needed to tell. */
  #seekRow(dialect: Dialect, isLast: boolean, rows: Row[]): boolean {
    const text = this.#waiting;
    let at = 0;
    let verdict: "yes" | "no" | "unknown" = "no";
    for (let end = at; verdict === "no" && at < text.length; at = verdict === "no" ? end : at) {
      end = lineEnd(text, at, isLast);
      verdict = end === at ? "unknown" : this.#beginsRow(dialect, at, end, isLast);
    }
    this.#swallow(at);
    if (verdict === "yes") this.#endBroken(rows);
    return verdict === "unknown";
  }

  #beginsRow(
    dialect: Dialect,
    from: number,
    end: number,
    isLast: boolean,
  ): "yes" | "no" | "unknown" {
    // Without its names no row of the table can be known.
    if (this.#header === null || this.#tries >= MOST_TRIES) return "no";
    const line = this.#waiting.slice(from, end);
    const width = this.#header.length;
    if (!line.includes('"') && line.split(dialect.delimiter, width).length < width) return "no";
    this.#tries++;
    const row = firstRow(line, dialect, true);
    if (!row) return "no";
    if (!row.errors.has("MissingQuotes")) return this.#misfit(row) === null ? "yes" : "no";
    if (this.#reread <= 0) return "no";
    const rest = this.#waiting.slice(from);
    const long = firstRow(rest, dialect, isLast);
    if (!long && rest.length <= LONGEST_ROW_CHARACTERS) return "unknown";
    if (long && this.#misfit(long) === null) return "yes";
    this.#reread -= long?.end ?? rest.length;
    return "no";
  }

  #swallow(length: number): void {
    if (!this.#broken) return;
    const source = (this.#broken.source ?? "") + this.#waiting.slice(0, length);
    const isKept = this.#broken.source !== null && source.length <= LONGEST_ROW_CHARACTERS;
    this.#broken.source = isKept ? source : null;
    this.#line += countLines(this.#waiting, 0, length);
    this.#skip(length);
  }

  #endBroken(rows: Row[]): void {
    if (!this.#broken) return;
    const { line, reason, source } = this.#broken;
    const last = this.#line - 1;
    rows.push({
      line,
      problem: last > line ? said("row_broken", { reason, first: line, last }) : reason,
      source: source === null ? null : withoutBreak(source),
    });
    this.#broken = null;
  }

  #skip(length: number): void {
    this.#waiting = this.#waiting.slice(length);
  }

  /** Why the cells are no row of this table; null: they are one. */
  #misfit({ cells, errors }: ParsedRow): Said | null {
    if (errors.has("MissingQuotes")) return OPEN_QUOTE;
    const width = this.#header?.length ?? cells.length;
    const isShort = cells.length < width && !cells.every(isBlank);
    if (isShort || cells.slice(width).some((cell) => cell !== "")) {
      return said("row_width", { fields: cells.length, names: width });
    }
    return errors.has("InvalidQuotes") && cells.some(hasBreak) ? OPEN_QUOTE : null;
  }

  #take(row: ParsedRow, source: () => string, rows: Row[]): void {
    const line = this.#line;
    const { cells } = row;
    if (cells.every(isBlank)) return;
    const problem = this.#misfit(row);
    if (problem !== null) {
      rows.push({ line, problem, source: source() });
      return;
    }
    if (this.#header === null) {
      this.#isRejected = cells.some(isRejectedColumn);
      this.#header = nameColumns(this.#restore(cells));
      return;
    }
    const values = this.#restore(cells);
    const fields = Object.fromEntries(this.#header.map((name, at) => [name, values[at] ?? ""]));
    const warnings = this.#doubts(row);
    rows.push(warnings.length > 0 ? { line, fields, warnings } : { line, fields });
  }

  #restore(cells: string[]): string[] {
    return this.#isRejected ? cells.map(restoreCell) : cells;
  }

  #doubts({ cells, errors }: ParsedRow): SaidWarning[] {
    const doubts: SaidWarning[] = [];
    if (errors.has("InvalidQuotes")) {
      doubts.push(said("csv_quotes"));
    }
    if (cells.some((cell) => holdsRows(cell, this.#header?.length ?? 0, this.#dialect))) {
      doubts.push(said("csv_rows_in_cell"));
    }
    return doubts;
  }
}

function firstRow(text: string, dialect: Dialect, isLast: boolean): ParsedRow | undefined {
  const found: ParsedRow[] = [];
  parseRows(text, dialect, isLast, (row) => {
    found.push(row);
    return false;
  });
  return found[0];
}

/** Every further line of the cell has as many delimiters as a row, none with a blank behind it as prose has. */
function holdsRows(cell: string, width: number, dialect: Dialect | null): boolean {
  if (width < 3 || dialect === null || !hasBreak(cell)) return false;
  const lines = cell.split(/\r\n|[\r\n]/).slice(1);
  return lines.every((line) => {
    const parts = line.split(dialect.delimiter);
    return parts.length === width && parts.slice(1).every((part) => !/^\s/.test(part));
  });
}

function isBlank(cell: string): boolean {
  return cell.trim() === "";
}

function hasBreak(text: string): boolean {
  return text.includes("\n") || text.includes("\r");
}

function withoutBreak(source: string): string {
  return source.replace(/(?:\r\n|[\r\n])$/, "");
}

/** Where the line that begins at `from` ends, break included; `from` when that is not known yet. */
function lineEnd(text: string, from: number, isLast: boolean): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) return at + 1;
    if (code !== CARRIAGE_RETURN) continue;
    if (at + 1 < text.length) return text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1;
    break;
  }
  return isLast ? text.length : from;
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
