import { raw, type Sql } from "sql-template-tag";
import { type Fields, layOut } from "./fields.ts";
import { sql } from "./sql.ts";

/** What a job of one sample says in the place of its sample. */
const SAID_BY_JOB: ReadonlySet<string> = new Set([
  "question",
  "answer",
  "outcomes",
  "weighted_score",
  "cause",
  "worst_metric",
  "usage",
]);

/** SQL: what is read of a job `j` besides. */
export const OF_JOB = raw(["id", "kind", "tags", "run_id", ...SAID_BY_JOB].join(", "));

/**
 * SQL: the jobs of a run. A run of its own has the id of its job behind another prefix, so the key finds it; only the
 * calls of a session share a run, and only they are worth an index of runs.
 */
export function jobsOfRun(project: string, runId: string): Sql {
  return sql`(SELECT ${OF_JOB} FROM jobs
      WHERE project = ${project} AND id = ${`job_${runId.slice(4)}`} AND run_id = ${runId} AND session_id IS NULL
    UNION ALL SELECT ${OF_JOB} FROM jobs INDEXED BY jobs_by_session_run
      WHERE project = ${project} AND run_id = ${runId} AND session_id IS NOT NULL)`;
}

/** SQL: a column of sample `s` of job `j`, wherever it stands. */
export function ofSample(column: string): Sql {
  return raw(
    SAID_BY_JOB.has(column) ? `iif(j.kind = 'single', j.${column}, s.${column})` : `s.${column}`,
  );
}

/** SQL: columns of sample `s` of job `j`. */
export function sampleColumns(fields: Fields): Sql {
  const names = layOut(fields).flatMap(({ columns }) => columns.map(({ name }) => name));
  return raw(names.map((name) => `${ofSample(name).sql} AS ${name}`).join(", "));
}
