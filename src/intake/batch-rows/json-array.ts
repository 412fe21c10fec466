import { said } from "../../words/said.ts";
import { parseRow } from "./parse-row.ts";
import { LONGEST_ROW_CHARACTERS, type Row, type RowReader, TOO_LONG } from "./row.ts";

const NEW_LINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BLANK = 0x20;

/**
 * A JSON array: finds where each element begins and ends, and leaves its parsing to the platform. So elements are
 * parsed at native speed, one at a time, and a broken one does not take the others with it.
 */
export class JsonArrayReader implements RowReader {
  #pieces: string[] = [];
  #length = 0;
  #line = 1;
  /** Line of the element's first character; null before it. */
  #startLine: number | null = null;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #state: "before" | "inside" | "after" | "broken" = "before";

  push(text: string): Row[] {
    const rows: Row[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEW_LINE) this.#line++;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) this.#isInString = false;
        continue;
      }
      if (code <= BLANK) continue;
      if (this.#state !== "inside") {
        this.#meetOutside(code, rows);
        from = at + 1;
        continue;
      }
      const endsElement = this.#depth === 0 && (code === COMMA || code === CLOSE_LIST);
      if (endsElement) {
        this.#add(text.slice(from, at));
        this.#close(rows, code === COMMA);
        from = at + 1;
        if (code === CLOSE_LIST) this.#state = "after";
        continue;
      }
      this.#startLine ??= this.#line;
      if (code === QUOTE) this.#isInString = true;
      else if (code === OPEN_LIST || code === OPEN_OBJECT) this.#depth++;
      else if (code === CLOSE_LIST || code === CLOSE_OBJECT) this.#depth--;
    }
    if (this.#state === "inside") this.#add(text.slice(from));
    return rows;
  }

  end(): Row[] {
    const line = this.#startLine ?? this.#line;
    if (this.#state === "inside")
      return [
        {
          line,
          problem: said("list_cut"),
          source: this.#pieces.join("").trim() || null,
        },
      ];
    if (this.#state === "before") return [{ line, problem: said("no_list"), source: null }];
    return [];
  }

  #meetOutside(code: number, rows: Row[]): void {
    if (this.#state === "before" && code === OPEN_LIST) {
      this.#state = "inside";
      return;
    }
    if (this.#state === "broken") return;
    rows.push({
      line: this.#line,
      problem: said(this.#state === "after" ? "after_list" : "no_list_first"),
      source: null,
    });
    this.#state = "broken";
  }

  #add(piece: string): void {
    this.#length += piece.length;
    if (this.#length <= LONGEST_ROW_CHARACTERS) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #close(rows: Row[], isExpected: boolean): void {
    const line = this.#startLine ?? this.#line;
    if (this.#length > LONGEST_ROW_CHARACTERS) rows.push({ line, problem: TOO_LONG, source: null });
    else if (this.#startLine !== null) rows.push(parseRow(this.#pieces.join(""), line));
    else if (isExpected) rows.push({ line, problem: said("no_element"), source: "" });
    this.#pieces = [];
    this.#length = 0;
    this.#startLine = null;
    this.#depth = 0;
  }
}
