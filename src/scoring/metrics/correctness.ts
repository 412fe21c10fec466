import type { Outcome } from "../outcome.ts";
import { clampToShare, failed, notApplicable, scored } from "../outcomes.ts";
import type { MetricDefinitions } from "./definition.ts";
import { fBeta, harmonicMean, roundHalfEven } from "./f-score.ts";
import { level } from "./faithfulness.ts";
import { add, type Bounds, mean } from "./logic.ts";
import { blockedBy, hasReference, type Scene, settle } from "./settle.ts";
import type { Table } from "./table.ts";

const RAGAS_EPSILON = 1e-8;
/** Ragas' default weights of answer_correctness. */
const FACTUAL_WEIGHT = 0.75;

/** How many answer claims the reference supports (true of all) and how many reference claims the answer covers. */
export interface ClaimCounts {
  answerTrue: number;
  answerAll: number;
  referenceCovered: number;
  referenceAll: number;
}

type Mode = "precision" | "recall" | "f1";

export const CORRECTNESS_METRICS = {
  // Empty cases: no reference, no reference claims or no answer claims: not applicable.
  factual_correctness: {
    title: { en: "Factual correctness", zh: "事实正确性" },
    description: {
      en: "How well the facts of the answer and of the reference answer agree: F1 of precision and recall of claims.",
      zh: "回答与参考答案在事实层面的一致程度：论断精确率与召回率的 F1。",
    },
    formula:
      "2PR ÷ (P + R), P = share of answer claims in the reference, R = share of reference claims in the answer",
    needs: ["question", "answer", "ground_truth"],
    reads: ["answerReference", "referenceAnswer"],
    source: "Ragas factual_correctness (f1)",
    deviation: {
      en: "Ragas rounds to two decimals, adds 1e-8 to the denominators and gives 0 without claims; its recall mixes the directions (answer claims that are true over those plus missing reference claims). compat=ragas gives Ragas' value.",
      zh: "Ragas 保留两位小数、分母加 1e-8、没有论断时记 0；其召回率混用了两个方向（以回答侧的正确论断作为分子）。compat=ragas 给出 Ragas 的值。",
    },
    isCore: true,
    measure: (scene) => measureFacts(scene, "f1"),
  },
  // Empty cases: no reference or no answer claims: not applicable.
  factual_correctness_precision: {
    title: { en: "Factual correctness, precision", zh: "事实正确性（精确率）" },
    description: {
      en: "Share of the answer's claims that the reference answer supports.",
      zh: "回答的论断有多少被参考答案支持。",
    },
    formula: "answer claims supported by the reference ÷ answer claims",
    needs: ["question", "answer", "ground_truth"],
    reads: ["answerReference"],
    source: "Ragas factual_correctness (precision)",
    deviation: {
      en: "Ragas rounds to two decimals, adds 1e-8 to the denominators and gives 0 without claims; its recall mixes the directions (answer claims that are true over those plus missing reference claims). compat=ragas gives Ragas' value.",
      zh: "Ragas 保留两位小数、分母加 1e-8、没有论断时记 0；其召回率混用了两个方向（以回答侧的正确论断作为分子）。compat=ragas 给出 Ragas 的值。",
    },
    measure: (scene) => measureFacts(scene, "precision"),
  },
  // Empty cases: no reference or no reference claims: not applicable; an answer without claims: 0.
  factual_correctness_recall: {
    title: { en: "Factual correctness, recall", zh: "事实正确性（召回率）" },
    description: {
      en: "Share of the reference answer's claims that the answer gives.",
      zh: "参考答案的论断有多少在回答中得到体现。",
    },
    formula: "reference claims supported by the answer ÷ reference claims",
    needs: ["question", "answer", "ground_truth"],
    reads: ["answerReference", "referenceAnswer"],
    source: "Ragas factual_correctness (recall)",
    deviation: {
      en: "Ragas rounds to two decimals, adds 1e-8 to the denominators and gives 0 without claims; its recall mixes the directions (answer claims that are true over those plus missing reference claims). compat=ragas gives Ragas' value.",
      zh: "Ragas 保留两位小数、分母加 1e-8、没有论断时记 0；其召回率混用了两个方向（以回答侧的正确论断作为分子）。compat=ragas 给出 Ragas 的值。",
    },
    measure: (scene) => measureFacts(scene, "recall"),
  },
  // Empty cases: no reference, no reference claims or no answer claims: not applicable; no similarity: failed.
  answer_correctness: {
    title: { en: "Answer correctness", zh: "答案正确性" },
    description: {
      en: "Facts and overall likeness to the reference answer in one number.",
      zh: "把事实一致性与整体相似度合成一个分数。",
    },
    formula: "0.75 · F1(TP, FP, FN of claims) + 0.25 · semantic_similarity",
    needs: ["question", "answer", "ground_truth"],
    reads: ["answerReference", "referenceAnswer", "similarity"],
    source: "Ragas answer_correctness",
    deviation: {
      en: "Every claim is checked against the other text; Ragas sorts two statement lists in one call and may lose or double some. An answer without claims is not applicable; newer Ragas gives it full factuality.",
      zh: "逐条论断与对方文本核对；Ragas 在一次调用中给两份论断分类，可能遗漏或重复。回答没有论断时为“不适用”，而新版 Ragas 会给满分事实性。",
    },
    measure: (scene) => {
      const blocked = blockedBy(scene, ["reference", "answerClaims", "referenceClaims"]);
      if (blocked) return blocked;
      const similarity = semanticSimilarity(scene);
      if (similarity.value === null) return { ...similarity, method: scene.evidence.method };
      const similar = similarity.value * (1 - FACTUAL_WEIGHT);
      return settle(scene, ["answerOther", "referenceOther"], (table): Bounds => {
        const { low, high } = countClaims(table);
        return {
          low: FACTUAL_WEIGHT * factualF1(low) + similar,
          high: FACTUAL_WEIGHT * factualF1(high) + similar,
        };
      });
    },
  },
  // Empty cases: no reference: not applicable.
  semantic_similarity: {
    title: { en: "Semantic similarity", zh: "语义相似度" },
    description: {
      en: "How alike answer and reference answer are as a whole: cosine of their embeddings.",
      zh: "回答与参考答案的整体相似程度：二者向量的余弦值。",
    },
    formula: "cosine(embedding of answer, embedding of reference), at least 0",
    needs: ["answer", "ground_truth"],
    reads: ["similarity"],
    source: "Ragas semantic_similarity",
    deviation: {
      en: "Ragas' value needs an embedding model (method embedding); the offline judge gives lexical likeness (method offline). Negative cosines count as 0; Ragas lets them pass.",
      zh: "要得到 Ragas 的值须配置向量模型（method 为 embedding）；离线评判给出词面相似度（offline）。负余弦按 0 计，Ragas 则保留负值。",
    },
    isCore: true,
    measure: semanticSimilarity,
  },
  // Empty cases: no reference or no reference claims: not applicable; an answer without claims: 0.
  answer_accuracy: {
    title: { en: "Answer accuracy", zh: "答案准确度" },
    description: {
      en: "1 when answer and reference answer agree in every claim, 0 when in none, else 0.5.",
      zh: "回答与参考答案的论断完全一致记 1，全不一致记 0，其余记 0.5。",
    },
    formula: "1 if all claims of both sides are supported by the other, 0 if none, else 0.5",
    needs: ["question", "answer", "ground_truth"],
    reads: ["answerReference", "referenceAnswer"],
    source: "Ragas answer_accuracy (nv_accuracy)",
    deviation: {
      en: "Ragas averages two ratings of the whole answer, so 0.25 and 0.75 occur there; here the level is read from the claims.",
      zh: "Ragas 取两次整体打分的平均，会出现 0.25 和 0.75；这里由论断判定直接得出。",
    },
    measure: (scene) => {
      const blocked = blockedBy(scene, ["reference", "referenceClaims"]);
      if (blocked) return blocked;
      const unsaid = blockedBy(scene, ["answerClaims"]);
      if (unsaid?.status === "failed") return unsaid;
      if (unsaid) return scored(0, scene.evidence.method);
      return settle(scene, ["answerOther", "referenceOther"], ({ answer, reference }) =>
        level([...answer, ...reference].map((row) => row.byOther)),
      );
    },
  },
} satisfies MetricDefinitions;

