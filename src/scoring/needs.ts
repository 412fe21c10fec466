import type { ContextPrecisionMode } from "../contract/score-request.ts";
import { criterionMetric } from "../criterion-metric.ts";
import type { Criterion, Needs, UsefulFor } from "./judge.ts";
import type { Part } from "./metrics/definition.ts";
import { isMetricName, METRICS } from "./metrics/registry.ts";
import type { Sample } from "./sample.ts";

const READS_PASSAGES: readonly Part[] = ["relevance", "answerPassages", "referencePassages"];

/** The parts of the evidence table a metric reads, or none where the sample lacks an input: nothing is asked then. */
export function partsRead(
  metric: string,
  sample: Pick<Sample, "passages" | "reference">,
  mode: ContextPrecisionMode = "claims",
): readonly Part[] {
  if (!isMetricName(metric)) return [];
  const { reads: usually, readsForUsefulness } = METRICS[metric];
  const reads = (mode === "usefulness" && readsForUsefulness) || usually;
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
