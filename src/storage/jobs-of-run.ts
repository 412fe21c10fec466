import { raw, type Sql } from "sql-template-tag";
import { sql } from "./sql.ts";

/**
 * SQL: the jobs of a run. A run of its own has the id of its job behind another prefix, so the key finds it; only the
 * calls of a session share a run, and only they are worth an index of runs.
 */
export function jobsOfRun(project: string, runId: string, columns = "id"): Sql {
  const read = raw(columns);
  return sql`(SELECT ${read} FROM jobs
      WHERE project = ${project} AND id = ${`job_${runId.slice(4)}`} AND run_id = ${runId} AND session_id IS NULL
    UNION ALL SELECT ${read} FROM jobs INDEXED BY jobs_by_session_run
      WHERE project = ${project} AND run_id = ${runId} AND session_id IS NOT NULL)`;
}