function semanticSimilarity({ evidence }: Scene): Outcome {
  const method = evidence.similarity_method ?? evidence.method;
  if (!hasReference(evidence)) return notApplicable("missing_ground_truth", method);
  if (evidence.similarity === null) {
    return failed(evidence.failures.similarity ?? "judge_error", method);
  }
  const value = clampToShare(evidence.similarity);
  return scored(value, method, {
    confidence: method === "embedding" ? null : evidence.confidence,
  });
}

/** The corrected value; null when there is nothing to divide by. */
export function factualScore(counts: ClaimCounts, mode: Mode): number | null {
  const { answerTrue, answerAll, referenceCovered, referenceAll } = counts;
  const precision = answerAll === 0 ? null : answerTrue / answerAll;
  const covered = referenceAll === 0 ? null : referenceCovered / referenceAll;
  if (mode === "precision") return precision;
  if (mode === "recall") return covered;
  return precision === null || covered === null ? null : harmonicMean(precision, covered);
}

/** Ragas' value of the same counts. */
export function factualScoreOfRagas(counts: ClaimCounts, mode: Mode): number {
  const tp = counts.answerTrue;
  const fp = counts.answerAll - tp;
  const fn = counts.referenceAll - counts.referenceCovered;
  if (mode === "precision") return roundHalfEven(tp / (tp + fp + RAGAS_EPSILON));
  if (mode === "recall") return roundHalfEven(tp / (tp + fn + RAGAS_EPSILON));
  return roundHalfEven(fBeta(tp, fp, fn));
}

