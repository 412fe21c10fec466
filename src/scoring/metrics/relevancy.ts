import { weakest } from "../confidence.ts";
import type { Evidence } from "../evidence.ts";
import type { Confidence, Outcome } from "../outcome.ts";
import { clampToShare, failed, scored } from "../outcomes.ts";
import type { MetricDefinitions } from "./definition.ts";
import { blockedBy, type Scene } from "./settle.ts";

const MISSING_LIMIT = 0.2;

export const RELEVANCY_METRICS = {
  // Empty cases: an abstention scores 0 in all three, as in Ragas; an answer without claims that is no abstention: not applicable (`no_claims`).
  answer_relevancy: {
    title: { en: "Answer relevancy", zh: "答案相关性" },
    description: {
      en: "How far the answer addresses the question that was asked. A refusal scores 0.",
      zh: "回答在多大程度上回应了所提的问题。拒答记 0。",
    },
    formula:
      "mean cosine(question, question the answer would answer); without embeddings the share of claims that address the question",
    needs: ["question", "answer"],
    reads: ["relevancy"],
    source: "Ragas answer_relevancy",
    deviation: {
      en: "Ragas' value needs an embedding model (method embedding). Without one the share of on-topic claims (method llm) or weighted question words (method offline) is given. Negative cosines count as 0; Ragas lets them pass.",
      zh: "要得到 Ragas 的值须配置向量模型（method 为 embedding）。未配置时用切题论断的比例（llm）或问题词的加权覆盖（offline）代替。负余弦按 0 计，Ragas 则保留负值。",
    },
    isDefault: true,
    isCore: true,
    measure: (scene) => {
      const { evidence } = scene;
      const { method, failures, question_similarities: similarities } = evidence;
      if (failures.abstained) return failed(failures.abstained, method);
      if (failures.question_similarities)
        return failed(failures.question_similarities, "embedding");
      if (similarities) {
        const mean = similarities.reduce((sum, value) => sum + value, 0) / similarities.length;
        return scored(evidence.abstained ? 0 : clampToShare(mean), "embedding");
      }
      if (failures.answer_relevancy) return failed(failures.answer_relevancy, method);
      if (evidence.answer_relevancy !== null) {
        const value = evidence.abstained ? 0 : evidence.answer_relevancy;
        return scored(value, method, { confidence: confidenceOf(evidence, value) });
      }
      if (evidence.abstained) return scored(0, method);
      return blockedBy(scene, ["answerClaims"]) ?? shareOnTopic(scene);
    },
  },
} satisfies MetricDefinitions;

/** Overlap with the question's words is never more than fairly sure: those of a right answer may all be others. */
const FAIRLY = 0.85;

function confidenceOf({ method, confidence }: Evidence, value: number): Confidence | null {
  return method === "offline"
    ? weakest([Math.min(FAIRLY, Math.max(value, 1 - value))])
    : confidence;
}

function shareOnTopic({ evidence, table }: Scene): Outcome {
  const flags = table.answer.map(({ claim }) => claim.on_topic ?? null);
  const judged = flags.filter((flag) => flag !== null).length;
  if (judged < flags.length * (1 - MISSING_LIMIT)) return failed("judge_error", evidence.method);
  const yes = flags.filter((flag) => flag === true).length;
  const { confidence } = evidence;
  if (judged === flags.length) return scored(yes / judged, evidence.method, { confidence });
  return scored(yes / judged, evidence.method, {
    confidence,
    coverage: judged / flags.length,
    interval: [yes / flags.length, (yes + flags.length - judged) / flags.length],
  });
}

/**
 * criterion:<name>, a user's own question or rubric about the answer, judged by a model in the call that checks the
 * claims. Formula: 1 for yes and 0 for no, or (level − 1) ÷ 4 for levels 1 to 5. Range: 0..1, higher is better.
 * Empty cases: a judge that cannot read criteria (offline) or gave no usable reply: failed (`judge_error`).
 * Source: ours; Ragas' aspect critic and rubrics are the nearest.
 */
export function measureCriterion(evidence: Evidence, name: string): Outcome {
  const { method, failures, criteria, confidence } = evidence;
  const value = Object.hasOwn(criteria, name) ? criteria[name] : null;
  if (value !== null && value !== undefined) return scored(value, method, { confidence });
  return failed(failures[`criterion:${name}`] ?? "judge_error", method);
}
