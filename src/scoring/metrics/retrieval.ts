import type { UsefulFor } from "../judge.ts";
import type { Outcome } from "../outcome.ts";
import { failed, notApplicable, scored } from "../outcomes.ts";
import { averagePrecision, averagePrecisionBounds } from "./average-precision.ts";
import type { MetricDefinitions } from "./definition.ts";
import { and, anyClaim, mean, not, share } from "./logic.ts";
import { blockedBy, isRetrievalEmpty, type Scene, settle } from "./settle.ts";

/**
 * Average precision over the judge's word that a passage was useful, as Ragas asks; null when that was not asked of
 * this judge, so that the claims decide. A failed cell stays failed: another question has another answer.
 */
function byUsefulness({ evidence, compat }: Scene, text: UsefulFor): Outcome | null {
  const { usefulness, failures, method, confidence } = evidence;
  if (failures.usefulness) return failed(failures.usefulness, method);
  const flags = usefulness?.[text];
  return flags ? scored(averagePrecision(flags, compat), method, { confidence }) : null;
}

export const RETRIEVAL_METRICS = {
  // Empty cases: no contexts, no ground truth or no reference claims: not applicable; empty retrieval: 0 without asking.
  context_recall: {
    title: { en: "Context recall", zh: "上下文召回率" },
    description: {
      en: "Share of the reference answer's claims that the retrieved passages hold. Low: retrieval misses what is needed.",
      zh: "参考答案的论断有多少能在检索段落中找到。偏低说明检索漏掉了需要的内容。",
    },
    formula: "mean over reference claims of [supported by the passages read together]",
    needs: ["question", "contexts", "ground_truth"],
    reads: ["referencePassages"],
    source: "Ragas context_recall",
    deviation: {
      en: "Units are claims; Ragas lets the judge split the reference by sentence within the same call. Empty retrieval scores 0 without asking.",
      zh: "以论断为单位；Ragas 在同一次调用里让模型按句子切分参考答案。检索为空时直接记 0。",
    },
    isDefault: true,
    isCore: true,
    measure: (scene) => {
      const { evidence } = scene;
      const blocked = blockedBy(scene, ["passages", "reference"]);
      if (blocked) return blocked;
      if (isRetrievalEmpty(evidence)) return scored(0, evidence.method);
      return (
        blockedBy(scene, ["referenceClaims"]) ??
        settle(scene, ["referencePassages"], ({ reference }) =>
          mean(reference.map((row) => row.support)),
        )
      );
    },
  },
  // Empty cases: no contexts, no ground truth or no reference claims: not applicable; empty retrieval: 0.
  context_precision: {
    title: { en: "Context precision", zh: "上下文精确度" },
    description: {
      en: "Do the passages that hold the reference answer stand at the top? A measure of rank, not a share.",
      zh: "包含参考答案内容的段落是否排在前面。这是排序质量指标，不是比例。",
    },
    formula: "average precision over [passage holds evidence of a reference claim]",
    needs: ["question", "contexts", "ground_truth"],
    reads: ["referencePassages"],
    readsForUsefulness: ["referencePassages", "usefulForReference"],
    source: "Ragas context_precision",
    deviation: {
      en: "Ragas asks whether a passage is useful for the reference; here it must hold evidence of one of its claims. context_precision_mode=usefulness asks a model Ragas' question. Ragas' 1e-10 in the denominator, which keeps a perfect score below 1, comes back with compat=ragas.",
      zh: "Ragas 询问段落对得出参考答案是否有用，这里要求段落确实含有某个论断的依据；设 context_precision_mode=usefulness 则像 Ragas 一样询问模型。Ragas 在分母中加 1e-10（满分永远不到 1），设 compat=ragas 可还原。",
    },
    isDefault: true,
    isCore: true,
    measure: (scene) => {
      const { evidence, compat } = scene;
      const blocked = blockedBy(scene, ["passages", "reference"]);
      if (blocked) return blocked;
      if (isRetrievalEmpty(evidence)) return scored(0, evidence.method);
      return (
        byUsefulness(scene, "reference") ??
        blockedBy(scene, ["referenceClaims"]) ??
        settle(scene, ["referencePassages"], ({ reference, passageCount }) =>
          averagePrecisionBounds(anyClaim(reference, passageCount, "helpedBy"), compat),
        )
      );
    },
  },
  // Empty cases: no contexts or no answer claims: not applicable; empty retrieval: 0.
  context_utilization: {
    title: { en: "Context utilization", zh: "上下文利用度" },
    description: {
      en: "Do the passages the answer rests on stand at the top? Needs no reference answer.",
      zh: "回答真正用到的段落是否排在前面。不需要参考答案。",
    },
    formula: "average precision over [passage holds evidence of an answer claim]",
    needs: ["question", "answer", "contexts"],
    reads: ["answerPassages"],
    readsForUsefulness: ["answerPassages", "usefulForAnswer"],
    source: "Ragas context_utilization",
    deviation: {
      en: "Evidence instead of usefulness, as in context_precision, and context_precision_mode=usefulness asks as Ragas does; compat=ragas adds Ragas' epsilon. RAGChecker's metric of this name is rc_context_utilization.",
      zh: "与 context_precision 一样以依据代替“有用”，设 context_precision_mode=usefulness 则按 Ragas 的方式询问；compat=ragas 还原 Ragas 的 epsilon。RAGChecker 的同名指标是 rc_context_utilization。",
    },
    isCore: true,
    measure: (scene) => {
      const { usefulness, failures } = scene.evidence;
      const isUsefulnessAsked =
        usefulness?.answer !== undefined || failures.usefulness !== undefined;
      const blocked = blockedBy(
        scene,
        isUsefulnessAsked ? ["passages"] : ["passages", "answerClaims"],
      );
      if (blocked) return blocked;
      if (isRetrievalEmpty(scene.evidence)) return scored(0, scene.evidence.method);
      return (
        byUsefulness(scene, "answer") ??
        settle(scene, ["answerPassages"], ({ answer, passageCount }) =>
          averagePrecisionBounds(anyClaim(answer, passageCount, "helpedBy"), scene.compat),
        )
      );
    },
  },
  // Empty cases: no contexts: not applicable; empty retrieval: 0.
  context_relevance: {
    title: { en: "Context relevance", zh: "上下文相关性" },
    description: {
      en: "Can the question be answered from the passages: 1 fully, 0.5 in part, 0 not.",
      zh: "仅凭检索段落能否回答问题：完全可以记 1，部分可以记 0.5，不能记 0。",
    },
    formula: "1 / 0.5 / 0 for answerable in full / in part / not",
    needs: ["question", "contexts"],
    reads: ["relevance"],
    source: "Ragas context_relevance (nv_context_relevance)",
    deviation: {
      en: "Ragas averages two ratings, so 0.25 and 0.75 occur there; here one judgement in the call that reads the passages anyway.",
      zh: "Ragas 取两次打分的平均，会出现 0.25 和 0.75；这里在读取段落的同一次调用中只判定一次。",
    },
    isCore: true,
    measure: (scene) => {
      const { evidence } = scene;
      const { method, answerable, failures } = evidence;
      // Word overlap shows that a passage can answer; it cannot show that none can.
      const confidence =
        method !== "offline" ? evidence.confidence : answerable === "full" ? "medium" : "low";
      const blocked = blockedBy(scene, ["passages"]);
      if (blocked) return blocked;
      if (isRetrievalEmpty(evidence)) return scored(0, method);
      if (answerable === null) return failed(failures.relevance ?? "judge_error", method);
      return scored(LEVELS[answerable], method, { confidence });
    },
  },
  // Empty cases: no contexts, empty retrieval (`missing_contexts`), no reference or no reference claims: not applicable; an answer without claims used nothing.
  unused_relevant_passages: {
    title: { en: "Unused relevant passages", zh: "未被使用的相关段落" },
    description: {
      en: "Share of the passages that hold what the reference says but that the answer took nothing from.",
      zh: "含有参考答案内容、却没有被回答使用的段落所占比例。",
    },
    formula: "mean over passages of [relevant to the reference and not used by the answer]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "referencePassages"],
    source: "Touchstone",
    deviation: null,
    measure: (scene) => {
      const { evidence } = scene;
      const blocked = blockedBy(scene, ["passages", "reference"]);
      if (blocked) return blocked;
      if (isRetrievalEmpty(evidence)) return notApplicable("missing_contexts", evidence.method);
      const unread = blockedBy(scene, ["answerClaims"]);
      if (unread?.status === "failed") return unread;
      return (
        blockedBy(scene, ["referenceClaims"]) ??
        settle(
          scene,
          ["referencePassages", "answerPassages"],
          ({ answer, reference, passageCount }) => {
            const used = anyClaim(answer, passageCount, "helpedBy");
            const relevant = anyClaim(reference, passageCount, "helpedBy");
            return share(relevant.map((cell, passage) => and(cell, not(used[passage] ?? null))));
          },
        )
      );
    },
  },
} satisfies MetricDefinitions;

const LEVELS = { full: 1, partial: 0.5, none: 0 };
