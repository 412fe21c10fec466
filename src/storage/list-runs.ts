import { raw, type Sql } from "sql-template-tag";
import { RUN, type RunSummary } from "./runs.ts";
import { searchRows } from "./search-rows.ts";
import { sql } from "./sql.ts";
import { columns, findAll } from "./table.ts";
import { hasTag, labelOf, type TagFilter } from "./tag-condition.ts";

export interface RunFilter {
  tag: TagFilter | null;
  sessionId: string | null;
  /** The judge or its model, as a run names it. */
  judge: string | null;
  /** Part of the name, the session or the only question. */
  search: string | null;
  /** Without those of one call. */
  isOfMany: boolean;
  /** Ids are times: both bounds become id bounds. */
  fromId: string | null;
  toId: string | null;
}

export const ANY_RUN: RunFilter = {
  tag: null,
  sessionId: null,
  judge: null,
  search: null,
  isOfMany: false,
  fromId: null,
  toId: null,
};

/** Rows one request reads for filters no index answers; what lies further back is another page. */
const ROWS_SEARCHED = 5000;

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
  const { candidates, conditions, rowsEach } = chooseIndex(project, filter, {
    before,
    from: filter.fromId ?? "run_",
  });
  const wanted = page.limit + 1;
  if (conditions.length === 0) {
    return { runs: await findAll(db, RUN, candidates(wanted)), searchedTo: null };
  }
  const { rows, searchedTo } = await searchRows(
    db,
    { candidates, conditions, table: "runs", fields: RUN, project },
    wanted,
    ROWS_SEARCHED / rowsEach,
  );
  return { runs: rows, searchedTo };
}

interface Indexed {
  candidates: (limit: number) => Sql;
  conditions: Sql[];
  rowsEach: number;
}

/** What gives the runs of each filter that has an index. */
function chooseIndex(
  project: string,
  { sessionId, tag, judge, search, isOfMany }: RunFilter,
  { before, from }: { before: string; from: string },
): Indexed {
  const rest = [
    ...(tag === null ? [] : [hasTag("tags", tag)]),
    ...(judge === null ? [] : [isJudgedBy(judge)]),
    ...(search === null ? [] : [isCalled(search)]),
  ];
  if (sessionId !== null) {
    return {
      candidates: (limit) => sql`SELECT ${columns(RUN, "runs")}, runs.id AS place FROM sessions
        CROSS JOIN runs ON runs.project = sessions.project AND runs.id = sessions.run_id
        WHERE sessions.project = ${project} AND sessions.session_id = ${sessionId}
          AND runs.id < ${before} AND runs.id >= ${from} LIMIT ${limit}`,
      conditions: rest,
      rowsEach: 2,
    };
  }
  if (tag?.value != null) {
    const label = labelOf(tag.name, tag.value);
    // Not every job has a run: it may wait, have failed, or be a call of a session.
    return {
      candidates: (limit) => sql`SELECT ${columns(RUN, "runs")}, labelled.place
        FROM (SELECT 'run_' || substr(job_id, 5) AS place FROM job_tags
          WHERE project = ${project} AND label = ${label}
            AND job_id < ${toJobId(before)} AND job_id >= ${toJobId(from)}
          ORDER BY job_id DESC LIMIT ${limit}) AS labelled
        LEFT JOIN runs ON runs.project = ${project} AND runs.id = labelled.place`,
      conditions: [raw("id IS NOT NULL"), ...(isOfMany ? [OF_MANY] : []), ...rest],
      rowsEach: 2,
    };
  }
  const table = isOfMany ? sql`runs INDEXED BY runs_of_many` : raw("runs");
  return {
    candidates: (limit) => sql`SELECT ${columns(RUN, "runs")}, runs.id AS place FROM ${table}
      WHERE ${isOfMany ? OF_MANY : raw("true")} AND project = ${project} AND id < ${before} AND id >= ${from} ORDER BY id DESC LIMIT ${limit}`,
    conditions: rest,
    rowsEach: 1,
  };
}

const toJobId = (runId: string) => `job_${runId.slice(4)}`;

const OF_MANY = raw("mode <> 'single'");

/** What lists call a run, see `runName` of the dashboard. */
function isCalled(words: string): Sql {
  const name = raw("lower(coalesce(name, session_id, question, ''))");
  return sql`instr(${name}, lower(${words})) > 0`;
}

/** A run names its judge with version or model: `offline-lexical@1`, `llm:gpt-6-luna`. */
function isJudgedBy(name: string): Sql {
  return sql`(${name} IN (judge, judge_model)
    OR substr(judge, 1, length(${name}) + 1) IN (${`${name}-`}, ${`${name}:`}))`;
}
