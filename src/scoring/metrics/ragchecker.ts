import { scored } from "../outcomes.ts";
import type { MetricDefinitions } from "./definition.ts";
import { harmonicMean } from "./f-score.ts";
import { and, any, anyClaim, type Bounds, count, not, share } from "./logic.ts";
import { NOISE_METRICS } from "./noise.ts";
import { blockedBy, isRetrievalEmpty, type Scene, settle } from "./settle.ts";
import type { Cell, Row, Table } from "./table.ts";

/*
 * RAGChecker's eleven (amazon-science/RAGChecker), from per-passage support: a claim that needs two passages together
 * counts as supported by none, as there. All 0..1. Where RAGChecker gives 0 for want of claims, these are not
 * applicable; a reference with claims makes recall-type metrics 0. On one table rc_faithfulness + rc_hallucination +
 * rc_self_knowledge = 1, and both noise metrics + rc_hallucination = 1 − rc_precision.
 */

const NOT_APPLICABLE = {
  en: "RAGChecker gives 0 when there are no claims; here the metric is then not applicable (recall-type metrics are 0 while the reference has claims).",
  zh: "没有论断时 RAGChecker 记 0，这里记为“不适用”（只要参考答案有论断，召回类指标仍记 0）。",
};

const isFrom = (row: Row): Cell => any(row.byPassage);