function measureFacts(scene: Scene, mode: Mode): Outcome {
  const { evidence, compat } = scene;
  const unsplit = blockedBy(
    scene,
    mode === "precision" ? ["reference"] : ["reference", "referenceClaims"],
  );
  if (unsplit) return unsplit;
  const unsaid = blockedBy(scene, ["answerClaims"]);
  if (unsaid?.status === "failed") return unsaid;
  if (unsaid && compat === "ragas") return scored(0, evidence.method);
  if (mode === "recall" && compat === null) {
    if (unsaid) return scored(0, evidence.method);
    return settle(scene, ["referenceOther"], ({ reference }) =>
      mean(reference.map((row) => row.supportByOther)),
    );
  }
  if (unsaid) return unsaid;
  const parts =
    mode === "precision"
      ? (["answerOther"] as const)
      : (["answerOther", "referenceOther"] as const);
  return settle(scene, parts, (table) => {
    const { low, high } = countClaims(table);
    return { low: value(low), high: value(high) };
  });

  function value(counts: ClaimCounts): number {
    if (compat === "ragas") return factualScoreOfRagas(counts, mode);
    return factualScore(counts, mode) ?? Number.NaN;
  }
}

/** All three modes grow with every claim supported, so the worst case has all unknown cells false. */
function countClaims({ answer, reference }: Table): { low: ClaimCounts; high: ClaimCounts } {
  const facts = add(answer.map((row) => row.supportByOther));
  const covered = add(reference.map((row) => row.supportByOther));
  const sizes = { answerAll: answer.length, referenceAll: reference.length };
  return {
    low: { ...sizes, answerTrue: facts.yes, referenceCovered: covered.yes },
    high: { ...sizes, answerTrue: facts.possible, referenceCovered: covered.possible },
  };
}

/** The factual part of answer_correctness: fp and fn are counted each on its own side. */
export function factualF1(counts: ClaimCounts): number {
  const { answerTrue, answerAll, referenceCovered, referenceAll } = counts;
  return fBeta(answerTrue, answerAll - answerTrue, referenceAll - referenceCovered);
}
