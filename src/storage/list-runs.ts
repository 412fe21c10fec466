import { qualify } from "./qualify.ts";
import { RUN_COLUMNS, type RunRow, type RunSummary, toRunSummary } from "./runs.ts";
import { searchRows } from "./search-rows.ts";
import { hasTag, labelOf, type TagFilter } from "./tag-condition.ts";

export interface RunFilter {
  tag: TagFilter | null;
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

/** Rows one request reads for filters no index answers; what lies further back is another page. */
const ROWS_SEARCHED = 5000;

const COLUMNS = qualify("runs", RUN_COLUMNS);

// What gives the runs of each filter that has an index; ?1 is the project, ?2 and ?3 the bounds of the id, ?4 its value.
const ALL = `SELECT ${COLUMNS}, runs.id AS place FROM runs
  WHERE project = ?1 AND id < ?2 AND id >= ?3 ORDER BY id DESC LIMIT`;
const OF_SESSION = `SELECT ${COLUMNS}, runs.id AS place FROM sessions
  CROSS JOIN runs ON runs.project = sessions.project AND runs.id = sessions.run_id
  WHERE sessions.project = ?1 AND sessions.session_id = ?4 AND runs.id < ?2 AND runs.id >= ?3 LIMIT`;
const PLACES_OF_TAG = `SELECT 'run_' || substr(job_id, 5) AS place FROM job_tags
  WHERE project = ?1 AND label = ?4 AND job_id < 'job_' || substr(?2, 5) AND job_id >= 'job_' || substr(?3, 5)
  ORDER BY job_id DESC LIMIT`;
// Not every job has a run: it may wait, have failed, or be a call of a session.
const ofTag = (
  limit: number,
) => `SELECT ${COLUMNS}, labelled.place FROM (${PLACES_OF_TAG} ${limit}) AS labelled
  LEFT JOIN runs ON runs.project = ?1 AND runs.id = labelled.place`;

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
  const before = [page.before, filter.toId].filter((id) => id !== null).sort()[0] ?? "run_~";
  const values = [project, before, filter.fromId ?? "run_"];
  const bind = (value: string) => `?${values.push(value)}`;
  const { candidates, conditions, rowsEach } = chooseIndex(filter, bind);
  const wanted = page.limit + 1;
  if (conditions.length === 0) {
    const { results } = await db
      .prepare(candidates(wanted))
      .bind(...values)
      .all<RunRow>();
    return { runs: results.map(toRunSummary), searchedTo: null };
  }
  const { rows, searchedTo } = await searchRows<RunRow>(
    db,
    { candidates, conditions, table: "runs", columns: RUN_COLUMNS, values },
    wanted,
    ROWS_SEARCHED / rowsEach,
  );
  return { runs: rows.map(toRunSummary), searchedTo };
}

function chooseIndex(filter: RunFilter, bind: (value: string) => string) {
  const { sessionId, tag, judge } = filter;
  const rest = (tried: TagFilter | null) => [
    ...(tried === null ? [] : [hasTag("tags", tried, bind)]),
    ...(judge === null ? [] : [isJudgedBy(bind(judge))]),
  ];
  if (sessionId !== null) {
    bind(sessionId);
    return {
      candidates: (limit: number) => `${OF_SESSION} ${limit}`,
      conditions: rest(tag),
      rowsEach: 2,
    };
  }
  if (tag?.value != null) {
    bind(labelOf(tag.name, tag.value));
    return { candidates: ofTag, conditions: ["id IS NOT NULL", ...rest(tag)], rowsEach: 2 };
  }
  return {
    candidates: (limit: number) => `${ALL} ${limit}`,
    conditions: rest(tag),
    rowsEach: 1,
  };
}

/** A run names its judge with version or model: `offline-lexical@1`, `llm:gpt-6-luna`. */
function isJudgedBy(text: string): string {
  return `(${text} IN (judge, judge_model)
    OR substr(judge, 1, length(${text}) + 1) IN (${text} || '-', ${text} || ':'))`;
}
