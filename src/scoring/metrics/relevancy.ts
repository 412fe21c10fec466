import type { Evidence } from "../evidence.ts";
import type { Outcome } from "../outcome.ts";
import { clampToShare, failed, scored } from "../outcomes.ts";
import { blockedBy, type Metric, type Scene } from "./settle.ts";

const MISSING_LIMIT = 0.2;

/**
 * answer_relevancy: how far the answer addresses the question. Formula: with an embedding model the mean cosine of the
 * question with the questions the answer would answer (`method: embedding`, as Ragas); otherwise the judge's own
 * number when it gives one (offline), else the share of the answer's claims that address the question (`method: llm`).
 * Range: 0..1 (Ragas lets negative cosines pass), higher is better. Empty cases: an abstention scores 0 in all three,
 * as in Ragas; an answer without claims that is no abstention: not applicable (`no_claims`). Source: Ragas
 * `answer_relevancy`.
 */
export const answerRelevancy: Metric = (scene) => {
  const { evidence } = scene;
  const { method, failures, question_similarities: similarities } = evidence;
  if (failures.abstained) return failed(failures.abstained, method);
  if (failures.question_similarities) return failed(failures.question_similarities, "embedding");
  if (similarities) {
    const mean = similarities.reduce((sum, value) => sum + value, 0) / similarities.length;
    return scored(evidence.abstained ? 0 : clampToShare(mean), "embedding");
  }
  if (failures.answer_relevancy) return failed(failures.answer_relevancy, method);
  if (evidence.answer_relevancy !== null) {
    const value = evidence.abstained ? 0 : evidence.answer_relevancy;
    return scored(value, method, { confidence: evidence.confidence });
  }
  if (evidence.abstained) return scored(0, method);
  return blockedBy(scene, ["answerClaims"]) ?? shareOnTopic(scene);
};

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
