import type { SamplePoint } from "../contract/sample-points.ts";
import { jobsOfRun } from "./jobs-of-run.ts";
import { scoreOf } from "./samples.ts";
import { readRows, sql } from "./sql.ts";

/**
 * The samples of a run that have a number for both metrics, in the order of submission. Of a batch every `step`-th row
 * is read, so that a picture of 50,000 samples costs what one of 2,000 does.
 */
export function listSamplePoints(
  db: D1Database,
  run: { project: string; id: string },
  axes: { x: string; y: string },
  { step, limit }: { step: number; limit: number },
): Promise<SamplePoint[]> {
  const [x, y] = [scoreOf(axes.x), scoreOf(axes.y)];
  return readRows(
    db,
    sql`SELECT s.sample_id, ${x} AS x, ${y} AS y
      FROM ${jobsOfRun(run.project, run.id)} AS j JOIN samples AS s ON s.job_id = j.id
      WHERE s.seq % ${step} = 0 AND ${x} IS NOT NULL AND ${y} IS NOT NULL
      ORDER BY s.job_id, s.seq LIMIT ${limit}`,
  );
}
