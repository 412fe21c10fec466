import { type Said, said } from "../../words/said.ts";
import { isSpilled } from "../damage.ts";
import { fieldOf } from "../field-names.ts";
import { isMissing } from "../missing-value.ts";
import { type Notes, warn } from "../notes.ts";
import { readLiterals } from "../python-literal.ts";
import { formatOf } from "./all-formats.ts";
import { applyMapping } from "./apply-mapping.ts";
import { fitOf } from "./common-names.ts";
import { type Format, OWN_FORMAT, plainName, type RowFormat, type Target } from "./format.ts";
import { type Mapping, mapColumns } from "./map-columns.ts";
import { flattenRow } from "./names-of-row.ts";
import { type Recognised, recogniseFormat } from "./recognise.ts";

/** What is known of a row's format before it is looked at. */
export interface FormatHint {
  /** What the caller says it is. */
  format?: RowFormat | null;
  /** What the rows before it were: the word for a row that does not say itself. */
  before?: RowFormat | null;
  /** It is a row of many. */
  isRow?: boolean;
  /** The names stand in the first row of a table, so no repair of JSON has touched them. */
  isTable?: boolean;
}

export interface OpenedRow {
  /** Fields under this service's names, and whatever else was in the row. */
  fields: Map<string, unknown>;
  format: RowFormat;
  /** The body bears the marks of Dify's JSON repair. */
  isTorn: boolean;
}

/** More columns than this are no row of a tool; a body of them is not worth the search. */
const MOST_COLUMNS = 1000;

/**
 * Any tool's row → fields under this service's names. What is read in doubt, or not at all, is said. A body that was
 * torn apart is left as it is: what its names mean is another question.
 */
export function openRow(
  given: ReadonlyMap<string, unknown>,
  hint: FormatHint,
  notes: Notes,
): OpenedRow {
  if (given.size > MOST_COLUMNS) {
    return { fields: new Map(given), format: OWN_FORMAT, isTorn: isSpilled(given) };
  }
  const flat = flattenRow(given);
  const { format, isUnsure } = chooseFormat([...flat.keys()], hint);
  // Tools have names of their own that look like pieces of a torn body; they do not have ours.
  const isOurs = !format || [...given.keys()].some((name) => fieldOf(name) === "question");
  if (isOurs && !hint.isTable && isSpilled(given)) {
    return { fields: new Map(given), format: OWN_FORMAT, isTorn: true };
  }
  const columns = format ? flat : given;
  const mapping = mapRow(columns, format);
  const sample = readSample(columns, mapping, format, notes);
  warnOfDoubles(columns, mapping, sample, notes);
  if (isUnsure) warn(notes, said("field_ambiguous.answer", { column: "outputs" }));
  if (!format && !hint.format) warnOfDoubt([...columns.keys()], mapping, notes);
  const fields = rename(given, columns, mapping, sample, format);
  return { fields, format: format?.id ?? OWN_FORMAT, isTorn: false };
}

/**
 * The fields under names this service knows. A name it knows for the very field stays, so that what is said of it is
 * said under the name it came with; so does whatever was not read.
 */
function rename(
  given: ReadonlyMap<string, unknown>,
  columns: ReadonlyMap<string, unknown>,
  mapping: Mapping,
  sample: Readonly<Record<string, unknown>>,
  format: Format | null,
): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  const foreign = new Set(format?.foreign?.map(plainName));
  const read = new Set(Object.keys(sample));
  const isUsed = (column: string) => mapping.get(column) !== null && mapping.has(column);
  const keep = (name: string, value: unknown) => {
    const field = fieldOf(name);
    if (foreign.has(plainName(name))) fields.set(`${format?.id}.${name}`, value);
    else if (field === null || !read.has(field)) fields.set(name, value);
  };
  const names = [...columns.keys()];
  for (const [name, value] of given) {
    const inner = columns.has(name) ? [] : names.filter((column) => column.startsWith(`${name}.`));
    if (columns.has(name) || !inner.some(isUsed)) {
      if (!isUsed(name)) keep(name, value);
      continue;
    }
    for (const column of inner) if (!isUsed(column)) keep(column, columns.get(column));
  }
  for (const [target, value] of Object.entries(sample)) {
    const own = [...mapping].find(([column, one]) => one === target && fieldOf(column) === target);
    const isAlone = [...mapping.values()].filter((one) => one === target).length === 1;
    fields.set(own && isAlone ? own[0] : target, value);
  }
  return fields;
}

function chooseFormat(names: readonly string[], { format, before }: FormatHint): Recognised {
  const sure = (id: RowFormat) => ({
    format: formatOf(id),
    isUnsure: false,
  });
  if (format) return sure(format);
  const own = recogniseFormat(names);
  return own.format || !before ? own : sure(before);
}

