import type { MetricEntry } from "./metric-entry.ts";

const CJK_WORDS = {
  en: "Ragas' tokeniser gives Chinese no words, so Chinese scores 0 there; here every character counts as a word. compat=ragas gives Ragas' value.",
  zh: "Ragas 的分词器无法切分中文，中文文本得 0 分；这里每个汉字算一个词。compat=ragas 给出 Ragas 的值。",
};
const TEXTS: MetricEntry["needs"] = ["answer", "ground_truth"];

export const TEXT_METRICS: readonly MetricEntry[] = [
  {
    name: "bleu",
    title: { en: "BLEU", zh: "BLEU" },
    description: {
      en: "Shared runs of up to four words between answer and reference answer, with a penalty for brevity.",
      zh: "答案与标准答案共有的 1 至 4 词片段，过短有惩罚。",
    },
    formula: "brevity penalty · exp(mean log precision of 1- to 4-grams)",
    needs: TEXTS,
    family: "text",
    source: "sacrebleu defaults; Ragas bleu_score",
    deviation: {
      en: "Ragas scores the answer's first sentence only and does not segment Chinese; here the whole text counts and each Chinese character is a token. compat=ragas gives Ragas' value.",
      zh: "Ragas 只计算答案的第一句，且不切分中文；这里计算全文，每个汉字算一个词。compat=ragas 给出 Ragas 的值。",
    },
  },
  {
    name: "rouge_1",
    title: { en: "ROUGE-1", zh: "ROUGE-1" },
    description: {
      en: "Words answer and reference answer share (F measure, stemmed).",
      zh: "答案与标准答案共有的词（F 值，英文取词干）。",
    },
    formula: "F1 of shared words",
    needs: TEXTS,
    family: "text",
    source: "google rouge_score; Ragas rouge_score (rouge1)",
    deviation: CJK_WORDS,
  },
  {
    name: "rouge_l",
    title: { en: "ROUGE-L", zh: "ROUGE-L" },
    description: {
      en: "Longest sequence of words in the same order in both texts (F measure, stemmed).",
      zh: "两段文本按相同顺序出现的最长词序列（F 值，英文取词干）。",
    },
    formula: "F1 of the longest common subsequence of words",
    needs: TEXTS,
    family: "text",
    source: "google rouge_score; Ragas rouge_score (rougeL)",
    deviation: CJK_WORDS,
  },
  {
    name: "chrf",
    title: { en: "chrF", zh: "chrF" },
    description: {
      en: "Shared character sequences of one to six letters; works for every language.",
      zh: "共有的 1 至 6 字符片段，适用于任何语言。",
    },
    formula: "F2 of mean precision and recall of character 1- to 6-grams",
    needs: TEXTS,
    family: "text",
    source: "sacrebleu chrF2; Ragas chrf_score",
    deviation: null,
  },
  {
    name: "exact_match",
    title: { en: "Exact match", zh: "完全匹配" },
    description: {
      en: "1 when answer and reference answer are the same letter for letter (after Unicode NFC).",
      zh: "答案与标准答案逐字相同（先统一为 Unicode NFC）记 1，否则记 0。",
    },
    formula: "answer = reference",
    needs: TEXTS,
    family: "text",
    source: "Ragas exact_match",
    deviation: null,
  },
  {
    name: "string_presence",
    title: { en: "String presence", zh: "包含标准答案" },
    description: {
      en: "1 when the reference answer stands in the answer letter for letter (after Unicode NFC).",
      zh: "答案中逐字包含标准答案（先统一为 Unicode NFC）记 1，否则记 0。",
    },
    formula: "reference is a substring of answer",
    needs: TEXTS,
    family: "text",
    source: "Ragas string_present",
    deviation: null,
  },
  ...(
    [
      ["string_similarity", "Levenshtein", "1 − edit distance ÷ longer length"],
      ["string_similarity_hamming", "Hamming", "1 − differing positions ÷ longer length"],
      ["string_similarity_jaro", "Jaro", "(c ÷ |a| + c ÷ |b| + (c − t) ÷ c) ÷ 3"],
      [
        "string_similarity_jaro_winkler",
        "Jaro-Winkler",
        "Jaro + 0.1 · common prefix (≤ 4) · (1 − Jaro), when Jaro > 0.7",
      ],
    ] as const
  ).map(
    ([name, distance, formula]): MetricEntry => ({
      name,
      title: { en: `String similarity (${distance})`, zh: `字符串相似度（${distance}）` },
      description: {
        en: `Likeness of answer and reference answer by ${distance} distance over code points.`,
        zh: `按 ${distance} 距离计算答案与标准答案的字符相似度（以码位为单位）。`,
      },
      formula,
      needs: TEXTS,
      family: "text",
      source: `RapidFuzz; Ragas non_llm_string_similarity (${distance})`,
      deviation: null,
    }),
  ),
  {
    name: "quoted_spans",
    title: { en: "Quoted spans", zh: "引文一致率" },
    description: {
      en: "Share of the quotations in the answer that stand word for word in the passages; 1 when nothing is quoted.",
      zh: "答案中引号内的引文有多少逐字出现在检索段落中；没有引文记 1。",
    },
    formula: "quotations found in the passages ÷ quotations of at least three words",
    needs: ["answer", "contexts"],
    family: "text",
    source: "Ragas quoted_spans",
    deviation: {
      en: "In Ragas any two marks make a quotation, also two apostrophes; here marks pair, and 「」『』«» quote too. compat=ragas gives Ragas' value.",
      zh: "Ragas 中任意两个引号字符（包括撇号）都构成引文；这里要求成对，并支持「」『』«»。compat=ragas 给出 Ragas 的值。",
    },
  },
  {
    name: "non_llm_context_precision",
    title: { en: "Context precision by text", zh: "上下文精确度（文本比对）" },
    description: {
      en: "Average precision of the retrieved passages, relevant when alike to a reference passage. No judge.",
      zh: "以与参考段落的文本相似度判断相关性，计算检索段落的平均精确度，不需要评判模型。",
    },
    formula: "average precision over [greatest Levenshtein similarity ≥ 0.5]",
    needs: ["contexts", "reference_contexts"],
    family: "retrieval",
    source: "Ragas non_llm_context_precision_with_reference",
    deviation: {
      en: "compat=ragas adds Ragas' 1e-10 to the denominator.",
      zh: "compat=ragas 在分母加上 Ragas 的 1e-10。",
    },
  },
  {
    name: "non_llm_context_recall",
    title: { en: "Context recall by text", zh: "上下文召回率（文本比对）" },
    description: {
      en: "Share of the reference passages that are alike to a retrieved one. No judge.",
      zh: "参考段落中有多少与某个检索段落文本相似，不需要评判模型。",
    },
    formula: "mean over reference passages of [greatest Levenshtein similarity ≥ 0.5]",
    needs: ["contexts", "reference_contexts"],
    family: "retrieval",
    source: "Ragas non_llm_context_recall",
    deviation: {
      en: "Ragas asks for more than 0.5 here but at least 0.5 in the precision; here both are at least. Nothing retrieved is 0 instead of an error. compat=ragas gives the strict test.",
      zh: "Ragas 在召回率中要求严格大于 0.5，而精确度中为大于等于；这里两者都是大于等于。没有检索结果记 0 而不是报错。compat=ragas 使用严格大于。",
    },
  },
  {
    name: "id_based_context_precision",
    title: { en: "Context precision by id", zh: "上下文精确率（ID 比对）" },
    description: {
      en: "Share of the retrieved ids that are reference ids.",
      zh: "检索到的文档 ID 中有多少属于参考 ID。",
    },
    formula: "|retrieved ids ∩ reference ids| ÷ |retrieved ids|",
    needs: ["ids"],
    family: "retrieval",
    source: "Ragas id_based_context_precision",
    deviation: {
      en: "No retrieved ids: not applicable (missing_ids) instead of NaN.",
      zh: "没有检索 ID 时为“不适用”（missing_ids），而不是 NaN。",
    },
  },
  {
    name: "id_based_context_recall",
    title: { en: "Context recall by id", zh: "上下文召回率（ID 比对）" },
    description: {
      en: "Share of the reference ids that were retrieved.",
      zh: "参考 ID 中有多少被检索到。",
    },
    formula: "|retrieved ids ∩ reference ids| ÷ |reference ids|",
    needs: ["ids"],
    family: "retrieval",
    source: "Ragas id_based_context_recall",
    deviation: {
      en: "No reference ids: not applicable (missing_ids) instead of NaN.",
      zh: "没有参考 ID 时为“不适用”（missing_ids），而不是 NaN。",
    },
  },
];