export const RAGCHECKER_METRICS = {
  // Empty cases: no reference or no answer claims: not applicable (RAGChecker: 0).
  rc_precision: {
    title: { en: "Precision (RAGChecker)", zh: "精确率（RAGChecker）" },
    description: {
      en: "Share of the answer's claims that the reference answer supports.",
      zh: "回答的论断有多少被参考答案支持。",
    },
    formula: "mean_i T[i]",
    needs: ["question", "answer", "ground_truth"],
    reads: ["answerReference"],
    source: "RAGChecker precision",
    deviation: NOT_APPLICABLE,
    measure: (scene) =>
      blockedBy(scene, ["reference", "answerClaims"]) ??
      settle(scene, ["answerOther"], ({ answer }) => share(answer.map((row) => row.byOther))),
  },
  // Empty cases: no reference or no reference claims: not applicable; an answer without claims: 0.
  rc_recall: {
    title: { en: "Recall (RAGChecker)", zh: "召回率（RAGChecker）" },
    description: {
      en: "Share of the reference answer's claims that the answer gives.",
      zh: "参考答案的论断有多少在回答中得到体现。",
    },
    formula: "mean_j H[j]",
    needs: ["question", "answer", "ground_truth"],
    reads: ["referenceAnswer"],
    source: "RAGChecker recall",
    deviation: NOT_APPLICABLE,
    measure: (scene) => recall(scene),
  },
  // Empty cases: no reference, no reference claims or no answer claims: not applicable.
  rc_f1: {
    title: { en: "F1 (RAGChecker)", zh: "F1（RAGChecker）" },
    description: { en: "Harmonic mean of precision and recall.", zh: "精确率与召回率的调和平均。" },
    formula: "2PR ÷ (P + R)",
    needs: ["question", "answer", "ground_truth"],
    reads: ["answerReference", "referenceAnswer"],
    source: "RAGChecker f1",
    deviation: NOT_APPLICABLE,
    measure: (scene) =>
      blockedBy(scene, ["reference", "answerClaims", "referenceClaims"]) ??
      settle(scene, ["answerOther", "referenceOther"], ({ answer, reference }) => {
        const precision = share(answer.map((row) => row.byOther));
        const covered = share(reference.map((row) => row.byOther));
        return {
          low: harmonicMean(precision.low, covered.low),
          high: harmonicMean(precision.high, covered.high),
        };
      }),
  },
  // Empty cases: no contexts, no reference or no reference claims: not applicable; empty retrieval: 0.
  rc_claim_recall: {
    title: { en: "Claim recall (RAGChecker)", zh: "论断召回率（RAGChecker）" },
    description: {
      en: "Share of the reference answer's claims that a single retrieved passage supports.",
      zh: "参考答案的论断有多少能被某个单独的检索段落支持。",
    },
    formula: "mean_j any_p R[j][p]",
    needs: ["question", "contexts", "ground_truth"],
    reads: ["referencePassages"],
    source: "RAGChecker claim_recall",
    deviation: NOT_APPLICABLE,
    measure: (scene) => ofReference(scene, ({ reference }) => share(reference.map(isFrom))),
  },
  // Empty cases: no contexts, no reference or no reference claims: not applicable; empty retrieval: 0.
  rc_context_precision: {
    title: { en: "Context precision (RAGChecker)", zh: "上下文精确率（RAGChecker）" },
    description: {
      en: "Share of the retrieved passages that support a claim of the reference answer. Ranks do not matter.",
      zh: "检索段落中有多少支持参考答案的某个论断，与排序无关。",
    },
    formula: "mean_p any_j R[j][p]",
    needs: ["question", "contexts", "ground_truth"],
    reads: ["referencePassages"],
    source: "RAGChecker context_precision",
    deviation: NOT_APPLICABLE,
    measure: (scene) =>
      ofReference(scene, ({ reference, passageCount }) =>
        share(anyClaim(reference, passageCount, "byPassage")),
      ),
  },
  // Empty cases: no contexts, no reference or no reference claims: not applicable; empty retrieval: 0; nothing recalled: 0.
  rc_context_utilization: {
    title: { en: "Context utilization (RAGChecker)", zh: "上下文利用率（RAGChecker）" },
    description: {
      en: "Of the reference claims that were retrieved, the share the answer gives.",
      zh: "已检索到的参考答案论断中，有多少在回答中得到体现。",
    },
    formula: "Σ_j (any_p R[j][p] and H[j]) ÷ Σ_j any_p R[j][p]",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["referencePassages", "referenceAnswer"],
    source: "RAGChecker context_utilization",
    deviation: NOT_APPLICABLE,
    measure: (scene) => {
      const blocked = blockedBy(scene, ["passages", "reference"]);
      if (blocked) return blocked;
      if (isRetrievalEmpty(scene.evidence)) return scored(0, scene.evidence.method);
      return (
        blockedBy(scene, ["referenceClaims"]) ??
        settle(scene, ["referencePassages", "referenceOther"], utilization)
      );
    },
  },
  // Empty cases: as noise_sensitivity.
  rc_noise_sensitivity_in_relevant: {
    title: {
      en: "Noise sensitivity in relevant (RAGChecker)",
      zh: "相关段落噪声敏感度（RAGChecker）",
    },
    description: {
      en: "Share of the answer's claims that are wrong and come from a relevant passage.",
      zh: "回答中错误、且来自相关段落的论断比例。",
    },
    formula: "mean_i [any_p (rel_p and A[i][p]) and not T[i]]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "referencePassages", "answerReference"],
    source: "RAGChecker noise_sensitivity_in_relevant",
    deviation: NOT_APPLICABLE,
    measure: NOISE_METRICS.noise_sensitivity.measure,
  },
  // Empty cases: as noise_sensitivity.
  rc_noise_sensitivity_in_irrelevant: {
    title: {
      en: "Noise sensitivity in irrelevant (RAGChecker)",
      zh: "无关段落噪声敏感度（RAGChecker）",
    },
    description: {
      en: "Share of the answer's claims that are wrong and come from irrelevant passages only.",
      zh: "回答中错误、且只来自无关段落的论断比例。",
    },
    formula:
      "mean_i [any_p (not rel_p and A[i][p]) and not any_p (rel_p and A[i][p]) and not T[i]]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "referencePassages", "answerReference"],
    source: "RAGChecker noise_sensitivity_in_irrelevant",
    deviation: NOT_APPLICABLE,
    measure: NOISE_METRICS.noise_sensitivity_irrelevant.measure,
  },
  // Empty cases: no contexts, no reference or no answer claims: not applicable.
  rc_hallucination: {
    title: { en: "Hallucination (RAGChecker)", zh: "幻觉率（RAGChecker）" },
    description: {
      en: "Share of the answer's claims that no single passage and not the reference supports.",
      zh: "回答中没有任何单个段落支持、也不被参考答案支持的论断比例。",
    },
    formula: "mean_i (not any_p A[i][p] and not T[i])",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "answerReference"],
    source: "RAGChecker hallucination",
    deviation: NOT_APPLICABLE,
    measure: (scene) => besidePassages(scene, (row) => and(not(isFrom(row)), not(row.byOther))),
  },
  // Empty cases: no contexts, no reference or no answer claims: not applicable.
  rc_self_knowledge: {
    title: { en: "Self-knowledge (RAGChecker)", zh: "自有知识率（RAGChecker）" },
    description: {
      en: "Share of the answer's claims that are right but supported by no single passage.",
      zh: "回答中正确、但没有任何单个段落支持的论断比例。",
    },
    formula: "mean_i (not any_p A[i][p] and T[i])",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "answerReference"],
    source: "RAGChecker self_knowledge",
    deviation: NOT_APPLICABLE,
    measure: (scene) => besidePassages(scene, (row) => and(not(isFrom(row)), row.byOther)),
  },
  // Empty cases: no contexts, or an answer without claims: not applicable (`abstained` or `no_claims`); empty retrieval: 0.
  rc_faithfulness: {
    title: { en: "Faithfulness (RAGChecker)", zh: "忠实度（RAGChecker）" },
    description: {
      en: "Share of the answer's claims that a single passage supports; at most faithfulness.",
      zh: "回答的论断有多少能被某个单独的段落支持；不会高于 faithfulness。",
    },
    formula: "mean_i any_p A[i][p]",
    needs: ["question", "answer", "contexts"],
    reads: ["answerPassages"],
    source: "RAGChecker faithfulness",
    deviation: NOT_APPLICABLE,
    measure: (scene) =>
      blockedBy(scene, ["passages", "answerClaims"]) ??
      settle(scene, ["answerPassages"], ({ answer }) => share(answer.map(isFrom))),
  },
} satisfies MetricDefinitions;

