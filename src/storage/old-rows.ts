import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";

const COLUMNS = JOB_COLUMNS.replaceAll(/\w+/g, "jobs.$&");

/** Some ended jobs created before a time, project by project. Ids begin with their time. */
export async function listOldJobs(
  db: D1Database,
  beforeId: string,
  limit: number,
): Promise<JobRecord[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM projects CROSS JOIN jobs ON jobs.project = projects.id AND jobs.id < ?1
       WHERE jobs.status NOT IN ('queued', 'running') LIMIT ?2`,
    )
    .bind(beforeId, limit)
    .all<JobRow>();
  return results.map(toJobRecord);
}

/** Judgements no finished sample rests on: their sample broke off, or their job was deleted. */
export async function deleteUnusedJudgements(
  db: D1Database,
  before: number,
  limit: number,
): Promise<number> {
  const { meta } = await db
    .prepare(
      `DELETE FROM judgements WHERE key IN
         (SELECT key FROM judgements WHERE uses <= 0 AND created_at < ?1 LIMIT ?2)`,
    )
    .bind(before, limit)
    .run();
  return meta.changes;
}
