import { raw, type Sql } from "sql-template-tag";
import { hasChanged, sql, transact } from "../sql.ts";

/**
 * Removes the rows of an ended job and the judgements nothing else rests on; its objects in R2 are removed by the
 * caller first. `companions` come before the job row goes, and carry conditions of their own. Null: it has not ended.
 */
export async function deleteJob(
  db: D1Database,
  project: string,
  jobId: string,
  companions: readonly Sql[] = [],
): Promise<D1Result[] | null> {
  const job = sql`jobs WHERE project = ${project} AND id = ${jobId}`;
  const ended = sql`${job} AND status NOT IN ('queued', 'running')`;
  const hasEnded = sql`EXISTS (SELECT 1 FROM ${ended})`;
  const usedKeys = sql`SELECT k.value AS key, count(*) AS n FROM samples AS s, json_each(s.judgements) AS k
    WHERE s.job_id = ${jobId} GROUP BY k.value`;
  const statements = [
    sql`UPDATE judgements SET uses = uses - u.n FROM (${usedKeys}) AS u WHERE judgements.key = u.key AND ${hasEnded}`,
    sql`DELETE FROM judgements WHERE uses <= 0 AND key IN (SELECT key FROM (${usedKeys})) AND ${hasEnded}`,
    ...["samples", "chunks", "batches", "asks", "experiment_runs"].map(
      (table) => sql`DELETE FROM ${raw(table)} WHERE job_id = ${jobId} AND ${hasEnded}`,
    ),
    sql`DELETE FROM deliveries INDEXED BY deliveries_by_job
      WHERE project = ${project} AND job_id = ${jobId} AND ${hasEnded}`,
    sql`DELETE FROM runs WHERE project = ${project} AND mode <> 'session'
      AND id = (SELECT run_id FROM ${job}) AND ${hasEnded}`,
    sql`DELETE FROM ${ended}`,
  ];
  const answers = await transact(db, [...companions, ...statements]);
  return hasChanged(answers.at(-1)) ? answers.slice(0, companions.length) : null;
}
