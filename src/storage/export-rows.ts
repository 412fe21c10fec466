import { JOB, type JobRecord } from "./job-records.ts";
import { RUN, type RunSummary } from "./runs.ts";
import { sql } from "./sql.ts";
import { columns, findAll } from "./table.ts";

/** Jobs of a project in the order they came, after one and before another. */
export function listJobsAfter(
  db: D1Database,
  project: string,
  { after, before }: { after: string; before: string },
  limit: number,
): Promise<JobRecord[]> {
  return findAll(
    db,
    JOB,
    sql`SELECT ${columns(JOB)} FROM jobs
      WHERE project = ${project} AND id > ${after} AND id < ${before} ORDER BY id LIMIT ${limit}`,
  );
}

/** Runs after one and up to another: those of their own jobs, and of sessions that began with a job between. */
export function listRunsUpTo(
  db: D1Database,
  project: string,
  { after, last }: { after: string; last: string },
): Promise<RunSummary[]> {
  return findAll(
    db,
    RUN,
    sql`SELECT ${columns(RUN)} FROM runs
      WHERE project = ${project} AND id > ${after} AND id <= ${last} ORDER BY id`,
  );
}
