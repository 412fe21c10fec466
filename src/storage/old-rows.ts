import { JOB_COLUMNS, type JobRecord, type JobRow, toJobRecord } from "./job-records.ts";
import { qualify } from "./qualify.ts";

const COLUMNS = qualify("jobs", JOB_COLUMNS);

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

const LOOKED_AT = "judgements_looked_at";
const NEXT_JUDGEMENTS = `WITH place AS MATERIALIZED (SELECT coalesce((SELECT value FROM facts WHERE name = ?1), '') AS value)
  SELECT place.value AS first, count(*) AS n, max(key) AS last FROM place, (SELECT key FROM judgements
    WHERE key > (SELECT value FROM place) ORDER BY key LIMIT ?2)`;
const DELETE_UNUSED = `DELETE FROM judgements WHERE key > ?1 AND key <= ?2 AND uses <= 0 AND created_at < ?3`;
const NOTE_PLACE = `INSERT INTO facts (name, value) VALUES (?1, ?2)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/**
 * Judgements no finished sample rests on: their sample broke off, or their job was deleted. No index knows them, for it
 * would be written for every judgement; so some are looked at each time, and after the last again the first.
 */
export async function deleteUnusedJudgements(
  db: D1Database,
  before: number,
  lookAt: number,
): Promise<number> {
  const part = await db
    .prepare(NEXT_JUDGEMENTS)
    .bind(LOOKED_AT, lookAt)
    .first<{ first: string; n: number; last: string | null }>();
  if (!part || (part.n === 0 && part.first === "")) return 0;
  const [deleted] = await db.batch([
    db.prepare(DELETE_UNUSED).bind(part.first, part.last ?? "", before),
    db.prepare(NOTE_PLACE).bind(LOOKED_AT, part.n < lookAt ? "" : part.last),
  ]);
  return deleted?.meta.changes ?? 0;
}
