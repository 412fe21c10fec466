/** Names of every metric, in catalogue order. Ragas' names mean what Ragas documents; RAGChecker's carry `rc_`. */
export const METRIC_NAMES = [
  "faithfulness",
  "answer_relevancy",
  "context_precision",
  "context_recall",
  "noise_sensitivity",
  "factual_correctness",
  "semantic_similarity",
  "context_utilization",
  "context_entity_recall",
  "noise_sensitivity_irrelevant",
  "factual_correctness_precision",
  "factual_correctness_recall",
  "answer_correctness",
  "context_relevance",
  "response_groundedness",
  "answer_accuracy",
  "rc_precision",
  "rc_recall",
  "rc_f1",
  "rc_claim_recall",
  "rc_context_precision",
  "rc_context_utilization",
  "rc_noise_sensitivity_in_relevant",
  "rc_noise_sensitivity_in_irrelevant",
  "rc_hallucination",
  "rc_self_knowledge",
  "rc_faithfulness",
  "hallucination",
  "self_knowledge",
  "contradiction_rate",
  "unused_relevant_passages",
  "citation_accuracy",
  "bleu",
  "rouge_1",
  "rouge_l",
  "chrf",
  "exact_match",
  "string_presence",
  "string_similarity",
  "string_similarity_hamming",
  "string_similarity_jaro",
  "string_similarity_jaro_winkler",
  "quoted_spans",
  "non_llm_context_precision",
  "non_llm_context_recall",
  "id_based_context_precision",
  "id_based_context_recall",
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

/** Scored when a request names no metrics. */
export const DEFAULT_METRICS: readonly MetricName[] = [
  "faithfulness",
  "answer_relevancy",
  "context_recall",
  "context_precision",
];

/** The seven every deployment has had from the start. */
export const CORE_METRICS: readonly MetricName[] = [
  "faithfulness",
  "answer_relevancy",
  "context_recall",
  "context_precision",
  "noise_sensitivity",
  "factual_correctness",
  "semantic_similarity",
];

const NAMES: ReadonlySet<string> = new Set(METRIC_NAMES);

export const CRITERION_PREFIX = "criterion:";

/** The metric of a user's own criterion. */
export function criterionMetric(name: string): string {
  return `${CRITERION_PREFIX}${name}`;
}

/** A custom criterion is named `criterion:<slug>`; everything else is in the list. */
export function isMetricName(name: string): name is MetricName {
  return NAMES.has(name);
}

/** Closed list: why a metric has no number. */
export const REASONS = [
  "missing_answer",
  "missing_contexts",
  "missing_ground_truth",
  "missing_reference_contexts",
  "missing_ids",
  "no_claims",
  "no_reference_claims",
  "abstained",
  "judge_error",
  "judge_refused",
  "budget",
  "cancelled",
  "not_asked",
] as const;

/** Closed list: why a sample is weak. */
export const CAUSES = [
  "missing_in_retrieval",
  "retrieved_but_ignored",
  "ranked_too_low",
  "noise_followed",
  "invented",
  "contradicts_context",
  "off_topic",
  "refused_though_answerable",
] as const;
