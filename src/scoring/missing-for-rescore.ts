import type { ContextPrecisionMode } from "../contract/score-request.ts";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import type { Evidence, EvidenceClaim } from "./evidence.ts";
import type { Part } from "./metrics/definition.ts";
import { partsRead } from "./needs.ts";

/**
 * The metrics that cannot be computed from a stored evidence because what they read was never asked of the judge.
 * A part that was asked and failed is not missing: its metric is failed, with the reason. A metric whose input the
 * sample lacks is not missing either: it is not applicable.
 * @param mode what context_precision and context_utilization are to rest on; default: what the evidence holds
 */
export function missingForRescore(
  evidence: Evidence,
  metrics: readonly string[],
  mode: ContextPrecisionMode = "claims",
): string[] {
  const sample = {
    passages: evidence.passages?.map(({ text }) => text) ?? null,
    reference: evidence.reference?.text ?? null,
  };
  return metrics.filter((metric) => {
    if (metric.startsWith(CRITERION_PREFIX)) return !wasCriterionAsked(evidence, metric);
    return partsRead(metric, sample, mode).some((part) => !wasAsked(evidence, part));
  });
}

function wasCriterionAsked({ criteria, failures, criteria_asked }: Evidence, metric: string) {
  const name = metric.slice(CRITERION_PREFIX.length);
  const isKnown = Object.hasOwn(criteria, name) || Object.hasOwn(failures, metric);
  return isKnown || (criteria_asked?.some((criterion) => criterion.name === name) ?? false);
}

function wasAsked(evidence: Evidence, part: Part): boolean {
  const { failures } = evidence;
  const hasText = evidence.passages?.some(({ sentences }) => sentences.length > 0) ?? false;
  switch (part) {
    case "answerPassages":
      return wereClaimsAsked(evidence, "answer", (claim) => !hasText || isChecked(claim));
    case "referencePassages":
      return !hasText || wereClaimsAsked(evidence, "reference", isChecked);
    case "answerReference":
      return wereClaimsAsked(evidence, "answer", isCompared);
    case "referenceAnswer":
      return (
        wereClaimsAsked(evidence, "reference", isCompared) &&
        wereClaimsAsked(evidence, "answer", () => true)
      );
    case "relevancy":
      return wasRelevancyAsked(evidence);
    case "relevance":
      return !hasText || evidence.answerable !== null || failures.relevance !== undefined;
    case "similarity":
      return evidence.similarity !== null || failures.similarity !== undefined;
    case "entities":
      return true; // Code finds them where no judge was asked.
    case "usefulForReference":
      return isUsefulnessKnown(evidence, "reference", hasText);
    case "usefulForAnswer":
      return isUsefulnessKnown(evidence, "answer", hasText);
    default:
      return part satisfies never;
  }
}

function wereClaimsAsked(
  evidence: Evidence,
  of: "answer" | "reference",
  has: (claim: EvidenceClaim) => boolean,
): boolean {
  if (evidence.failures[`${of}_claims`] !== undefined) return true;
  if (evidence.unasked?.includes(`${of}_claims`)) return false;
  return evidence.claims.every((claim) => claim.of !== of || has(claim));
}

function isChecked({ verdict, failed }: EvidenceClaim): boolean {
  return verdict !== null || failed?.passages !== undefined;
}

function isCompared({ supported_by_reference: t, supported_by_answer: h, failed }: EvidenceClaim) {
  return (t ?? h ?? null) !== null || failed?.other !== undefined;
}

function wasRelevancyAsked(evidence: Evidence): boolean {
  const { failures, abstained } = evidence;
  if (evidence.question_similarities !== null || evidence.answer_relevancy !== null) return true;
  if (failures.question_similarities || failures.answer_relevancy || failures.abstained)
    return true;
  if (abstained === null) return false;
  return (
    abstained ||
    wereClaimsAsked(evidence, "answer", ({ on_topic }) => typeof on_topic === "boolean")
  );
}

function isUsefulnessKnown(
  { usefulness, failures }: Evidence,
  text: "reference" | "answer",
  hasText: boolean,
): boolean {
  return !hasText || failures.usefulness !== undefined || usefulness?.[text] !== undefined;
}
