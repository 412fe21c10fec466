import { readRows, sql } from "./sql.ts";

export interface WorstOf {
  project: string;
  metric: string;
  isHigherWorse: boolean;
  /** The samples of a run, or the newest since a time, all or those with a tag (`name=value`). */
  from: { runId: string } | { since: number; tag: string | null };
}

/** Looked at, the newest first: what somebody is told at once need not be the weakest of millions. */
const JOBS_LOOKED_AT = 200;
const SAMPLES_LOOKED_AT = 2000;

/** The weakest samples by one metric. */
export function listWorstSamples(
  db: D1Database,
  { project, metric, isHigherWorse, from }: WorstOf,
  limit: number,
): Promise<{ sampleId: string; question: string; score: number }[]> {
  const jobs =
    "runId" in from
      ? sql`SELECT id, tags FROM jobs WHERE project = ${project} AND id = ${from.runId.replace(/^run_/, "job_")}
          UNION ALL SELECT id, tags FROM jobs INDEXED BY jobs_by_session_run
          WHERE project = ${project} AND run_id = ${from.runId} AND session_id IS NOT NULL`
      : sql`SELECT id, tags FROM jobs INDEXED BY jobs_by_status
          WHERE project = ${project} AND status = 'completed' AND finished_at >= ${from.since}`;
  const tag = "tag" in from ? from.tag : null;
  const [name = "", ...value] = (tag ?? "").split("=");
  const isTagged = sql`EXISTS (SELECT 1 FROM json_each(coalesce(s.tags, j.tags)) AS t
    WHERE t.key = ${name} AND t.value = ${value.join("=")})`;
  // A metric is a name of ours or a criterion of the project's; either way a key, never a path.
  const score = sql`(SELECT m.value FROM json_each(s.scores) AS m WHERE m.key = ${metric})`;
  return readRows(
    db,
    sql`SELECT sampleId, question, score FROM (
        SELECT s.sample_id AS sampleId, s.question AS question, ${score} AS score
        FROM (SELECT * FROM (${jobs}) ORDER BY id DESC LIMIT ${JOBS_LOOKED_AT}) AS j
        CROSS JOIN samples AS s ON s.job_id = j.id
        WHERE s.status = 'completed' AND (${tag === null} OR ${isTagged}) LIMIT ${SAMPLES_LOOKED_AT})
      WHERE score IS NOT NULL
      ORDER BY score * ${isHigherWorse ? -1 : 1} LIMIT ${limit}`,
  );
}
