import { parseRow } from "./parse-row.ts";
import { LONGEST_ROW_CHARACTERS, type Row, type RowReader, TOO_LONG } from "./row.ts";

/** JSON Lines: an object a line, blank lines mean nothing. */
export class JsonLinesReader implements RowReader {
  #pieces: string[] = [];
  #length = 0;
  #line = 1;

  push(text: string): Row[] {
    const rows: Row[] = [];
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      this.#add(text.slice(from, at));
      this.#close(rows);
      from = at + 1;
    }
    this.#add(text.slice(from));
    return rows;
  }

  end(): Row[] {
    const rows: Row[] = [];
    this.#close(rows);
    return rows;
  }

  #add(piece: string): void {
    this.#length += piece.length;
    if (this.#length <= LONGEST_ROW_CHARACTERS) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #close(rows: Row[]): void {
    const text = this.#pieces.join("").trim();
    if (this.#length > LONGEST_ROW_CHARACTERS)
      rows.push({ line: this.#line, problem: TOO_LONG, source: null });
    else if (text !== "") rows.push(parseRow(text, this.#line));
    this.#pieces = [];
    this.#length = 0;
    this.#line++;
  }
}
