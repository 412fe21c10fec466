import type { Outcome, Reason } from "../outcome.ts";
import { failed, notApplicable, scored } from "../outcomes.ts";
import type { Steps } from "../steps.ts";
import { CELL_BUDGET, SEARCH_BUDGET } from "./budgets.ts";
import { composed } from "./composed-text.ts";
import type { MetricDefinitions } from "./definition.ts";
import {
  recallInSteps as entitiesInSteps,
  entityRecallOfRagas,
  extractEntities,
  findExactly,
} from "./entities.ts";
import { costOfSearch } from "./find-parts.ts";
import { idPrecision, idRecall, precisionInSteps, recallInSteps } from "./passage-overlap.ts";
import { blockedBy, type Scene } from "./settle.ts";

export const RETRIEVAL_WITHOUT_JUDGE_METRICS = {
  // Empty cases: no contexts or no reference contexts: not applicable; nothing retrieved: 0; texts too long to compare: failed (`budget`).
  non_llm_context_precision: {
    title: { en: "Context precision by text", zh: "上下文精确度（文本比对）" },
    description: {
      en: "Average precision of the retrieved passages, relevant when alike to a reference passage. No judge.",
      zh: "以与参考段落的文本相似度判断相关性，计算检索段落的平均精确度，不需要评判模型。",
    },
    formula: "average precision over [greatest Levenshtein similarity ≥ 0.5]",
    needs: ["contexts", "reference_contexts"],
    reads: [],
    source: "Ragas non_llm_context_precision_with_reference",
    deviation: {
      en: "compat=ragas adds Ragas' 1e-10 to the denominator.",
      zh: "compat=ragas 在分母加上 Ragas 的 1e-10。",
    },
    measure: (scene) => ofPassages(scene, precisionInSteps),
  },
  // Empty cases: no contexts or no reference contexts: not applicable; nothing retrieved: 0; texts too long to compare: failed (`budget`).
  non_llm_context_recall: {
    title: { en: "Context recall by text", zh: "上下文召回率（文本比对）" },
    description: {
      en: "Share of the reference passages that are alike to a retrieved one. No judge.",
      zh: "参考段落中有多少与某个检索段落文本相似，不需要评判模型。",
    },
    formula: "mean over reference passages of [greatest Levenshtein similarity ≥ 0.5]",
    needs: ["contexts", "reference_contexts"],
    reads: [],
    source: "Ragas non_llm_context_recall",
    deviation: {
      en: "Ragas asks for more than 0.5 here but at least 0.5 in the precision; here both are at least. Nothing retrieved is 0 instead of an error. compat=ragas gives the strict test.",
      zh: "Ragas 在召回率中要求严格大于 0.5，而精确度中为大于等于；这里两者都是大于等于。没有检索结果记 0 而不是报错。compat=ragas 使用严格大于。",
    },
    measure: (scene) => ofPassages(scene, recallInSteps),
  },
  // Empty cases: no lists of ids sent: not applicable (`missing_ids`), and so with an empty list of retrieved ids, where Ragas gives NaN.
  id_based_context_precision: {
    title: { en: "Context precision by id", zh: "上下文精确率（ID 比对）" },
    description: {
      en: "Share of the retrieved ids that are reference ids.",
      zh: "检索到的文档 ID 中有多少属于参考 ID。",
    },
    formula: "|retrieved ids ∩ reference ids| ÷ |retrieved ids|",
    needs: ["ids"],
    reads: [],
    source: "Ragas id_based_context_precision",
    deviation: {
      en: "No retrieved ids: not applicable (missing_ids) instead of NaN.",
      zh: "没有检索 ID 时为“不适用”（missing_ids），而不是 NaN。",
    },
    measure: ({ evidence }) => ofIds(evidence, idPrecision),
  },
  // Empty cases: no lists of ids sent: not applicable (`missing_ids`), and so with an empty list of reference ids; nothing retrieved: 0.
  id_based_context_recall: {
    title: { en: "Context recall by id", zh: "上下文召回率（ID 比对）" },
    description: {
      en: "Share of the reference ids that were retrieved.",
      zh: "参考 ID 中有多少被检索到。",
    },
    formula: "|retrieved ids ∩ reference ids| ÷ |reference ids|",
    needs: ["ids"],
    reads: [],
    source: "Ragas id_based_context_recall",
    deviation: {
      en: "No reference ids: not applicable (missing_ids) instead of NaN.",
      zh: "没有参考 ID 时为“不适用”（missing_ids），而不是 NaN。",
    },
    measure: ({ evidence }) => ofIds(evidence, idRecall),
  },
  // Empty cases: no contexts, no reference or no entities: not applicable; empty retrieval: 0.
  context_entity_recall: {
    title: { en: "Context entity recall", zh: "上下文实体召回率" },
    description: {
      en: "Share of the names, numbers, dates and terms of the reference answer that stand in the passages.",
      zh: "参考答案中的人名、地名、数字、日期和术语有多少出现在检索段落中。",
    },
    formula: "|entities of the reference found in the passages| ÷ |entities of the reference|",
    needs: ["contexts", "ground_truth"],
    reads: ["entities"],
    source: "Ragas context_entity_recall",
    deviation: {
      en: "Ragas lists the entities of both sides and compares them letter by letter; here case and width are ignored and the passage text is searched. compat=ragas compares exactly and adds 1e-8 to the denominator.",
      zh: "Ragas 分别列出两侧实体并逐字比较；这里忽略大小写与全半角，直接在段落文本中查找。compat=ragas 时逐字比较并在分母加 1e-8。",
    },
    measure: function* (scene) {
      const { evidence, compat } = scene;
      const method = evidence.reference_entities === null ? "text" : evidence.method;
      const blocked = blockedBy(scene, ["passages", "reference"]);
      if (blocked) return { ...blocked, method };
      const { reference_entities: failure } = evidence.failures;
      if (failure) return failed(failure, evidence.method);
      const entities =
        evidence.reference_entities ?? extractEntities(evidence.reference?.text ?? "");
      if (entities.length === 0) return notApplicable("no_reference_claims", method);
      const passages = (evidence.passages ?? []).map(({ text }) => text);
      if (compat === "ragas") {
        const cost = passages.reduce((sum, text) => sum + costOfSearch(text, entities), 0);
        if (cost > SEARCH_BUDGET) return failed("budget", method);
        return scored(
          entityRecallOfRagas(entities, yield* findExactly(entities, passages)),
          method,
        );
      }
      const value = yield* entitiesInSteps(entities, passages, SEARCH_BUDGET);
      if (value === "budget") return failed("budget", method);
      return value === null ? notApplicable("no_reference_claims", method) : scored(value, method);
    },
  },
} satisfies MetricDefinitions;

function* ofPassages(
  { evidence, compat }: Scene,
  compare: typeof recallInSteps | typeof precisionInSteps,
): Steps<Outcome> {
  const { passages, reference_passages: reference } = evidence;
  if (passages === null) return notApplicable("missing_contexts", "text");
  if (reference === null || reference.length === 0) {
    return notApplicable("missing_reference_contexts", "text");
  }
  const retrieved = passages.map(({ text }) => composed(text, compat));
  const expected = reference.map((text) => composed(text, compat));
  if (totalLength(retrieved) * totalLength(expected) > CELL_BUDGET) return failed("budget", "text");
  const value = yield* compare(retrieved, expected, { compat });
  return value === null
    ? notApplicable("missing_reference_contexts", "text")
    : scored(value, "text");
}

function totalLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function ofIds(evidence: Scene["evidence"], compare: typeof idRecall): Outcome {
  const missing: Reason = "missing_ids";
  if (evidence.retrieved_ids === null || evidence.reference_ids === null) {
    return notApplicable(missing, "text");
  }
  const value = compare(evidence.retrieved_ids, evidence.reference_ids);
  return value === null ? notApplicable(missing, "text") : scored(value, "text");
}
