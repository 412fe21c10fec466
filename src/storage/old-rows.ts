import { JOB, type JobRecord } from "./job-records.ts";
import { facts } from "./schema.ts";
import { readRow, sql, transact } from "./sql.ts";
import { columns, findAll, insert } from "./table.ts";

/** Some ended jobs created before a time, project by project. Ids begin with their time. */
export function listOldJobs(db: D1Database, beforeId: string, limit: number): Promise<JobRecord[]> {
  return findAll(
    db,
    JOB,
    sql`SELECT ${columns(JOB, "jobs")}
      FROM projects CROSS JOIN jobs ON jobs.project = projects.id AND jobs.id < ${beforeId}
      WHERE jobs.status NOT IN ('queued', 'running') LIMIT ${limit}`,
  );
}

const LOOKED_AT = "judgements_looked_at";

/**
 * Judgements no finished sample rests on: their sample broke off, or their job was deleted. No index knows them, for it
 * would be written for every judgement; so some are looked at each time, and after the last again the first.
 */
export async function deleteUnusedJudgements(
  db: D1Database,
  before: number,
  lookAt: number,
): Promise<number> {
  const part = await readRow<{ first: string; n: number; last: string | null }>(
    db,
    sql`WITH place AS MATERIALIZED (
        SELECT coalesce((SELECT value FROM facts WHERE name = ${LOOKED_AT}), '') AS value)
      SELECT place.value AS first, count(*) AS n, max(key) AS last FROM place, (SELECT key FROM judgements
        WHERE key > (SELECT value FROM place) ORDER BY key LIMIT ${lookAt})`,
  );
  if (!part || (part.n === 0 && part.first === "")) return 0;
  const { first, n, last } = part;
  const place = { name: LOOKED_AT, value: n < lookAt ? "" : (last ?? "") };
  const [deleted] = await transact(db, [
    sql`DELETE FROM judgements
        WHERE key > ${first} AND key <= ${last ?? ""} AND uses <= 0 AND created_at < ${before}`,
    sql`${insert(facts, place)} ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  ]);
  return deleted?.meta.changes ?? 0;
}
