import type { Scores } from "../contract/outcome.ts";
import { JOB, type JobRecord } from "./job-records.ts";
import { SCORED } from "./schema.ts";
import { sql, transact } from "./sql.ts";
import { columns, firstOf } from "./table.ts";

const OUTCOMES = SCORED.outcomes;

export interface SessionJobs {
  first: JobRecord | null;
  last: JobRecord | null;
  finishedAt: number;
}

/** The first and the newest scored call of a session, and when the last of all ended. */
export async function listSessionJobs(
  db: D1Database,
  project: string,
  runId: string,
): Promise<SessionJobs> {
  // The index is named because SQLite, knowing no sizes, would walk all jobs of the project.
  const ofRun = sql`FROM jobs INDEXED BY jobs_by_session_run
    WHERE project = ${project} AND run_id = ${runId} AND session_id IS NOT NULL`;
  const completed = sql`SELECT ${columns(JOB)} ${ofRun} AND status = 'completed'`;
  const [first, last, ended] = await transact<unknown>(db, [
    sql`${completed} ORDER BY id LIMIT 1`,
    sql`${completed} ORDER BY id DESC LIMIT 1`,
    sql`SELECT max(finished_at) AS at ${ofRun}`,
  ]);
  const [end] = (ended?.results ?? []) as { at: number | null }[];
  return { first: firstOf(JOB, first), last: firstOf(JOB, last), finishedAt: end?.at ?? 0 };
}

/**
 * How many calls a session has had, whatever became of them, and means over the scored ones as they are now; its report
 * may be some seconds behind. `batches`: the jobs, newest first, in which some of its calls came together with others.
 * Added up here: D1 would count every score json_each takes out of a row as a row read.
 */
export async function summarizeSession(
  db: D1Database,
  project: string,
  sessionId: string,
): Promise<{ count: number; means: Scores; batches: string[] }> {
  const calls = sql`SELECT CASE status WHEN 'completed' THEN outcomes END AS outcomes, NULL AS batch
    FROM jobs INDEXED BY jobs_by_session WHERE project = ${project} AND session_id = ${sessionId}`;
  // A batch holds samples of many sessions and belongs to none.
  const callsInBatches = sql`SELECT CASE s.status WHEN 'completed' THEN s.outcomes END AS outcomes, s.job_id AS batch
    FROM samples AS s INDEXED BY samples_by_session CROSS JOIN jobs AS j ON j.project = ${project} AND j.id = s.job_id
    WHERE s.session_id = ${sessionId} AND j.session_id IS NULL`;
  const answers = await transact<{ outcomes: string | null; batch: string | null }>(db, [
    calls,
    callsInBatches,
  ]);
  const results = answers.flatMap((answer) => answer.results);
  const sums = new Map<string, { n: number; sum: number }>();
  for (const { outcomes } of results) {
    const scored = OUTCOMES.decode([outcomes]) ?? {};
    for (const [metric, { value }] of Object.entries(scored)) {
      const { n, sum } = sums.get(metric) ?? { n: 0, sum: 0 };
      sums.set(metric, value === null ? { n, sum } : { n: n + 1, sum: sum + value });
    }
  }
  const metrics = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    count: results.length,
    means: Object.fromEntries(metrics.map(([metric, { n, sum }]) => [metric, n ? sum / n : null])),
    batches: [...new Set(results.flatMap(({ batch }) => batch ?? []))].sort().reverse(),
  };
}
