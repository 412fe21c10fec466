import type { MetricName } from "../../src/scoring/metrics/registry.ts";

/** Together they ask the judge for the whole table: claims of both texts, passages, topic. */
export const CORE_METRICS: readonly MetricName[] = [
  "faithfulness",
  "answer_relevancy",
  "context_recall",
  "context_precision",
  "noise_sensitivity",
  "factual_correctness",
  "semantic_similarity",
];
