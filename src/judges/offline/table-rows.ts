/** Cells of a table row that belong to a heading and to the row's first cell: "B2 库存 9". */
const RULE = /^\s*\|?\s*:?-{2,}/;
const CELL = /<t([hd])[^>]{0,200}>([\s\S]{0,2000}?)<\/t[hd]>/gi;
const ROW = /<tr[^>]{0,200}>([\s\S]{0,8000}?)<\/tr>/gi;

/** Reads the sentences of one passage in order; remembers the headings of the table it is in. */
export class TableReader {
  #headings: string[] = [];

  /** The statements a row makes, each cell with its heading and its row; null when the sentence is no row. */
  read(sentence: string): string[] | null {
    if (/<tr[\s>]/i.test(sentence)) return this.#readHtml(sentence);
    if (!sentence.trimStart().startsWith("|")) {
      this.#headings = [];
      return null;
    }
    const [line = "", rule = ""] = sentence.split("\n");
    const cells = cellsOf(line);
    if (RULE.test(rule)) {
      this.#headings = cells;
      return null;
    }
    return this.#headings.length > 0 ? [this.#tell(cells)] : null;
  }

  #readHtml(sentence: string): string[] | null {
    const rows: string[] = [];
    for (const [, row = ""] of sentence.matchAll(ROW)) {
      const cells = [...row.matchAll(CELL)];
      const texts = cells.map(([, , text = ""]) => text);
      if (this.#headings.length === 0 || cells.every(([, kind]) => kind === "h"))
        this.#headings = texts;
      else rows.push(this.#tell(texts));
    }
    return rows.length > 0 ? rows : null;
  }

  #tell(cells: readonly string[]): string {
    const [key = "", ...rest] = cells;
    return rest.map((cell, i) => `${key} ${this.#headings[i + 1] ?? ""} ${cell}`).join("; ");
  }
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}
