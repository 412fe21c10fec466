import { join, raw, type Sql } from "sql-template-tag";
import type { JobSource } from "../contract/job.ts";
import type { JobStatus } from "../contract/outcome.ts";
import { JOB, type JobRecord } from "./job-records.ts";
import { searchRows } from "./search-rows.ts";
import { sql } from "./sql.ts";
import { columns, findAll } from "./table.ts";
import { hasTag, labelOf, type TagFilter } from "./tag-condition.ts";

export interface JobFilter {
  status: JobStatus | null;
  sessionId: string | null;
  /** Only the jobs of this caller. */
  submittedBy: string | null;
  tag: TagFilter | null;
  /** Part of the question or name, case-insensitive for ASCII. */
  search: string | null;
  cause: string | null;
  /** The way it came in. */
  source: JobSource | null;
  /** Only those that lost rows. */
  hasLosses: boolean;
  /** A value the job has, or a batch in the mean, that is at most, or at least, so much. */
  bounds: { metric: string; below: number | null; above: number | null } | null;
  /** Ids are times: both bounds become id bounds. */
  fromId: string | null;
  toId: string | null;
}

export const ANY_JOB: JobFilter = {
  status: null,
  sessionId: null,
  submittedBy: null,
  tag: null,
  search: null,
  cause: null,
  source: null,
  hasLosses: false,
  bounds: null,
  fromId: null,
  toId: null,
};

/** Rows one request reads when no index answers all its filters; what lies further back is another page. */
const ROWS_SEARCHED = 20_000;

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
  const { from, id, conditions, rest, rowsEach } = chooseIndex(project, filter);
  // One bound above, the lowest: of two SQLite may take the other. Never none: a key of which only the project is given
  // is a walk through all of it, and a test looks for those.
  const [end = "job_~"] = [page.before, filter.toId, "job_~"].filter((one) => one !== null).sort();
  const inTime = [
    sql`${id} < ${end}`,
    ...(filter.fromId === null ? [] : [sql`${id} >= ${filter.fromId}`]),
  ];
  const indexed = sql`FROM ${from} WHERE ${join([...conditions, ...inTime], " AND ")} ORDER BY ${id} DESC`;
  const wanted = page.limit + 1;
  const others = otherConditions(rest);
  if (others.length === 0) {
    const jobs = await findAll(
      db,
      JOB,
      sql`SELECT ${columns(JOB, "jobs")} ${indexed} LIMIT ${wanted}`,
    );
    return { jobs, searchedTo: null };
  }
  const { rows, searchedTo } = await searchRows(
    db,
    {
      candidates: (limit) =>
        sql`SELECT ${columns(JOB, "jobs")}, ${id} AS place ${indexed} LIMIT ${limit}`,
      conditions: others,
      table: "jobs",
      fields: JOB,
      project,
    },
    wanted,
    ROWS_SEARCHED / rowsEach,
  );
  return { jobs: rows, searchedTo };
}

interface Indexed {
  from: Sql;
  id: Sql;
  conditions: Sql[];
  /** The filters the index does not answer. */
  rest: JobFilter;
  /** Rows read for each job it gives. */
  rowsEach: number;
}

/** Names the index: without statistics SQLite takes a project for ten rows and would rather walk the whole key. */
function chooseIndex(project: string, filter: JobFilter): Indexed {
  const { sessionId, tag, status } = filter;
  const ofProject = sql`jobs.project = ${project}`;
  const id = raw("jobs.id");
  if (sessionId !== null) {
    return {
      from: raw("jobs INDEXED BY jobs_by_session"),
      id,
      conditions: [ofProject, sql`jobs.session_id = ${sessionId}`],
      rest: { ...filter, sessionId: null },
      rowsEach: 1,
    };
  }
  if (tag?.value != null) {
    return {
      from: raw(`job_tags AS labelled
        CROSS JOIN jobs ON jobs.project = labelled.project AND jobs.id = labelled.job_id`),
      id: raw("labelled.job_id"),
      conditions: [
        sql`labelled.project = ${project}`,
        sql`labelled.label = ${labelOf(tag.name, tag.value)}`,
        // A label may stand for the run of a session whose first job this is.
        hasTag("jobs.tags", tag),
      ],
      rest: { ...filter, tag: null },
      rowsEach: 2,
    };
  }
  if (filter.hasLosses) {
    return {
      from: raw("jobs INDEXED BY jobs_with_losses"),
      id,
      conditions: [ofProject, raw("jobs.failed + jobs.bad_rows > 0")],
      rest: { ...filter, hasLosses: false },
      rowsEach: 1,
    };
  }
  if (status !== null) {
    return {
      from: raw("jobs INDEXED BY jobs_by_status"),
      id,
      conditions: [ofProject, sql`jobs.status = ${status}`],
      rest: { ...filter, status: null },
      rowsEach: 1,
    };
  }
  return { from: raw("jobs"), id, conditions: [ofProject], rest: filter, rowsEach: 1 };
}

function otherConditions(filter: JobFilter): Sql[] {
  const { status, submittedBy, search, tag, cause, source, bounds, hasLosses } = filter;
  return [
    ...(status === null ? [] : [sql`status = ${status}`]),
    ...(submittedBy === null ? [] : [sql`submitted_by = ${submittedBy}`]),
    // instr instead of LIKE: no wildcards to escape, and no limit on the length of the pattern.
    ...(search === null
      ? []
      : [sql`instr(lower(question || ' ' || coalesce(name, '')), lower(${search})) > 0`]),
    ...(tag === null ? [] : [hasTag("tags", tag)]),
    ...(hasLosses ? [raw("failed + bad_rows > 0")] : []),
    ...(cause === null ? [] : [sql`cause = ${cause}`]),
    ...(source === null ? [] : [sql`source = ${source}`]),
    ...(bounds === null ? [] : within(bounds)),
  ];
}

/** Of one sample the value stands first in its outcome (`short-json.ts`), of a batch it is the mean. */
function within({ metric, below, above }: NonNullable<JobFilter["bounds"]>): Sql[] {
  const at = sql`'$.' || json_quote(${metric})`;
  const value =
    metric === "weighted_score"
      ? raw("weighted_score")
      : sql`iif(kind = 'single', outcomes ->> (${at} || '[0]'), means ->> (${at}))`;
  return [
    ...(below === null ? [] : [sql`${value} <= ${below}`]),
    ...(above === null ? [] : [sql`${value} >= ${above}`]),
  ];
}
