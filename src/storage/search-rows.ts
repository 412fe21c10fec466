import { qualify } from "./qualify.ts";

/** Rows tried first, with an end as soon as the page is full. */
const TRIED_FIRST = 1_000;

export interface Search {
  /** The rows an index gives, newest first, their place in the list as `place`: `SELECT … LIMIT ${limit}`. */
  candidates: (limit: number) => string;
  /** What is tried on each; it reads the columns of the candidates. */
  conditions: readonly string[];
  /** The table rows are fetched from by project (?1) and id, and its columns. */
  table: "jobs" | "runs";
  columns: string;
  values: readonly string[];
}

/**
 * The first `wanted` of the candidates that meet the conditions, among `most` of them. `searchedTo`: the last place
 * looked at, when that was not enough and there are more. What is found often is found by the first statement, which
 * stops when the page is full; the second looks at all, and tells what it found and where it stopped in one walk.
 */
export async function searchRows<Row>(
  db: D1Database,
  search: Search,
  wanted: number,
  most: number,
): Promise<{ rows: Row[]; searchedTo: string | null }> {
  const { candidates, table, columns, values } = search;
  const conditions = search.conditions.join(" AND ");
  const first = await db
    .prepare(
      `SELECT * FROM (${candidates(Math.min(TRIED_FIRST, most))}) WHERE ${conditions} LIMIT ${wanted}`,
    )
    .bind(...values)
    .all<Row>();
  if (first.results.length === wanted) return { rows: first.results, searchedTo: null };
  // The list of what was found is in the order of the candidates, and so is the join that follows it.
  const { results } = await db
    .prepare(
      `WITH looked AS MATERIALIZED (
         SELECT count(*) AS n, min(place) AS last_place, json_group_array(id) FILTER (WHERE ${conditions}) AS found
         FROM (${candidates(most)}))
       SELECT looked.n AS looked_at, looked.last_place, ${qualify(table, columns)} FROM looked
       LEFT JOIN json_each(looked.found) AS f
       LEFT JOIN ${table} ON ${table}.project = ?1 AND ${table}.id = f.value LIMIT ${wanted}`,
    )
    .bind(...values)
    .all<Row & { id: string | null; looked_at: number; last_place: string | null }>();
  const rows = results.filter((row) => row.id !== null);
  const [row] = results;
  const isAll = row === undefined || row.looked_at < most || rows.length === wanted;
  return { rows, searchedTo: isAll ? null : row.last_place };
}
