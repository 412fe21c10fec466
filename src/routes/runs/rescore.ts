import { RescoreRequest, type RescoreResult } from "../../contract-insight.ts";
import { CRITERION_PREFIX } from "../../criterion-metric.ts";
import { AppError } from "../../errors.ts";
import { type Http, originOf } from "../../http/http-context.ts";
import { readJsonBody } from "../../http/json-body.ts";
import { rescoreRun } from "../../jobs/rescore.ts";
import { isMetricName } from "../../scoring/metrics/registry.ts";
import { said } from "../../words/said.ts";

/** `POST /api/runs/{run_id}/rescore`: again from the stored judgements. */
export async function postRescore(http: Http): Promise<Response> {
  const caller = http.get("caller");
  const wish = await readWish(http);
  const outcome = await rescoreRun(http.get("jobs"), {
    project: caller.project,
    submittedBy: caller.id,
    runId: http.req.param("run_id") ?? "",
    metrics: readMetrics(wish.metrics ?? null),
    thresholds: wish.thresholds ?? null,
  });
  const { runId, report, action } = outcome;
  const result: RescoreResult = {
    run_id: runId,
    job_id: outcome.jobId,
    rescored_from: http.req.param("run_id") ?? "",
    action,
    samples: outcome.sampleCount,
    differing_samples: outcome.differing,
    identical: outcome.identical,
    not_judged: report.run.metrics.filter((metric) => {
      const summary = report.metrics[metric];
      return summary?.n === 0 && (summary.missing.not_asked ?? 0) > 0;
    }),
    metric_means: report.run.metric_means,
    report_url: `${originOf(http)}/runs/${runId}`,
  };
  if (action === "created") http.header("Location", `/api/runs/${runId}`);
  return http.json(result, action === "created" ? 201 : 200);
}

/** Nothing at all means: as it is. */
async function readWish(http: Http): Promise<RescoreRequest> {
  if (http.req.header("content-length") === "0" || http.req.raw.body === null) return {};
  return readJsonBody(http, RescoreRequest);
}

function readMetrics(metrics: readonly string[] | null): string[] | null {
  const unknown = metrics?.find(
    (metric) => !isMetricName(metric) && !metric.startsWith(CRITERION_PREFIX),
  );
  if (unknown === undefined) return metrics && [...new Set(metrics)];
  const detail = said("no_such_metric", { name: JSON.stringify(unknown) });
  throw new AppError(said("invalid_request.field", { detail }), {
    errors: [{ pointer: "#/metrics", detail }],
  });
}
