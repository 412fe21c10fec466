import type { RescoreResult } from "../../contract/rescore.ts";
import { CRITERION_PREFIX } from "../../criterion-metric.ts";
import { refuseField } from "../../errors.ts";
import { originOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { rescoreRun } from "../../jobs/rescore.ts";
import { isMetricName } from "../../scoring/metrics/registry.ts";
import { said } from "../../words/said.ts";
import type { RUN_ROUTES } from "./routes.ts";

export const RESCORE_HANDLERS = {
  /** Again from the stored judgements. */
  async rescore_run(http, { params: { run_id }, body: wish }) {
    const caller = http.get("caller");
    const outcome = await rescoreRun(http.get("jobs"), {
      project: caller.project,
      submittedBy: caller.id,
      runId: run_id,
      metrics: readMetrics(wish.metrics ?? null),
      thresholds: wish.thresholds ?? null,
    });
    const { runId, report, action } = outcome;
    const result: RescoreResult = {
      run_id: runId,
      job_id: outcome.jobId,
      rescored_from: run_id,
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
    if (action === "checked") return result;
    http.header("Location", `/api/runs/${runId}`);
    return http.json(result, 201);
  },
} satisfies Partial<Handlers<typeof RUN_ROUTES>>;

function readMetrics(metrics: readonly string[] | null): string[] | null {
  const unknown = metrics?.find(
    (metric) => !isMetricName(metric) && !metric.startsWith(CRITERION_PREFIX),
  );
  if (unknown === undefined) return metrics && [...new Set(metrics)];
  throw refuseField("metrics", said("no_such_metric", { name: JSON.stringify(unknown) }));
}
