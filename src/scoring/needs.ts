import { isMetricName, type MetricName } from "../metric-names.ts";
import type { Criterion, Needs } from "./judge.ts";
import type { Sample } from "./sample.ts";

type Cells = "answerPassages" | "referencePassages" | "answerReference" | "referenceAnswer";
type Part = Cells | "answerClaims" | "relevancy" | "similarity" | "entities" | "relevance";

/** The cells of the evidence table each metric reads. Metrics that need no judge are not listed. */
const READS: Partial<Record<MetricName, readonly Part[]>> = {
  faithfulness: ["answerPassages"],
  answer_relevancy: ["relevancy"],
  context_precision: ["referencePassages"],
  context_recall: ["referencePassages"],
  noise_sensitivity: ["answerPassages", "referencePassages", "answerReference"],
  factual_correctness: ["answerReference", "referenceAnswer"],
  semantic_similarity: ["similarity"],
  context_utilization: ["answerPassages"],
  context_entity_recall: ["entities"],
  noise_sensitivity_irrelevant: ["answerPassages", "referencePassages", "answerReference"],
  factual_correctness_precision: ["answerReference"],
  factual_correctness_recall: ["answerReference", "referenceAnswer"],
  answer_correctness: ["answerReference", "referenceAnswer", "similarity"],
  context_relevance: ["relevance"],
  response_groundedness: ["answerPassages"],
  answer_accuracy: ["answerReference", "referenceAnswer"],
  rc_precision: ["answerReference"],
  rc_recall: ["referenceAnswer"],
  rc_f1: ["answerReference", "referenceAnswer"],
  rc_claim_recall: ["referencePassages"],
  rc_context_precision: ["referencePassages"],
  rc_context_utilization: ["referencePassages", "referenceAnswer"],
  rc_noise_sensitivity_in_relevant: ["answerPassages", "referencePassages", "answerReference"],
  rc_noise_sensitivity_in_irrelevant: ["answerPassages", "referencePassages", "answerReference"],
  rc_hallucination: ["answerPassages", "answerReference"],
  rc_self_knowledge: ["answerPassages", "answerReference"],
  rc_faithfulness: ["answerPassages"],
  hallucination: ["answerPassages", "answerReference"],
  self_knowledge: ["answerPassages", "answerReference"],
  contradiction_rate: ["answerPassages"],
  unused_relevant_passages: ["answerPassages", "referencePassages"],
  citation_accuracy: ["answerPassages"],
};

const READS_PASSAGES: readonly Part[] = ["relevance", "answerPassages", "referencePassages"];

/**
 * What to ask the judge: the cells the metrics read, as far as the inputs of the sample allow. A metric whose input
 * is missing asks for nothing, and against an empty retrieval nothing is checked: no passage supports anything.
 */
export function needsOf(
  metrics: readonly string[],
  sample: Pick<Sample, "answer" | "passages" | "reference">,
  criteria: readonly Criterion[] = [],
): Needs {
  const hasPassages = sample.passages !== null;
  const hasText = sample.passages?.some((passage) => passage.trim() !== "") ?? false;
  const hasReference = sample.reference !== null && sample.reference.trim() !== "";
  const parts = new Set<Part>();
  for (const metric of metrics) {
    const reads = isMetricName(metric) ? (READS[metric] ?? []) : [];
    if (reads.every((part) => isPossible(part, hasPassages, hasReference))) {
      for (const part of reads) parts.add(part);
    }
  }
  const answerChecks = parts.has("answerPassages") || parts.has("answerReference");
  const referenceChecks =
    (parts.has("referencePassages") && hasText) || parts.has("referenceAnswer");
  return {
    answerClaims: answerChecks || parts.has("relevancy") || parts.has("referenceAnswer"),
    referenceClaims: referenceChecks,
    answerAgainstPassages: parts.has("answerPassages") && hasText,
    referenceAgainstPassages: parts.has("referencePassages") && hasText,
    answerAgainstReference: parts.has("answerReference"),
    referenceAgainstAnswer: parts.has("referenceAnswer"),
    answerRelevancy: parts.has("relevancy"),
    // A call that reads the passages anyway also says what each was worth, for the report to show.
    passageRelevance: hasText && READS_PASSAGES.some((part) => parts.has(part)),
    similarity: parts.has("similarity"),
    referenceEntities: parts.has("entities") && hasText,
    criteria: criteria.filter(({ name }) => metrics.includes(`criterion:${name}`)),
  };
}

function isPossible(part: Part, hasPassages: boolean, hasReference: boolean): boolean {
  if (part === "answerPassages" || part === "relevance") return hasPassages;
  if (part === "referencePassages" || part === "entities") return hasPassages && hasReference;
  if (part === "answerReference" || part === "referenceAnswer") return hasReference;
  return part !== "similarity" || hasReference;
}
