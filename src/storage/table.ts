import { join, raw, Sql } from "sql-template-tag";
import { type Field, type Fields, layOut, type NewOf, type RecordOf } from "./fields.ts";
import { prepare, type SqlValue, sql } from "./sql.ts";

// A table said once, in names: column lists, row mappers, inserts and assignments follow from it.

export interface Table<F extends Fields> {
  name: string;
  key: readonly (keyof F)[];
  fields: F;
}

export function table<F extends Fields>(
  name: string,
  key: readonly (keyof F)[],
  fields: F,
): Table<F> {
  return { name, key, fields };
}

function namesOf(fields: Fields): string[] {
  return layOut(fields).flatMap(({ columns }) => columns.map(({ name }) => name));
}

const lists = new WeakMap<Fields, Map<string, Sql>>();

/** SQL: the columns, after the name of their table where another has some of the same names. */
export function columns(fields: Fields, from = ""): Sql {
  const known = lists.get(fields) ?? new Map<string, Sql>();
  lists.set(fields, known);
  const names = () => namesOf(fields).map((name) => (from === "" ? name : `${from}.${name}`));
  const list = known.get(from) ?? raw(names().join(", "));
  known.set(from, list);
  return list;
}

type Row = Readonly<Record<string, unknown>>;

/** The one row mapper. */
export function decode<F extends Fields>(fields: F, row: Row): RecordOf<F> {
  return Object.fromEntries(
    layOut(fields).map(({ key, field, columns }) => [
      key,
      field.decode(columns.map(({ name }) => row[name])),
    ]),
  ) as RecordOf<F>;
}

/** The rows of one answer of a transaction. */
export function allOf<F extends Fields>(
  fields: F,
  answer: D1Result<unknown> | undefined,
): RecordOf<F>[] {
  return ((answer?.results ?? []) as Row[]).map((row) => decode(fields, row));
}

/** Its first row; null: it has none. */
export function firstOf<F extends Fields>(
  fields: F,
  answer: D1Result<unknown> | undefined,
): RecordOf<F> | null {
  return allOf(fields, answer)[0] ?? null;
}

export async function findOne<F extends Fields>(
  db: D1Database,
  fields: F,
  query: Sql,
): Promise<RecordOf<F> | null> {
  const row = await prepare(db, query).first<Row>();
  return row ? decode(fields, row) : null;
}

export async function findAll<F extends Fields>(
  db: D1Database,
  fields: F,
  query: Sql,
): Promise<RecordOf<F>[]> {
  const { results } = await prepare(db, query).all<Row>();
  return results.map((row) => decode(fields, row));
}

/** Values, or SQL that makes them. */
type Given<R> = { [K in keyof R]: R[K] | Sql };

function give(field: Field<unknown>, value: unknown): readonly (SqlValue | Sql)[] {
  return value instanceof Sql ? [value] : field.encode(value);
}

/** `INSERT` of one row; with `from` (`FROM …`, `WHERE …`) as the answer of a SELECT, so only where that has a row. */
export function insert<F extends Fields>(
  { name, fields }: Table<F>,
  record: Given<NewOf<F>>,
  from?: Sql,
): Sql {
  const given: Readonly<Record<string, unknown>> = record;
  const laid = layOut(fields).filter(({ key }) => given[key] !== undefined);
  const names = laid.flatMap(({ columns }) => columns.map((one) => one.name));
  const values = join(
    laid.flatMap(({ key, field }) => give(field, given[key])),
    ", ",
  );
  const into = raw(`INSERT INTO ${name} (${names.join(", ")})`);
  return from ? sql`${into} SELECT ${values} ${from}` : sql`${into} VALUES (${values})`;
}

/** `column = value, …`, for UPDATE. */
export function set<F extends Fields>(
  { fields }: Table<F>,
  changes: Partial<Given<RecordOf<F>>>,
): Sql {
  const given: Readonly<Record<string, unknown>> = changes;
  const assigned = layOut(fields).flatMap(({ key, field, columns }) => {
    if (given[key] === undefined) return [];
    const values = give(field, given[key]);
    return columns.map(({ name }, at) => ({ name, value: values[at] ?? null }));
  });
  const before = assigned.map(({ name }, at) => `${at === 0 ? "" : ", "}${name} = `);
  return new Sql(
    [...before, ""],
    assigned.map(({ value }) => value),
  );
}

/** `column = excluded.column, …`, for ON CONFLICT DO UPDATE. */
export function setExcluded(fields: Fields): Sql {
  return raw(
    namesOf(fields)
      .map((name) => `${name} = excluded.${name}`)
      .join(", "),
  );
}

/** Many rows as one parameter, a JSON list, read by `eachColumn`. */
export function jsonRows<F extends Fields>(fields: F, records: readonly NewOf<F>[]): string {
  const laid = layOut(fields);
  const rows = records.map((record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      laid.flatMap(({ key, field, columns }) => {
        const values = field.encode(record[key]);
        return columns.map(({ name }, at) => [name, values[at]]);
      }),
    ),
  );
  return JSON.stringify(rows);
}

/** SQL: the values of a row out of `json_each`, in the order of `columns`. */
export function valuesOfEach(fields: Fields, each = "value"): Sql {
  return raw(
    namesOf(fields)
      .map((name) => `${each} ->> '${name}'`)
      .join(", "),
  );
}

/** `column = value, …` with the values of a row out of `json_each`. */
export function setFromEach(fields: Fields, each: string): Sql {
  return raw(
    namesOf(fields)
      .map((name) => `${name} = ${each} ->> '${name}'`)
      .join(", "),
  );
}
