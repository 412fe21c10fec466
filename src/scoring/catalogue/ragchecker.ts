import type { MetricEntry } from "./metric-entry.ts";

const NOT_APPLICABLE = {
  en: "RAGChecker gives 0 when there are no claims; here the metric is then not applicable (recall-type metrics are 0 while the reference has claims).",
  zh: "没有论断时 RAGChecker 记 0，这里记为“不适用”（只要标准答案有论断，召回类指标仍记 0）。",
};
const ALL: MetricEntry["needs"] = ["question", "answer", "contexts", "ground_truth"];
const TEXTS: MetricEntry["needs"] = ["question", "answer", "ground_truth"];
const RETRIEVAL: MetricEntry["needs"] = ["question", "contexts", "ground_truth"];

function entry(
  name: MetricEntry["name"],
  title: MetricEntry["title"],
  description: MetricEntry["description"],
  formula: string,
  needs: MetricEntry["needs"],
  direction?: "lower",
): MetricEntry {
  return {
    name,
    title,
    description,
    formula,
    needs,
    family: "ragchecker",
    source: `RAGChecker ${name.slice(3)}`,
    deviation: NOT_APPLICABLE,
    ...(direction ? { direction } : {}),
  };
}

/** T, H, A, R as in the docstrings of the metrics. */
export const RAGCHECKER_METRICS: readonly MetricEntry[] = [
  entry(
    "rc_precision",
    { en: "Precision (RAGChecker)", zh: "精确率（RAGChecker）" },
    {
      en: "Share of the answer's claims that the reference answer supports.",
      zh: "答案的论断有多少被标准答案支持。",
    },
    "mean_i T[i]",
    TEXTS,
  ),
  entry(
    "rc_recall",
    { en: "Recall (RAGChecker)", zh: "召回率（RAGChecker）" },
    {
      en: "Share of the reference answer's claims that the answer gives.",
      zh: "标准答案的论断有多少在答案中得到体现。",
    },
    "mean_j H[j]",
    TEXTS,
  ),
  entry(
    "rc_f1",
    { en: "F1 (RAGChecker)", zh: "F1（RAGChecker）" },
    { en: "Harmonic mean of precision and recall.", zh: "精确率与召回率的调和平均。" },
    "2PR ÷ (P + R)",
    TEXTS,
  ),
  entry(
    "rc_claim_recall",
    { en: "Claim recall (RAGChecker)", zh: "论断召回率（RAGChecker）" },
    {
      en: "Share of the reference answer's claims that a single retrieved passage supports.",
      zh: "标准答案的论断有多少能被某个单独的检索段落支持。",
    },
    "mean_j any_p R[j][p]",
    RETRIEVAL,
  ),
  entry(
    "rc_context_precision",
    { en: "Context precision (RAGChecker)", zh: "上下文精确率（RAGChecker）" },
    {
      en: "Share of the retrieved passages that support a claim of the reference answer. Ranks do not matter.",
      zh: "检索段落中有多少支持标准答案的某个论断，与排序无关。",
    },
    "mean_p any_j R[j][p]",
    RETRIEVAL,
  ),
  entry(
    "rc_context_utilization",
    { en: "Context utilization (RAGChecker)", zh: "上下文利用率（RAGChecker）" },
    {
      en: "Of the reference claims that were retrieved, the share the answer gives.",
      zh: "已检索到的标准答案论断中，有多少在答案中得到体现。",
    },
    "Σ_j (any_p R[j][p] and H[j]) ÷ Σ_j any_p R[j][p]",
    ALL,
  ),
  entry(
    "rc_noise_sensitivity_in_relevant",
    { en: "Noise sensitivity in relevant (RAGChecker)", zh: "相关段落噪声敏感度（RAGChecker）" },
    {
      en: "Share of the answer's claims that are wrong and come from a relevant passage.",
      zh: "答案中错误、且来自相关段落的论断比例。",
    },
    "mean_i [any_p (rel_p and A[i][p]) and not T[i]]",
    ALL,
    "lower",
  ),
  entry(
    "rc_noise_sensitivity_in_irrelevant",
    { en: "Noise sensitivity in irrelevant (RAGChecker)", zh: "无关段落噪声敏感度（RAGChecker）" },
    {
      en: "Share of the answer's claims that are wrong and come from irrelevant passages only.",
      zh: "答案中错误、且只来自无关段落的论断比例。",
    },
    "mean_i [any_p (not rel_p and A[i][p]) and not any_p (rel_p and A[i][p]) and not T[i]]",
    ALL,
    "lower",
  ),
  entry(
    "rc_hallucination",
    { en: "Hallucination (RAGChecker)", zh: "幻觉率（RAGChecker）" },
    {
      en: "Share of the answer's claims that no single passage and not the reference supports.",
      zh: "答案中没有任何单个段落支持、也不被标准答案支持的论断比例。",
    },
    "mean_i (not any_p A[i][p] and not T[i])",
    ALL,
    "lower",
  ),
  entry(
    "rc_self_knowledge",
    { en: "Self-knowledge (RAGChecker)", zh: "自有知识率（RAGChecker）" },
    {
      en: "Share of the answer's claims that are right but supported by no single passage.",
      zh: "答案中正确、但没有任何单个段落支持的论断比例。",
    },
    "mean_i (not any_p A[i][p] and T[i])",
    ALL,
    "lower",
  ),
  entry(
    "rc_faithfulness",
    { en: "Faithfulness (RAGChecker)", zh: "忠实度（RAGChecker）" },
    {
      en: "Share of the answer's claims that a single passage supports; at most faithfulness.",
      zh: "答案的论断有多少能被某个单独的段落支持；不会高于 faithfulness。",
    },
    "mean_i any_p A[i][p]",
    ["question", "answer", "contexts"],
  ),
];
