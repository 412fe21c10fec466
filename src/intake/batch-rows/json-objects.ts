import { openDocument } from "../formats/open-document.ts";
import { isRecord } from "../parse-json.ts";
import { JsonLinesReader } from "./json-lines.ts";
import { parseRow } from "./parse-row.ts";
import { LONGEST_ROW_CHARACTERS, type Row, type RowReader, TOO_LONG } from "./row.ts";

/** A file that is one object is held whole to be opened, so it may not be of any size. */
const LONGEST_DOCUMENT_CHARACTERS = 8 * 1024 * 1024;

/**
 * What begins with `{`: JSON Lines, or one object that holds the rows. Which of them it is shows at the end of the
 * first line, which of JSON Lines is a whole object. What turns out to be neither is read as lines.
 */
export class JsonObjectsReader implements RowReader {
  readonly #lines = new JsonLinesReader();
  #held: string[] = [];
  #length = 0;
  #state: "first line" | "document" | "lines" = "first line";

  push(text: string): Row[] {
    if (this.#state === "lines") return this.#lines.push(text);
    this.#held.push(text);
    this.#length += text.length;
    if (this.#state === "first line" && text.includes("\n")) {
      const held = this.#join();
      const first = held.trimStart().split("\n", 1)[0] ?? "";
      const row = parseRow(first, 1);
      if ("fields" in row) return this.#readLines(first, row, held);
      this.#state = "document";
    }
    return this.#length > LONGEST_DOCUMENT_CHARACTERS ? this.#giveUp() : [];
  }

  end(): Row[] {
    if (this.#state === "lines") return this.#lines.end();
    const held = this.#join();
    const row = parseRow(held, 1);
    if (!("fields" in row)) return [...this.#giveUp(), ...this.#lines.end()];
    const isLong = held.length > LONGEST_ROW_CHARACTERS;
    return open(row) ?? [isLong ? { line: 1, problem: TOO_LONG, source: null } : row];
  }

  /** The first line is an object of its own, so others follow; it may still be the one that holds all rows. */
  #readLines(first: string, row: Row, held: string): Row[] {
    this.#state = "lines";
    this.#held = [];
    const rest = held.trimStart().slice(first.length);
    const opened = rest.trim() === "" ? open(row) : null;
    if (!opened) return this.#lines.push(held);
    // Its line is passed on empty, so that lines behind it keep their numbers.
    return [
      ...opened,
      ...this.#lines.push(`${held.slice(0, held.length - held.trimStart().length)}${rest}`),
    ];
  }

  #giveUp(): Row[] {
    this.#state = "lines";
    const held = this.#join();
    this.#held = [];
    return this.#lines.push(held);
  }

  #join(): string {
    const held = this.#held.join("");
    this.#held = [held];
    return held;
  }
}

/** The rows of an object that is a file; null: it is one row. */
function open(row: Row): Row[] | null {
  if (!("fields" in row) || !isRecord(row.fields)) return null;
  const opened = openDocument(row.fields);
  if ("problem" in opened) return [{ line: 1, problem: opened.problem, source: null }];
  if (opened.rows.length === 1 && opened.rows[0] === row.fields) return null;
  return opened.rows.map((fields, at) => ({ line: at + 1, fields }));
}