function besidePassages(scene: Scene, test: (row: Row) => Cell) {
  return (
    blockedBy(scene, ["passages", "reference", "answerClaims"]) ??
    settle(scene, ["answerPassages", "answerOther"], ({ answer }) => share(answer.map(test)))
  );
}

function ofReference(scene: Scene, formula: (table: Table) => Bounds) {
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(scene.evidence)) return scored(0, scene.evidence.method);
  return blockedBy(scene, ["referenceClaims"]) ?? settle(scene, ["referencePassages"], formula);
}

function utilization({ reference }: Table): Bounds {
  const recalled = reference.map(isFrom);
  const used = reference.map((row, index) => and(recalled[index] ?? null, row.byOther));
  const recalledUnused = reference.map((row, index) =>
    and(recalled[index] ?? null, not(row.byOther)),
  );
  const yes = count(used);
  const no = count(recalledUnused);
  return { low: ratio(yes.yes, no.possible), high: ratio(yes.possible, no.yes) };
}

function ratio(part: number, rest: number): number {
  return part === 0 ? 0 : part / (part + rest);
}

/** mean_j H[j], and 0 when the answer makes no claim that could cover anything. */
function recall(scene: Scene) {
  const blocked = blockedBy(scene, ["reference", "referenceClaims"]);
  if (blocked) return blocked;
  const unsaid = blockedBy(scene, ["answerClaims"]);
  if (unsaid?.status === "failed") return unsaid;
  if (unsaid) return scored(0, scene.evidence.method);
  return settle(scene, ["referenceOther"], ({ reference }) =>
    share(reference.map((row) => row.byOther)),
  );
}
