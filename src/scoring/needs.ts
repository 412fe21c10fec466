import type { ContextPrecisionMode } from "../contract.ts";
import { criterionMetric, isMetricName, type MetricName } from "../metric-names.ts";
import type { Criterion, Needs, UsefulFor } from "./judge.ts";
import type { Sample } from "./sample.ts";

type Cells = "answerPassages" | "referencePassages" | "answerReference" | "referenceAnswer";
export type Part =
  | Cells
  | "relevancy"
  | "similarity"
  | "entities"
  | "relevance"
  | "usefulForReference"
  | "usefulForAnswer";

/** Asked on top of the claims, so that a judge that cannot tell, or another mode later, still has them. */
const READS_USEFULNESS: Partial<Record<MetricName, readonly Part[]>> = {
  context_precision: ["referencePassages", "usefulForReference"],
  context_utilization: ["answerPassages", "usefulForAnswer"],
};

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

/** The parts of the evidence table a metric reads, or none where the sample lacks an input: nothing is asked then. */
export function partsRead(
  metric: string,
  sample: Pick<Sample, "passages" | "reference">,
  mode: ContextPrecisionMode = "claims",
): readonly Part[] {
  if (!isMetricName(metric)) return [];
  const reads = (mode === "usefulness" && READS_USEFULNESS[metric]) || (READS[metric] ?? []);
  return reads.every((part) => isPossible(part, sample)) ? reads : [];
}

/**
 * What to ask the judge: the cells the metrics read, as far as the inputs of the sample allow. A metric whose input
 * is missing asks for nothing, and against an empty retrieval nothing is checked: no passage supports anything.
 */
export function needsOf(
  metrics: readonly string[],
  sample: Pick<Sample, "answer" | "passages" | "reference">,
  criteria: readonly Criterion[] = [],
  mode: ContextPrecisionMode = "claims",
): Needs {
  const hasText = sample.passages?.some((passage) => passage.trim() !== "") ?? false;
  const parts = new Set(metrics.flatMap((metric) => partsRead(metric, sample, mode)));
  const usefulness: UsefulFor[] = [];
  if (parts.has("usefulForReference") && hasText) usefulness.push("reference");
  if (parts.has("usefulForAnswer") && hasText) usefulness.push("answer");
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
    ...(usefulness.length > 0 ? { usefulness } : {}),
    similarity: parts.has("similarity"),
    referenceEntities: parts.has("entities") && hasText,
    criteria: criteria.filter(({ name }) => metrics.includes(criterionMetric(name))),
  };
}

function isPossible(
  part: Part,
  { passages, reference }: Pick<Sample, "passages" | "reference">,
): boolean {
  const hasPassages = passages !== null;
  const hasReference = reference !== null && reference.trim() !== "";
  switch (part) {
    case "answerPassages":
    case "relevance":
    case "usefulForAnswer":
      return hasPassages;
    case "referencePassages":
    case "entities":
    case "usefulForReference":
      return hasPassages && hasReference;
    case "answerReference":
    case "referenceAnswer":
    case "similarity":
      return hasReference;
    case "relevancy":
      return true;
    default:
      return part satisfies never;
  }
}
