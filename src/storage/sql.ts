import { Sql } from "sql-template-tag";

/** What D1 binds. */
export type SqlValue = string | number | null;

/** A statement or a part of one: values become parameters, parts are taken in with theirs. */
export function sql(
  strings: TemplateStringsArray,
  ...values: readonly (SqlValue | boolean | Sql)[]
): Sql {
  return new Sql(
    strings,
    values.map((value) => (typeof value === "boolean" ? Number(value) : value)),
  );
}

/** The one place where parameters have numbers. */
export function prepare(db: D1Database, { strings, values }: Sql): D1PreparedStatement {
  let [text = ""] = strings;
  for (let at = 1; at < strings.length; at++) text += `?${at}${strings[at]}`;
  const statement = db.prepare(text);
  return values.length > 0 ? statement.bind(...values) : statement;
}

/** All or none of them, in their order; an answer each. */
export function transact<Row>(db: D1Database, queries: readonly Sql[]): Promise<D1Result<Row>[]> {
  return db.batch<Row>(queries.map((query) => prepare(db, query)));
}

export function hasChanged(answer: D1Result<unknown> | undefined): boolean {
  return (answer?.meta.changes ?? 0) > 0;
}

/** Rows changed. */
export async function change(db: D1Database, query: Sql): Promise<number> {
  return (await prepare(db, query).run()).meta.changes;
}

/** A row of columns that are no record of a table, such as counts. */
export async function readRow<Row>(db: D1Database, query: Sql): Promise<Row | null> {
  return prepare(db, query).first<Row>();
}

export async function readRows<Row>(db: D1Database, query: Sql): Promise<Row[]> {
  return (await prepare(db, query).all<Row>()).results;
}
