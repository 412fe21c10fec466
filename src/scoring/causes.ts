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
