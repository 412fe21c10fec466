import type { SamplePoint } from "../contract-insight.ts";
import { jobsOfRun } from "./jobs-of-run.ts";

/**
 * The samples of a run that have a number for both metrics, in the order of submission. Of a batch every `step`-th row
 * is read, so that a picture of 50,000 samples costs what one of 2,000 does.
 */
export async function listSamplePoints(
  db: D1Database,
  run: { project: string; id: string },
  axes: { x: string; y: string },
  { step, limit }: { step: number; limit: number },
): Promise<SamplePoint[]> {
  const valueFrom = (metric: number) => `json_extract(s.scores, '$.' || json_quote(?${metric}))`;
  const { results } = await db
    .prepare(
      `SELECT s.sample_id, ${valueFrom(3)} AS x, ${valueFrom(4)} AS y
       FROM ${jobsOfRun("id")} AS j JOIN samples AS s ON s.job_id = j.id
       WHERE s.seq % ?5 = 0 AND s.scores IS NOT NULL AND ${valueFrom(3)} IS NOT NULL AND ${valueFrom(4)} IS NOT NULL
       ORDER BY s.job_id, s.seq LIMIT ?6`,
    )
    .bind(run.project, run.id, axes.x, axes.y, step, limit)
    .all<SamplePoint>();
  return results;
}
