import type { JobStatus } from "../contract.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";
import { qualify } from "./qualify.ts";
import { searchRows } from "./search-rows.ts";
import { hasTag, labelOf, type TagFilter } from "./tag-condition.ts";

export interface JobFilter {
  status: JobStatus | null;
  sessionId: string | null;
  /** Only the jobs of this caller. */
  submittedBy: string | null;
  tag: TagFilter | null;
  /** Part of the question or name, case-insensitive for ASCII. */
  search: string | null;
  /** Ids are times: both bounds become id bounds. */
  fromId: string | null;
  toId: string | null;
}

/** Rows one request reads when no index answers all its filters; what lies further back is another page. */
const ROWS_SEARCHED = 20_000;

const COLUMNS = qualify("jobs", JOB_COLUMNS);

/**
 * One page, newest first, and one row more to know whether there is a next page. An index answers the first of
 * session, tag and status; other filters are tried on what it gives, on so many rows at most: then `searchedTo` is
 * the last job looked at and the page may be short, even empty, although there is more.
 */
export async function listJobs(
  db: D1Database,
  project: string,
  filter: JobFilter,
  page: { limit: number; before: string | null },
): Promise<{ jobs: JobRecord[]; searchedTo: string | null }> {
  const query = new Query(project);
  const { from, id, rest, rowsEach } = chooseIndex(query, filter);
  // One bound above, the lowest: of two SQLite may take the other. Never none: a key of which only the project is given
  // is a walk through all of it, and a test looks for those.
  const [end] = [page.before, filter.toId, "job_~"].filter((bound) => bound !== null).sort();
  query.add(`${id} < ${query.bind(end ?? "")}`);
  if (filter.fromId !== null) query.add(`${id} >= ${query.bind(filter.fromId)}`);
  const indexed = `FROM ${from} WHERE ${query.conditions.join(" AND ")} ORDER BY ${id} DESC LIMIT`;
  const wanted = page.limit + 1;
  const conditions = otherConditions(query, rest);
  if (conditions.length === 0) {
    const { results } = await db
      .prepare(`SELECT ${COLUMNS} ${indexed} ${wanted}`)
      .bind(...query.values)
      .all<JobRow>();
    return { jobs: results.map(toJobRecord), searchedTo: null };
  }
  const { rows, searchedTo } = await searchRows<JobRow>(
    db,
    {
      candidates: (limit) => `SELECT ${COLUMNS}, ${id} AS place ${indexed} ${limit}`,
      conditions,
      table: "jobs",
      columns: JOB_COLUMNS,
      values: query.values,
    },
    wanted,
    ROWS_SEARCHED / rowsEach,
  );
  return { jobs: rows.map(toJobRecord), searchedTo };
}

class Query {
  readonly values: string[] = [];
  readonly conditions: string[] = [];

  readonly project: string;

  constructor(project: string) {
    this.project = project;
  }

  bind(value: string): string {
    this.values.push(value);
    return `?${this.values.length}`;
  }

  add(condition: string): void {
    this.conditions.push(condition);
  }
}

/**
 * Names the index: without statistics SQLite takes a project for ten rows and would rather walk the whole key. `rest`
 * are the filters the index does not answer, `rowsEach` the rows read for each job it gives.
 */
function chooseIndex(query: Query, filter: JobFilter) {
  const { sessionId, tag, status } = filter;
  if (sessionId !== null) {
    query.add(`jobs.project = ${query.bind(query.project)}`);
    query.add(`jobs.session_id = ${query.bind(sessionId)}`);
    const rest = { ...filter, sessionId: null };
    return { from: "jobs INDEXED BY jobs_by_session", id: "jobs.id", rest, rowsEach: 1 };
  }
  if (tag?.value != null) {
    query.add(`labelled.project = ${query.bind(query.project)}`);
    query.add(`labelled.label = ${query.bind(labelOf(tag.name, tag.value))}`);
    // A label may stand for the run of a session whose first job this is.
    query.add(hasTag("jobs.tags", tag, (text) => query.bind(text)));
    const from = `job_tags AS labelled
      CROSS JOIN jobs ON jobs.project = labelled.project AND jobs.id = labelled.job_id`;
    return { from, id: "labelled.job_id", rest: { ...filter, tag: null }, rowsEach: 2 };
  }
  query.add(`jobs.project = ${query.bind(query.project)}`);
  if (status !== null) {
    query.add(`jobs.status = ${query.bind(status)}`);
    const rest = { ...filter, status: null };
    return { from: "jobs INDEXED BY jobs_by_status", id: "jobs.id", rest, rowsEach: 1 };
  }
  return { from: "jobs", id: "jobs.id", rest: filter, rowsEach: 1 };
}

function otherConditions(query: Query, filter: JobFilter): string[] {
  const conditions: string[] = [];
  if (filter.status !== null) conditions.push(`status = ${query.bind(filter.status)}`);
  if (filter.submittedBy !== null) {
    conditions.push(`submitted_by = ${query.bind(filter.submittedBy)}`);
  }
  if (filter.search !== null) {
    // instr instead of LIKE: no wildcards to escape, and no limit on the length of the pattern.
    const text = query.bind(filter.search);
    conditions.push(`instr(lower(question || ' ' || coalesce(name, '')), lower(${text})) > 0`);
  }
  if (filter.tag !== null) conditions.push(hasTag("tags", filter.tag, (text) => query.bind(text)));
  return conditions;
}
