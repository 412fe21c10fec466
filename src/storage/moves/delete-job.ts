const HAS_ENDED = `EXISTS (SELECT 1 FROM jobs WHERE project = ?2 AND id = ?1 AND status NOT IN ('queued', 'running'))`;
const USED_KEYS = `SELECT k.value AS key, count(*) AS n FROM samples AS s, json_each(s.judgements) AS k
  WHERE s.job_id = ?1 GROUP BY k.value`;
const DELETE_STATEMENTS = [
  `UPDATE judgements SET uses = uses - u.n FROM (${USED_KEYS}) AS u WHERE judgements.key = u.key AND ${HAS_ENDED}`,
  `DELETE FROM judgements WHERE uses <= 0 AND key IN (SELECT key FROM (${USED_KEYS})) AND ${HAS_ENDED}`,
  ...["samples", "chunks", "batches"].map(
    (table) => `DELETE FROM ${table} WHERE job_id = ?1 AND ${HAS_ENDED}`,
  ),
  `DELETE FROM deliveries INDEXED BY deliveries_by_job WHERE project = ?2 AND job_id = ?1 AND ${HAS_ENDED}`,
  `DELETE FROM runs WHERE project = ?2 AND mode <> 'session'
    AND id = (SELECT run_id FROM jobs WHERE project = ?2 AND id = ?1) AND ${HAS_ENDED}`,
];
const DELETE_JOB = `DELETE FROM jobs WHERE project = ?2 AND id = ?1 AND status NOT IN ('queued', 'running')`;

/**
 * Removes the rows of an ended job and the judgements nothing else rests on; its objects in R2 are removed by the
 * caller first. `companions` come before the job row goes, and carry conditions of their own. Null: it has not ended.
 */
export async function deleteJob(
  db: D1Database,
  project: string,
  jobId: string,
  companions: readonly D1PreparedStatement[] = [],
): Promise<D1Result[] | null> {
  const answers = await db.batch([
    ...companions,
    ...DELETE_STATEMENTS.map((sql) => db.prepare(sql).bind(jobId, project)),
    db.prepare(DELETE_JOB).bind(jobId, project),
  ]);
  return (answers.at(-1)?.meta.changes ?? 0) > 0 ? answers.slice(0, companions.length) : null;
}
