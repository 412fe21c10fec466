import { join, raw, type Sql } from "sql-template-tag";
import type { Fields, RecordOf } from "./fields.ts";
import { readRows, sql } from "./sql.ts";
import { columns, decode, findAll } from "./table.ts";

/** Rows tried first, with an end as soon as the page is full. */
const TRIED_FIRST = 1_000;

export interface Search<F extends Fields> {
  /** The rows an index gives, newest first, their place in the list as `place`. */
  candidates: (limit: number) => Sql;
  /** What is tried on each; it reads the columns of the candidates. */
  conditions: readonly Sql[];
  /** The table rows are fetched from by project and id, and what is read of it. */
  table: "jobs" | "runs";
  fields: F;
  project: string;
}

/**
 * The first `wanted` of the candidates that meet the conditions, among `most` of them. `searchedTo`: the last place
 * looked at, when that was not enough and there are more. What is found often is found by the first statement, which
 * stops when the page is full; the second looks at all, and tells what it found and where it stopped in one walk.
 */
export async function searchRows<F extends Fields>(
  db: D1Database,
  { candidates, table, fields, project, ...search }: Search<F>,
  wanted: number,
  most: number,
): Promise<{ rows: RecordOf<F>[]; searchedTo: string | null }> {
  const conditions = join(search.conditions, " AND ");
  const first = await findAll(
    db,
    fields,
    sql`SELECT * FROM (${candidates(Math.min(TRIED_FIRST, most))}) WHERE ${conditions} LIMIT ${wanted}`,
  );
  if (first.length === wanted) return { rows: first, searchedTo: null };
  // The list of what was found is in the order of the candidates, and so is the join that follows it.
  const from = raw(table);
  const results = await readRows<Looked>(
    db,
    sql`WITH looked AS MATERIALIZED (
        SELECT count(*) AS n, min(place) AS last_place, json_group_array(id) FILTER (WHERE ${conditions}) AS found
        FROM (${candidates(most)}))
      SELECT looked.n AS looked_at, looked.last_place, ${columns(fields, table)} FROM looked
      LEFT JOIN json_each(looked.found) AS f
      LEFT JOIN ${from} ON ${from}.project = ${project} AND ${from}.id = f.value LIMIT ${wanted}`,
  );
  const rows = results.filter((row) => row.id !== null).map((row) => decode(fields, { ...row }));
  const [row] = results;
  const isAll = row === undefined || row.looked_at < most || rows.length === wanted;
  return { rows, searchedTo: isAll ? null : row.last_place };
}

interface Looked {
  id: string | null;
  looked_at: number;
  last_place: string | null;
}