/** By the columns that say something in this row; what is left over, by those that are there but empty. */
function mapRow(columns: ReadonlyMap<string, unknown>, format: Format | null): Mapping {
  const filled = [...columns].flatMap(([name, value]) => (isMissing(value) ? [] : name));
  const mapping = new Map(mapColumns(filled, format));
  const taken = new Set(mapping.values());
  for (const [column, target] of mapColumns([...columns.keys()], format)) {
    if (target !== null && !taken.has(target) && !mapping.get(column)) mapping.set(column, target);
  }
  return mapping;
}

/** The fields that the columns hold under a mapping, with what a format says besides its names. */
export function readSample(
  columns: ReadonlyMap<string, unknown>,
  mapping: Mapping,
  format: Format | null,
  notes: Notes,
): Record<string, unknown> {
  const sample = applyMapping(columns, mapping);
  for (const [column, target] of mapping) {
    if (target !== "ground_truth") continue;
    const list = readAnswers(plainName(column), sample.ground_truth);
    if (list !== null) sample.ground_truth = list;
  }
  for (const [target, value] of Object.entries(format?.read?.(columns) ?? {})) {
    if (isMissing(sample[target]) && !isMissing(value)) sample[target] = value;
  }
  if (isMissing(columns.get("context_separator"))) cutLists(sample, format, notes);
  return sample;
}

/** Names that hold a list of answers, which a table has as text. */
const ANSWER_LISTS: ReadonlySet<string> = new Set(
  ["ground_truths", "answers", "answers.text", "ideal", "item.ideal"].map(plainName),
);
const FACTS = /expectedfacts$/;

function readAnswers(name: string, value: unknown): unknown {
  const isFacts = FACTS.test(name);
  if (!isFacts && !ANSWER_LISTS.has(name)) return null;
  const isText = typeof value === "string" && /^\s*\[/.test(value);
  const list = isText ? readLiterals(value)?.flat() : value;
  if (!Array.isArray(list)) return null;
  // Facts must all be in the answer, so together they are the reference; of answers one is enough.
  return isFacts ? list.map(String).join("\n") : list;
}

const MOST_NAMED = 5;

/** Two columns for one field, with different contents: one of them is not read. */
function warnOfDoubles(
  columns: ReadonlyMap<string, unknown>,
  mapping: Mapping,
  sample: Readonly<Record<string, unknown>>,
  notes: Notes,
): void {
  const left: Said[] = [];
  for (const [column, value] of columns) {
    if (mapping.get(column) || isMissing(value)) continue;
    const target = fitOf(column)?.target;
    if (!target || target === "id" || sample[target] === undefined) continue;
    if (JSON.stringify(sample[target]) === JSON.stringify(value)) continue;
    const [one, other] = [`\`${column.slice(0, 40)}\``, nameOf(mapping, target)];
    left.push(said("column_beside", { column: one, other }));
  }
  if (left.length === 0) return;
  const more = left.length > MOST_NAMED ? " …" : "";
  const named = left.slice(0, MOST_NAMED).reduce((one, other) => said("listed", { one, other }));
  warn(notes, said("field_doubled", { columns: named, more }));
}

function nameOf(mapping: Mapping, target: Target): string {
  const column = [...mapping].find(([, one]) => one === target)?.[0] ?? target;
  return `\`${column.slice(0, 40)}\``;
}

/** Names that mean one thing in most tools and the opposite in some, unless other columns settle it. */
function warnOfDoubt(names: readonly string[], mapping: Mapping, notes: Notes): void {
  const targets = new Set(mapping.values());
  for (const [column, target] of mapping) {
    const name = plainName(column);
    if (name === "context" && target === "contexts") {
      warn(notes, said("field_ambiguous.context", { column: column.slice(0, 40) }));
    } else if (name === "reference" && target === "ground_truth" && !targets.has("contexts")) {
      warn(notes, said("field_ambiguous.reference", { column: column.slice(0, 40) }));
    } else if (name === "答案" && target === "answer" && !targets.has("ground_truth")) {
      warn(notes, said("field_ambiguous.answer", { column: column.slice(0, 40) }));
    }
  }
  const isAnnotation = names.length === 2 && names.includes("Question") && names.includes("Answer");
  if (isAnnotation) warn(notes, said("field_ambiguous.answer", { column: "Answer" }));
}

/** A list that its tool wrote into one cell with a mark between its texts. */
function cutLists(sample: Record<string, unknown>, format: Format | null, notes: Notes): void {
  const mark = format?.listSeparator;
  if (!format || mark === undefined) return;
  for (const field of ["contexts", "reference_contexts"] as const) {
    const value = sample[field];
    if (typeof value !== "string" || /^\s*\[/.test(value) || isMissing(value)) continue;
    if (value.includes(mark)) {
      sample[field] = value.split(mark);
      warn(notes, said("list_separator.cut", { field, mark, tool: format.label }));
    } else if (value.includes(";")) {
      warn(notes, said("list_separator.kept", { field }));
    }
  }
}
