import { isRejectedColumn, REJECTED_COLUMNS, type RejectedRow } from "../../contract/csv.ts";
import { BYTE_ORDER_MARK, toCsv, toCsvHead } from "./csv.ts";

/** A row with names beyond this many has its own text instead: a table that wide is no table. */
const MOST_COLUMNS = 200;

/** The columns of all rejected rows together, in the order they come up in. */
export class RejectedTable {
  readonly #columns = new Set<string>();

  add({ fields }: RejectedRow): void {
    if (fields === null) return;
    for (const name of Object.keys(fields)) {
      if (this.#columns.size >= MOST_COLUMNS) return;
      if (!isRejectedColumn(name)) this.#columns.add(name);
    }
  }

  /**
   * The first line: the columns of the upload, then line, reason and source. Corrected and sent again as it is, the
   * file gives the rows it was made of.
   */
  renderHead(): string {
    return `${BYTE_ORDER_MARK}${toCsvHead([...this.#columns, ...Object.values(REJECTED_COLUMNS)])}`;
  }

  renderRow({ line, fields, source }: RejectedRow, reason: string): string {
    const record = fields ?? {};
    const isWide = Object.keys(record).some(
      (name) => !this.#columns.has(name) && !isRejectedColumn(name),
    );
    const cells = [...this.#columns].map((name) =>
      Object.hasOwn(record, name) ? textOf(record[name]) : "",
    );
    return toCsv([[...cells, line, reason, source ?? (isWide ? JSON.stringify(record) : "")]]);
  }
}

/** As a cell of an upload holds it: lists and objects as JSON text. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
