import type { MetricEntry } from "./metric-entry.ts";

const RAGAS_FACTS = {
  en: "Ragas rounds to two decimals, adds 1e-8 to the denominators and gives 0 without claims; its recall mixes the directions (answer claims that are true over those plus missing reference claims). compat=ragas gives Ragas' value.",
  zh: "Ragas 保留两位小数、分母加 1e-8、没有论断时记 0；其召回率混用了两个方向（以答案侧的正确论断作为分子）。compat=ragas 给出 Ragas 的值。",
};

export const CORRECTNESS_METRICS: readonly MetricEntry[] = [
  {
    name: "factual_correctness",
    title: { en: "Factual correctness", zh: "事实正确性" },
    description: {
      en: "How well the facts of the answer and of the reference answer agree: F1 of precision and recall of claims.",
      zh: "答案与标准答案在事实层面的一致程度：论断精确率与召回率的 F1。",
    },
    formula:
      "2PR ÷ (P + R), P = share of answer claims in the reference, R = share of reference claims in the answer",
    needs: ["question", "answer", "ground_truth"],
    family: "correctness",
    source: "Ragas factual_correctness (f1)",
    deviation: RAGAS_FACTS,
  },
  {
    name: "factual_correctness_precision",
    title: { en: "Factual correctness, precision", zh: "事实正确性（精确率）" },
    description: {
      en: "Share of the answer's claims that the reference answer supports.",
      zh: "答案的论断有多少被标准答案支持。",
    },
    formula: "answer claims supported by the reference ÷ answer claims",
    needs: ["question", "answer", "ground_truth"],
    family: "correctness",
    source: "Ragas factual_correctness (precision)",
    deviation: RAGAS_FACTS,
  },
  {
    name: "factual_correctness_recall",
    title: { en: "Factual correctness, recall", zh: "事实正确性（召回率）" },
    description: {
      en: "Share of the reference answer's claims that the answer gives.",
      zh: "标准答案的论断有多少在答案中得到体现。",
    },
    formula: "reference claims supported by the answer ÷ reference claims",
    needs: ["question", "answer", "ground_truth"],
    family: "correctness",
    source: "Ragas factual_correctness (recall)",
    deviation: RAGAS_FACTS,
  },
  {
    name: "semantic_similarity",
    title: { en: "Semantic similarity", zh: "语义相似度" },
    description: {
      en: "How alike answer and reference answer are as a whole: cosine of their embeddings.",
      zh: "答案与标准答案的整体相似程度：二者向量的余弦值。",
    },
    formula: "cosine(embedding of answer, embedding of reference), at least 0",
    needs: ["answer", "ground_truth"],
    family: "correctness",
    source: "Ragas semantic_similarity",
    deviation: {
      en: "Ragas' value needs an embedding model (method embedding); the offline judge gives lexical likeness (method offline). Negative cosines count as 0; Ragas lets them pass.",
      zh: "要得到 Ragas 的值须配置向量模型（method 为 embedding）；离线评判给出词面相似度（offline）。负余弦按 0 计，Ragas 则保留负值。",
    },
  },
  {
    name: "answer_correctness",
    title: { en: "Answer correctness", zh: "答案正确性" },
    description: {
      en: "Facts and overall likeness to the reference answer in one number.",
      zh: "把事实一致性与整体相似度合成一个分数。",
    },
    formula: "0.75 · F1(TP, FP, FN of claims) + 0.25 · semantic_similarity",
    needs: ["question", "answer", "ground_truth"],
    family: "correctness",
    source: "Ragas answer_correctness",
    deviation: {
      en: "Every claim is checked against the other text; Ragas sorts two statement lists in one call and may lose or double some. An answer without claims is not applicable; newer Ragas gives it full factuality.",
      zh: "逐条论断与对方文本核对；Ragas 在一次调用中给两份陈述分类，可能遗漏或重复。答案没有论断时为“不适用”，而新版 Ragas 会给满分事实性。",
    },
  },
  {
    name: "answer_accuracy",
    title: { en: "Answer accuracy", zh: "答案准确度" },
    description: {
      en: "1 when answer and reference answer agree in every claim, 0 when in none, else 0.5.",
      zh: "答案与标准答案的论断完全一致记 1，全不一致记 0，其余记 0.5。",
    },
    formula: "1 if all claims of both sides are supported by the other, 0 if none, else 0.5",
    needs: ["question", "answer", "ground_truth"],
    family: "correctness",
    source: "Ragas answer_accuracy (nv_accuracy)",
    deviation: {
      en: "Ragas averages two ratings of the whole answer, so 0.25 and 0.75 occur there; here the level is read from the claims.",
      zh: "Ragas 取两次整体打分的平均，会出现 0.25 和 0.75；这里由论断判定直接得出。",
    },
  },
];
