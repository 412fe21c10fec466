import type { JobStatus } from "../contract.ts";
import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";

export interface JobFilter {
  status: JobStatus | null;
  sessionId: string | null;
  /** Only the jobs of this caller. */
  submittedBy: string | null;
  tag: { name: string; value: string | null } | null;
  /** Part of the question or name, case-insensitive for ASCII. */
  search: string | null;
  /** Ids are times: both bounds become id bounds. */
  fromId: string | null;
  toId: string | null;
}

/** Jobs one request looks at when no index answers all its filters; what lies further back is another page. */
const ROWS_SEARCHED = 20_000;

const COLUMNS = JOB_COLUMNS.replaceAll(/\w+/g, "jobs.$&");

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
  const { from, id, rest } = chooseIndex(query, filter);
  if (page.before !== null) query.add(`${id} < ${query.bind(page.before)}`);
  if (filter.fromId !== null) query.add(`${id} >= ${query.bind(filter.fromId)}`);
  if (filter.toId !== null) query.add(`${id} < ${query.bind(filter.toId)}`);
  const indexed = `FROM ${from} WHERE ${query.conditions.join(" AND ")} ORDER BY ${id} DESC`;
  const indexedValues = [...query.values];
  const wanted = page.limit + 1;
  const others = otherConditions(query, rest);
  const sql =
    others.length === 0
      ? `SELECT ${COLUMNS} ${indexed} LIMIT ${wanted}`
      : `SELECT * FROM (SELECT ${COLUMNS} ${indexed} LIMIT ${ROWS_SEARCHED})
         WHERE ${others.join(" AND ")} LIMIT ${wanted}`;
  const { results } = await db
    .prepare(sql)
    .bind(...query.values)
    .all<JobRow>();
  const jobs = results.map(toJobRecord);
  if (others.length === 0 || jobs.length === wanted) return { jobs, searchedTo: null };
  const last = await db
    .prepare(`SELECT ${id} AS id ${indexed} LIMIT 1 OFFSET ${ROWS_SEARCHED - 1}`)
    .bind(...indexedValues)
    .first<{ id: string }>();
  return { jobs, searchedTo: last?.id ?? null };
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
 * are the filters the index does not answer.
 */
function chooseIndex(query: Query, filter: JobFilter) {
  const { sessionId, tag, status } = filter;
  if (sessionId !== null) {
    query.add(`jobs.project = ${query.bind(query.project)}`);
    query.add(`jobs.session_id = ${query.bind(sessionId)}`);
    const rest = { ...filter, sessionId: null };
    return { from: "jobs INDEXED BY jobs_by_session", id: "jobs.id", rest };
  }
  if (tag?.value != null) {
    query.add(`labelled.project = ${query.bind(query.project)}`);
    query.add(`labelled.label = ${query.bind(JSON.stringify([tag.name, tag.value]))}`);
    const from = `job_tags AS labelled
      CROSS JOIN jobs ON jobs.project = labelled.project AND jobs.id = labelled.job_id`;
    return { from, id: "labelled.job_id", rest: { ...filter, tag: null } };
  }
  query.add(`jobs.project = ${query.bind(query.project)}`);
  if (status !== null) {
    query.add(`jobs.status = ${query.bind(status)}`);
    const rest = { ...filter, status: null };
    return { from: "jobs INDEXED BY jobs_by_status", id: "jobs.id", rest };
  }
  return { from: "jobs", id: "jobs.id", rest: filter };
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
  if (filter.tag !== null) {
    const name = query.bind(filter.tag.name);
    const value =
      filter.tag.value === null ? "" : ` AND tag.value = ${query.bind(filter.tag.value)}`;
    conditions.push(
      `EXISTS (SELECT 1 FROM json_each(tags) AS tag WHERE tag.key = ${name}${value})`,
    );
  }
  return conditions;
}
