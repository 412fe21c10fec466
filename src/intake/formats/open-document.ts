import { type Said, said } from "../../words/said.ts";
import { isRecord } from "../parse-json.ts";
import { mapColumns } from "./map-columns.ts";
import { flattenRow } from "./names-of-row.ts";
import { recogniseFormat } from "./recognise.ts";

/** As deep as exports hide their list: `{results: {results: […]}}`. */
const DEPTH = 3;

export type OpenedDocument = { rows: readonly unknown[] } | { problem: Said };

/**
 * The rows of a JSON object that is a whole file: a list under some name, a table by columns, or one sample. Of several
 * lists that could be meant none is taken.
 */
export function openDocument(document: Record<string, unknown>): OpenedDocument {
  const table = readSplit(document) ?? readColumns(document);
  if (table) return { rows: table };
  if (isSample(document)) return { rows: [document] };
  const lists = findLists(document, "", DEPTH);
  const known = lists.filter(({ rows }) => isSample(rows[0]));
  const meant = known.length > 0 ? known : lists;
  const [first, ...more] = meant;
  if (!first) return { rows: [document] };
  if (more.length === 0) return { rows: first.rows };
  const names = meant.slice(0, 5).map(({ path }) => `\`${path.slice(0, 40)}\``);
  return {
    problem: said("several_lists", { names: names.join(", ") }),
  };
}

/** Whether an object has a question, under whatever name. */
function isSample(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const columns = flattenRow(Object.entries(value));
  const names = [...columns.keys()];
  const { format } = recogniseFormat(names);
  if (format) return true;
  const column = [...mapColumns(names, null)].find(([, target]) => target === "question")?.[0];
  const question = column === undefined ? null : columns.get(column);
  if (Array.isArray(question)) return question.length > 0 && question.every(isMessage);
  if (isRecord(question)) return !Object.values(question).some(Array.isArray);
  return typeof question === "string";
}

interface List {
  path: string;
  rows: readonly unknown[];
}

function findLists(holder: Record<string, unknown>, path: string, depth: number): List[] {
  return Object.entries(holder).flatMap(([name, value]): List[] => {
    const inner = path === "" ? name : `${path}.${name}`;
    if (Array.isArray(value)) {
      const isRows = value.length > 0 && value.every(isRecord);
      return isRows ? [{ path: inner, rows: value.map(unwrap) }] : [];
    }
    if (!isRecord(value) || depth <= 1) return [];
    return readSplit(value)
      ? [{ path: inner, rows: readSplit(value) ?? [] }]
      : findLists(value, inner, depth - 1);
  });
}

/** The rows of Hugging Face's data sets server: `{row_idx, row, truncated_cells}`. */
function unwrap(item: unknown): unknown {
  return isRecord(item) && isRecord(item.row) && "row_idx" in item ? item.row : item;
}

/** pandas' `orient="split"`, which MLflow's tables have too: `{columns: […], data: [[…]]}`. */
function readSplit(document: Record<string, unknown>): unknown[] | null {
  const { columns, data } = document;
  if (!Array.isArray(columns) || !Array.isArray(data)) return null;
  if (columns.length === 0 || !data.every(Array.isArray)) return null;
  return data.map((cells) =>
    Object.fromEntries(columns.map((name, at) => [String(name), cells[at]])),
  );
}

/** `{question: […], answer: […]}`, or `{question: {"0": …}}` as pandas writes it. */
function readColumns(document: Record<string, unknown>): unknown[] | null {
  const columns = Object.entries(document).flatMap(([name, value]) => {
    const keys = cellsOf(value);
    return keys ? [{ name, cells: keys }] : [];
  });
  const targets = mapColumns(
    columns.map(({ name }) => name),
    null,
  );
  const question = columns.find(({ name }) => targets.get(name) === "question");
  if (!question || question.cells.some(([, cell]) => isMessage(cell))) return null;
  const keys = question.cells.map(([key]) => key);
  const isTable = columns.every(
    ({ cells }) => cells.length === keys.length && cells.every(([key], at) => key === keys[at]),
  );
  if (!isTable || columns.length < 2) return null;
  return keys.map((_, at) =>
    Object.fromEntries(columns.map(({ name, cells }) => [name, cells[at]?.[1]])),
  );
}

function cellsOf(value: unknown): [string, unknown][] | null {
  if (Array.isArray(value)) return value.map((cell, at) => [String(at), cell]);
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([key]) => /^\d{1,9}$/.test(key)) ? entries : null;
}

function isMessage(cell: unknown): boolean {
  return isRecord(cell) && ("role" in cell || "type" in cell);
}
