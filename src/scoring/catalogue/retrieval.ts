import type { MetricEntry } from "./metric-entry.ts";

export const RETRIEVAL_METRICS: readonly MetricEntry[] = [
  {
    name: "answer_relevancy",
    title: { en: "Answer relevancy", zh: "答案相关性" },
    description: {
      en: "How far the answer addresses the question that was asked. A refusal scores 0.",
      zh: "答案在多大程度上回应了所提的问题。拒答记 0。",
    },
    formula:
      "mean cosine(question, question the answer would answer); without embeddings the share of claims that address the question",
    needs: ["question", "answer"],
    family: "relevancy",
    source: "Ragas answer_relevancy",
    deviation: {
      en: "Ragas' value needs an embedding model (method embedding). Without one the share of on-topic claims (method llm) or weighted question words (method offline) is given. Negative cosines count as 0; Ragas lets them pass.",
      zh: "要得到 Ragas 的值须配置向量模型（method 为 embedding）。未配置时用切题论断的比例（llm）或问题词的加权覆盖（offline）代替。负余弦按 0 计，Ragas 则保留负值。",
    },
  },
  {
    name: "context_precision",
    title: { en: "Context precision", zh: "上下文精确度" },
    description: {
      en: "Do the passages that hold the reference answer stand at the top? A measure of rank, not a share.",
      zh: "包含标准答案内容的段落是否排在前面。这是排序质量指标，不是比例。",
    },
    formula: "average precision over [passage holds evidence of a reference claim]",
    needs: ["question", "contexts", "ground_truth"],
    family: "retrieval",
    source: "Ragas context_precision",
    deviation: {
      en: "Ragas asks whether a passage is useful for the reference; here it must hold evidence of one of its claims. context_precision_mode=usefulness asks a model Ragas' question. Ragas' 1e-10 in the denominator, which keeps a perfect score below 1, comes back with compat=ragas.",
      zh: "Ragas 询问段落对得出标准答案是否有用，这里要求段落确实含有某个论断的依据；设 context_precision_mode=usefulness 则像 Ragas 一样询问模型。Ragas 在分母中加 1e-10（满分永远不到 1），设 compat=ragas 可还原。",
    },
  },
  {
    name: "context_utilization",
    title: { en: "Context utilization", zh: "上下文利用度" },
    description: {
      en: "Do the passages the answer rests on stand at the top? Needs no reference answer.",
      zh: "答案真正用到的段落是否排在前面。不需要标准答案。",
    },
    formula: "average precision over [passage holds evidence of an answer claim]",
    needs: ["question", "answer", "contexts"],
    family: "retrieval",
    source: "Ragas context_utilization",
    deviation: {
      en: "Evidence instead of usefulness, as in context_precision, and context_precision_mode=usefulness asks as Ragas does; compat=ragas adds Ragas' epsilon. RAGChecker's metric of this name is rc_context_utilization.",
      zh: "与 context_precision 一样以依据代替“有用”，设 context_precision_mode=usefulness 则按 Ragas 的方式询问；compat=ragas 还原 Ragas 的 epsilon。RAGChecker 的同名指标是 rc_context_utilization。",
    },
  },
  {
    name: "context_recall",
    title: { en: "Context recall", zh: "上下文召回率" },
    description: {
      en: "Share of the reference answer's claims that the retrieved passages hold. Low: retrieval misses what is needed.",
      zh: "标准答案的论断有多少能在检索段落中找到。偏低说明检索漏掉了需要的内容。",
    },
    formula: "mean over reference claims of [supported by the passages read together]",
    needs: ["question", "contexts", "ground_truth"],
    family: "retrieval",
    source: "Ragas context_recall",
    deviation: {
      en: "Units are claims; Ragas lets the judge split the reference by sentence within the same call. Empty retrieval scores 0 without asking.",
      zh: "以论断为单位；Ragas 在同一次调用里让模型按句子切分标准答案。检索为空时直接记 0。",
    },
  },
  {
    name: "context_entity_recall",
    title: { en: "Context entity recall", zh: "上下文实体召回率" },
    description: {
      en: "Share of the names, numbers, dates and terms of the reference answer that stand in the passages.",
      zh: "标准答案中的人名、地名、数字、日期和术语有多少出现在检索段落中。",
    },
    formula: "|entities of the reference found in the passages| ÷ |entities of the reference|",
    needs: ["contexts", "ground_truth"],
    family: "retrieval",
    source: "Ragas context_entity_recall",
    deviation: {
      en: "Ragas lists the entities of both sides and compares them letter by letter; here case and width are ignored and the passage text is searched. compat=ragas compares exactly and adds 1e-8 to the denominator.",
      zh: "Ragas 分别列出两侧实体并逐字比较；这里忽略大小写与全半角，直接在段落文本中查找。compat=ragas 时逐字比较并在分母加 1e-8。",
    },
  },
  {
    name: "context_relevance",
    title: { en: "Context relevance", zh: "上下文相关性" },
    description: {
      en: "Can the question be answered from the passages: 1 fully, 0.5 in part, 0 not.",
      zh: "仅凭检索段落能否回答问题：完全可以记 1，部分可以记 0.5，不能记 0。",
    },
    formula: "1 / 0.5 / 0 for answerable in full / in part / not",
    needs: ["question", "contexts"],
    family: "retrieval",
    source: "Ragas context_relevance (nv_context_relevance)",
    deviation: {
      en: "Ragas averages two ratings, so 0.25 and 0.75 occur there; here one judgement in the call that reads the passages anyway.",
      zh: "Ragas 取两次打分的平均，会出现 0.25 和 0.75；这里在读取段落的同一次调用中只判定一次。",
    },
  },
  {
    name: "unused_relevant_passages",
    title: { en: "Unused relevant passages", zh: "未被使用的相关段落" },
    description: {
      en: "Share of the passages that hold what the reference says but that the answer took nothing from.",
      zh: "含有标准答案内容、却没有被答案使用的段落所占比例。",
    },
    formula: "mean over passages of [relevant to the reference and not used by the answer]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    family: "retrieval",
    source: "Touchstone",
    deviation: null,
  },
  {
    name: "noise_sensitivity",
    title: { en: "Noise sensitivity", zh: "噪声敏感度" },
    description: {
      en: "Share of the answer's claims that are wrong and were taken from a relevant passage. Lower is better.",
      zh: "答案中错误、且来自相关段落的论断比例。越低越好。",
    },
    formula:
      "mean over answer claims of [supported by a relevant passage and not by the reference]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    family: "correctness",
    source: "Ragas noise_sensitivity (mode relevant)",
    deviation: {
      en: "Same formula; Ragas makes 3 + 2k calls for each of its two modes, here both come from the shared table.",
      zh: "公式相同；Ragas 每种模式各需 3 + 2k 次调用，这里两种都由同一张证据表得出。",
    },
  },
  {
    name: "noise_sensitivity_irrelevant",
    title: { en: "Noise sensitivity, irrelevant passages", zh: "噪声敏感度（无关段落）" },
    description: {
      en: "Share of the answer's claims that are wrong and were taken from irrelevant passages only.",
      zh: "答案中错误、且只来自无关段落的论断比例。越低越好。",
    },
    formula:
      "mean over answer claims of [supported by irrelevant passages only and not by the reference]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    family: "correctness",
    source: "Ragas noise_sensitivity (mode irrelevant)",
    deviation: null,
  },
];
