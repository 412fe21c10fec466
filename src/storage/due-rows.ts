import { join, raw, type Sql } from "sql-template-tag";
import { readRow, sql, transact } from "./sql.ts";

/** A column of times that something waits for. */
export interface DueColumn {
  readonly table: string;
  /** NULL: waits for nothing. Needs `CREATE INDEX … ON table (column) WHERE column IS NOT NULL`. */
  readonly column: string;
  /** Brings times beyond `horizon` to `at`, with leases that end as late; what was due at once lies beyond `present` then. */
  readonly bringBack: (horizon: number, at: number, present: number) => readonly Sql[];
}

/** A page of what is due. */
export interface DuePage {
  now: number;
  limit: number;
  /** What had its message and was due here or before has lost it; later it may wait in line in a queue that is behind. */
  lostBy: number;
}

/** Rows that wait for a time. */
export interface DueRows<Row> extends DueColumn {
  /** Those whose time has come, the oldest first. */
  readonly take: (db: D1Database, page: DuePage) => Promise<Row[]>;
}

/** The first moment after `now` at which anything falls due; null: nothing will. */
export async function nextDueAt(
  db: D1Database,
  columns: readonly DueColumn[],
  now: number,
): Promise<number | null> {
  const times = await readEach(
    db,
    columns.map(({ table, column }) => {
      const at = raw(column);
      return sql`SELECT min(${at}) FROM ${raw(table)} WHERE ${at} > ${now}`;
    }),
  );
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * A clock that is set back leaves times behind that no clock of today could have written, `farthestMs` after now at
 * most: nothing would happen until they come. Brings them back to `at`: so soon it is due, and whoever still works on it
 * may say so before. False: there are none.
 */
export async function bringTimesBack(
  db: D1Database,
  columns: readonly (DueColumn & { readonly farthestMs: number })[],
  present: number,
  at: number,
): Promise<boolean> {
  const ahead = await readEach(
    db,
    columns.map(({ table, column, farthestMs }) => {
      const time = raw(column);
      return sql`SELECT max(${time}) - ${present + farthestMs} FROM ${raw(table)} WHERE ${time} IS NOT NULL`;
    }),
  );
  if (Math.max(0, ...ahead) === 0) return false;
  await transact(
    db,
    columns.flatMap(({ bringBack, farthestMs }) => bringBack(present + farthestMs, at, present)),
  );
  return true;
}

/** The numbers that these give, those that give none left out: one look into an index each, all in one statement. */
async function readEach(db: D1Database, queries: readonly Sql[]): Promise<number[]> {
  // Columns of one row: of a compound select D1 allows no more than five parts.
  const numbers = queries.map((query, n) => sql`(${query}) AS ${raw(`n${n}`)}`);
  const row = await readRow<Record<string, number | null>>(db, sql`SELECT ${join(numbers, ", ")}`);
  return Object.values(row ?? {}).filter((number) => number !== null);
}
