import { RUN_COLUMNS, type RunRow, type RunSummary, toRunSummary } from "./runs.ts";

export interface RunFilter {
  tag: { name: string; value: string | null } | null;
  sessionId: string | null;
  /** The judge or its model, as a run names it. */
  judge: string | null;
  /** Ids are times: both bounds become id bounds. */
  fromId: string | null;
  toId: string | null;
}

export const ANY_RUN: RunFilter = {
  tag: null,
  sessionId: null,
  judge: null,
  fromId: null,
  toId: null,
};

/** Runs one request looks at for filters no index answers; what lies further back is another page. */
const RUNS_SEARCHED = 5000;

/**
 * One page, newest first, and one row more to know whether there is a next page. `searchedTo`: the last run looked at,
 * when a bounded search stopped before the page was full.
 */
export async function listRuns(
  db: D1Database,
  project: string,
  filter: RunFilter,
  page: { limit: number; before: string | null },
): Promise<{ runs: RunSummary[]; searchedTo: string | null }> {
  const range = "project = ?1 AND id < ?2 AND id >= ?3 ORDER BY id DESC";
  const before = [page.before, filter.toId].filter((id) => id !== null).sort()[0] ?? "~";
  const bounds = [project, before, filter.fromId ?? ""];
  const wanted = page.limit + 1;
  const { sql, values } = conditionsOf(filter);
  const { results } = await db
    .prepare(
      sql === ""
        ? `SELECT ${RUN_COLUMNS} FROM runs WHERE ${range} LIMIT ${wanted}`
        : `SELECT * FROM (SELECT ${RUN_COLUMNS} FROM runs WHERE ${range} LIMIT ${RUNS_SEARCHED})
           WHERE ${sql} LIMIT ${wanted}`,
    )
    .bind(...bounds, ...values)
    .all<RunRow>();
  const runs = results.map(toRunSummary);
  if (sql === "" || runs.length === wanted) return { runs, searchedTo: null };
  const last = await db
    .prepare(`SELECT id FROM runs WHERE ${range} LIMIT 1 OFFSET ${RUNS_SEARCHED - 1}`)
    .bind(...bounds)
    .first<{ id: string }>();
  return { runs, searchedTo: last?.id ?? null };
}

/** What is tried on each run of the range; its values are ?4 and on. */
function conditionsOf({ tag, sessionId, judge }: RunFilter): { sql: string; values: string[] } {
  const values: string[] = [];
  const bind = (value: string) => `?${values.push(value) + 3}`;
  const conditions: string[] = [];
  if (sessionId !== null) conditions.push(`session_id = ${bind(sessionId)}`);
  if (judge !== null) {
    const text = bind(judge);
    // A run names its judge with version or model: `offline-lexical@1`, `llm:gpt-4o-mini`.
    conditions.push(`(${text} IN (judge, judge_model)
      OR substr(judge, 1, length(${text}) + 1) IN (${text} || '-', ${text} || ':'))`);
  }
  if (tag !== null) {
    const name = bind(tag.name);
    const value = tag.value === null ? "" : ` AND tag.value = ${bind(tag.value)}`;
    conditions.push(
      `EXISTS (SELECT 1 FROM json_each(tags) AS tag WHERE tag.key = ${name}${value})`,
    );
  }
  return { sql: conditions.join(" AND "), values };
}
