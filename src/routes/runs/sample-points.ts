import type { SamplePoints } from "../../contract-insight.ts";
import { INSIGHT_LIMITS } from "../../contract-limits.ts";
import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import { readQuery } from "../../http/read-query.ts";
import { getRun } from "../../storage/runs.ts";
import { listSamplePoints } from "../../storage/sample-points.ts";
import { said } from "../../words/said.ts";
import { PointsQuery } from "../queries.ts";

/** `GET /api/runs/{run_id}/points?x=…&y=…`: two metrics of the samples, to draw one against the other. */
export async function getSamplePoints(http: Http): Promise<Response> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const id = http.req.param("run_id") ?? "";
  const axes = readQuery(http, PointsQuery);
  const run = await getRun(db, project, id);
  if (!run) throw new AppError(said("not_found.run", { id: id.slice(0, 100) }));
  const limit = INSIGHT_LIMITS.points;
  // The calls of a session are one sample each, so only the rows of a batch can be counted off.
  const step = run.mode === "batch" ? Math.ceil(run.totalSamples / limit) : 1;
  const points = await listSamplePoints(db, { project, id }, axes, { step: step || 1, limit });
  const body: SamplePoints = { ...axes, total_samples: run.totalSamples, step: step || 1, points };
  return http.json(body);
}
