/**
 * SQL: the jobs of run ?2 of project ?1. A run of its own has the id of its job behind another prefix, so the key finds
 * it; only the calls of a session share a run, and only they are worth an index of runs.
 */
export function jobsOfRun(columns: string): string {
  return `(SELECT ${columns} FROM jobs
      WHERE project = ?1 AND id = 'job_' || substr(?2, 5) AND run_id = ?2 AND session_id IS NULL
    UNION ALL SELECT ${columns} FROM jobs INDEXED BY jobs_by_session_run
      WHERE project = ?1 AND run_id = ?2 AND session_id IS NOT NULL)`;
}
