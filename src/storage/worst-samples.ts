import type { Sql } from "sql-template-tag";
import { pick } from "./fields.ts";
import { samples } from "./schema.ts";
import { sql } from "./sql.ts";
import { columns, findAll } from "./table.ts";

const LOOKED_AT = pick(samples.fields, "sampleId", "question", "scores");

export interface WorstOf {
  project: string;
  metric: string;
  isHigherWorse: boolean;
  /** The samples of a run, or the newest since a time, all or those with a tag (`name=value`). */
  from: { runId: string } | { since: number; tag: string | null };
}

/** The newest are looked at: what somebody is told at once need not be the weakest of millions. */
const MOST_JOBS = 200;
const MOST_SAMPLES = 1000;

/** The weakest samples by one metric. */
export async function listWorstSamples(
  db: D1Database,
  { project, metric, isHigherWorse, from }: WorstOf,
  limit: number,
): Promise<{ sampleId: string; question: string; score: number }[]> {
  const found = await findAll(
    db,
    LOOKED_AT,
    sql`SELECT ${columns(LOOKED_AT, "s")}
      FROM (SELECT * FROM (${jobsOf(project, from)}) ORDER BY id DESC LIMIT ${MOST_JOBS}) AS j
      CROSS JOIN samples AS s ON s.job_id = j.id
      WHERE s.status = 'completed' AND ${isTagged(from)} LIMIT ${MOST_SAMPLES}`,
  );
  return found
    .flatMap(({ sampleId, question, scores }) => {
      const score = scores?.[metric];
      return typeof score === "number" ? [{ sampleId, question, score }] : [];
    })
    .sort((a, b) => (isHigherWorse ? b.score - a.score : a.score - b.score))
    .slice(0, limit);
}

function jobsOf(project: string, from: WorstOf["from"]): Sql {
  if ("since" in from) {
    return sql`SELECT id, tags FROM jobs INDEXED BY jobs_by_status
      WHERE project = ${project} AND status = 'completed' AND finished_at >= ${from.since}`;
  }
  return sql`SELECT id, tags FROM jobs WHERE project = ${project} AND id = ${from.runId.replace(/^run_/, "job_")}
    UNION SELECT id, tags FROM jobs INDEXED BY jobs_by_session_run
    WHERE project = ${project} AND run_id = ${from.runId} AND session_id IS NOT NULL`;
}

function isTagged(from: WorstOf["from"]): Sql {
  if (!("tag" in from) || from.tag === null) return sql`1`;
  const at = from.tag.indexOf("=");
  return sql`EXISTS (SELECT 1 FROM json_each(coalesce(s.tags, j.tags)) AS t
    WHERE t.key = ${from.tag.slice(0, at)} AND t.value = ${from.tag.slice(at + 1)})`;
}
