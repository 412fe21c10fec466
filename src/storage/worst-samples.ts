import type { Sql } from "sql-template-tag";
import { filled } from "./fields.ts";
import { jobsOfRun, OF_JOB, sampleColumns } from "./jobs-of-run.ts";
import { ARRIVED, SCORED } from "./schema.ts";
import { sql } from "./sql.ts";
import { findAll } from "./table.ts";

const LOOKED_AT = {
  sampleId: ARRIVED.sampleId,
  question: filled(ARRIVED.question, ""),
  outcomes: filled(SCORED.outcomes, {}),
};

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
    sql`SELECT ${sampleColumns(LOOKED_AT)}
      FROM (SELECT * FROM (${jobsOf(project, from)}) ORDER BY id DESC LIMIT ${MOST_JOBS}) AS j
      CROSS JOIN samples AS s ON s.job_id = j.id
      WHERE s.status = 'completed' AND ${isTagged(from)} LIMIT ${MOST_SAMPLES}`,
  );
  return found
    .flatMap(({ sampleId, question, outcomes }) => {
      const score = outcomes[metric]?.value ?? null;
      return score !== null ? [{ sampleId, question, score }] : [];
    })
    .sort((a, b) => (isHigherWorse ? b.score - a.score : a.score - b.score))
    .slice(0, limit);
}

function jobsOf(project: string, from: WorstOf["from"]): Sql {
  if ("since" in from) {
    return sql`SELECT ${OF_JOB} FROM jobs INDEXED BY jobs_by_status
      WHERE project = ${project} AND status = 'completed' AND finished_at >= ${from.since}`;
  }
  return jobsOfRun(project, from.runId);
}

function isTagged(from: WorstOf["from"]): Sql {
  if (!("tag" in from) || from.tag === null) return sql`1`;
  const at = from.tag.indexOf("=");
  return sql`EXISTS (SELECT 1 FROM json_each(coalesce(s.tags, j.tags)) AS t
    WHERE t.key = ${from.tag.slice(0, at)} AND t.value = ${from.tag.slice(at + 1)})`;
}
