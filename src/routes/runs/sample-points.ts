import type { SamplePoints } from "../../contract-insight.ts";
import { INSIGHT_LIMITS } from "../../contract-limits.ts";
import type { Http } from "../../http/http-context.ts";
import type { Input } from "../../http/serve-routes.ts";
import { listSamplePoints } from "../../storage/sample-points.ts";
import type { RUN_ROUTES } from "./routes.ts";
import { findRun } from "./runs.ts";

/** `GET /api/runs/{run_id}/points?x=…&y=…`: two metrics of the samples, to draw one against the other. */
export async function getSamplePoints(
  http: Http,
  { params, query: axes }: Input<typeof RUN_ROUTES.get_sample_points>,
): Promise<SamplePoints> {
  const { db } = http.get("jobs");
  const run = await findRun(http, params);
  const limit = INSIGHT_LIMITS.points;
  // The calls of a session are one sample each, so only the rows of a batch can be counted off.
  const step = run.mode === "batch" ? Math.ceil(run.totalSamples / limit) : 1;
  const place = { project: http.get("caller").project, id: run.id };
  const points = await listSamplePoints(db, place, axes, { step: step || 1, limit });
  return { ...axes, total_samples: run.totalSamples, step: step || 1, points };
}
