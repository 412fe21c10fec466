import type { CriterionRequest, ScoreRequest } from "../contract/score-request.ts";
import { criterionMetric } from "../criterion-metric.ts";
import { DEFAULT_METRICS } from "../scoring/metrics/registry.ts";

/** Every metric a request is scored by: those it names, else the default ones, and each of its criteria. */
export function scoredMetrics(request: Pick<ScoreRequest, "metrics" | "criteria">): string[] {
  return withCriteria(request.metrics ?? DEFAULT_METRICS, request.criteria);
}

export function withCriteria(
  metrics: readonly string[],
  criteria: readonly CriterionRequest[] | null,
): string[] {
  return [...new Set([...metrics, ...(criteria ?? []).map(({ name }) => criterionMetric(name))])];
}
