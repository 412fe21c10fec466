import type { Language } from "../../src/contract/outcome.ts";
import type { ReportInput, ReportSample } from "../../src/reports/report-input.ts";
import { diagnose } from "../../src/scoring/diagnose.ts";
import type { Evidence } from "../../src/scoring/evidence.ts";
import { measure } from "../../src/scoring/measure.ts";
import { isMetricName } from "../../src/scoring/metrics/registry.ts";
import { CORE_METRICS } from "../scoring/core-metrics.ts";

/** What a perfect judge without embeddings can score. */
export const METRICS = CORE_METRICS.filter((metric) => metric !== "semantic_similarity");

/** A scored sample as the jobs hand it to the report. */
export function scoreEvidence(
  evidence: Evidence,
  metrics: readonly string[] = METRICS,
  tags: Record<string, string> = {},
): ReportSample {
  const outcomes = measure(evidence, metrics.filter(isMetricName));
  const scores = Object.fromEntries(
    Object.entries(outcomes).map(([metric, outcome]) => [metric, outcome.value]),
  );
  const numbers = Object.entries(scores).flatMap(([metric, value]) => {
    if (value === null) return [];
    return metric.startsWith("noise") ? 1 - value : value;
  });
  return {
    sample_id: evidence.id,
    tags,
    error: null,
    outcomes,
    scores,
    weighted_score: numbers.length ? numbers.reduce((a, b) => a + b, 0) / numbers.length : null,
    evidence: { ...evidence, cause: diagnose(evidence, outcomes) },
  };
}

export function inputOf(
  samples: ReportSample[],
  language: Language,
  metrics: readonly string[] = METRICS,
): ReportInput {
  return {
    run: {
      run_id: "run_01JDZ",
      name: null,
      mode: "batch",
      judge: "perfect@1",
      judge_model: "some-model",
      embedding_model: null,
      started_at: "2026-11-23T08:00:00.000Z",
      finished_at: "2026-11-23T08:00:09.500Z",
      metrics: [...metrics],
      tags: { app: "demo" },
      session_id: null,
    },
    language,
    versions: { app: "0.1.0", prompts: "3" },
    usage: { judge_calls: 12, cached_calls: 3, prompt_tokens: 4000, completion_tokens: 500 },
    samples,
  };
}
