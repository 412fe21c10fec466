import type { Outcome } from "../outcome.ts";
import { failed, notApplicable, scored } from "../outcomes.ts";
import { runAtOnce, type Steps } from "../steps.ts";
import { bleuInSteps } from "./bleu.ts";
import { CELL_BUDGET, SEARCH_BUDGET } from "./budgets.ts";
import { chrfInSteps } from "./chrf.ts";
import { type Compat, composed } from "./composed-text.ts";
import type { MetricDefinitions } from "./definition.ts";
import { findParts } from "./find-parts.ts";
import { quotedInSteps } from "./quoted-spans.ts";
import { rouge1InSteps, rougeLInSteps } from "./rouge.ts";
import { hasReference, type Scene } from "./settle.ts";
import {
  hammingSimilarity,
  jaroInSteps,
  jaroWinklerInSteps,
  similarityInSteps,
} from "./string-similarity.ts";

/** null: it would take too long. */
type Compare = (answer: string, reference: string, compat: Compat) => number | Steps<number | null>;

const CHINESE_WORDS = {
  en: "Ragas' tokeniser gives Chinese no words, so Chinese scores 0 there; here every character counts as a word. compat=ragas gives Ragas' value.",
  zh: "Ragas 的分词器无法切分中文，中文文本得 0 分；这里每个汉字算一个词。compat=ragas 给出 Ragas 的值。",
};

/** A metric of answer text and reference text; not applicable without a reference. */
function ofTexts(compare: Compare, cells: (answer: string, reference: string) => number = () => 0) {
  return function* metric({ evidence, compat }: Scene): Steps<Outcome> {
    if (!hasReference(evidence)) return notApplicable("missing_ground_truth", "text");
    const answer = composed(evidence.answer.text, compat);
    const reference = composed(evidence.reference?.text ?? "", compat);
    if (cells(answer, reference) > CELL_BUDGET) return failed("budget", "text");
    const value = compare(answer, reference, compat);
    const done = typeof value === "number" ? value : yield* value;
    return done === null ? failed("budget", "text") : scored(done, "text");
  };
}

export const TEXT_METRICS = {
  // Empty cases: no reference: not applicable; fewer than four tokens on either side: 0.
  bleu: {
    title: { en: "BLEU", zh: "BLEU" },
    description: {
      en: "Shared runs of up to four words between answer and reference answer, with a penalty for brevity.",
      zh: "回答与参考答案共有的 1 至 4 词片段，过短有惩罚。",
    },
    formula: "brevity penalty · exp(mean log precision of 1- to 4-grams)",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "sacrebleu defaults; Ragas bleu_score",
    deviation: {
      en: "Ragas scores the answer's first sentence only and does not segment Chinese; here the whole text counts and each Chinese character is a token. compat=ragas gives Ragas' value.",
      zh: "Ragas 只计算回答的第一句，且不切分中文；这里计算全文，每个汉字算一个词。compat=ragas 给出 Ragas 的值。",
    },
    measure: ofTexts(bleuInSteps),
  },
  // Empty cases: no reference: not applicable; a side without words: 0.
  rouge_1: {
    title: { en: "ROUGE-1", zh: "ROUGE-1" },
    description: {
      en: "Words answer and reference answer share (F measure, stemmed).",
      zh: "回答与参考答案共有的词（F 值，英文取词干）。",
    },
    formula: "F1 of shared words",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "google rouge_score; Ragas rouge_score (rouge1)",
    deviation: CHINESE_WORDS,
    measure: ofTexts(function* (a, r, compat) {
      return (yield* rouge1InSteps(a, r, compat)).fmeasure;
    }),
  },
  // Empty cases: no reference: not applicable; a side without words: 0; texts too long to compare: failed (`budget`).
  rouge_l: {
    title: { en: "ROUGE-L", zh: "ROUGE-L" },
    description: {
      en: "Longest sequence of words in the same order in both texts (F measure, stemmed).",
      zh: "两段文本按相同顺序出现的最长词序列（F 值，英文取词干）。",
    },
    formula: "F1 of the longest common subsequence of words",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "google rouge_score; Ragas rouge_score (rougeL)",
    deviation: CHINESE_WORDS,
    measure: ofTexts(function* (a, r, compat) {
      return (yield* rougeLInSteps(a, r, compat, CELL_BUDGET))?.fmeasure ?? null;
    }),
  },
  // Empty cases: no reference: not applicable; a blank side: 0.
  chrf: {
    title: { en: "chrF", zh: "chrF" },
    description: {
      en: "Shared character sequences of one to six letters; works for every language.",
      zh: "共有的 1 至 6 字符片段，适用于任何语言。",
    },
    formula: "F2 of mean precision and recall of character 1- to 6-grams",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "sacrebleu chrF2; Ragas chrf_score",
    deviation: null,
    measure: ofTexts(chrfInSteps),
  },
  // Empty cases: no reference: not applicable.
  exact_match: {
    title: { en: "Exact match", zh: "完全匹配" },
    description: {
      en: "1 when answer and reference answer are the same letter for letter (after Unicode NFC).",
      zh: "回答与参考答案逐字相同（先统一为 Unicode NFC）记 1，否则记 0。",
    },
    formula: "answer = reference",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "Ragas exact_match",
    deviation: null,
    measure: ofTexts(exactMatch),
  },
  // Empty cases: no reference: not applicable.
  string_presence: {
    title: { en: "String presence", zh: "包含参考答案" },
    description: {
      en: "1 when the reference answer stands in the answer letter for letter (after Unicode NFC).",
      zh: "回答中逐字包含参考答案（先统一为 Unicode NFC）记 1，否则记 0。",
    },
    formula: "reference is a substring of answer",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "Ragas string_present",
    deviation: null,
    measure: ofTexts(presenceInSteps),
  },
  // Empty cases: no reference: not applicable; both texts empty: 1; texts too long to compare: failed (`budget`).
  string_similarity: {
    title: { en: "String similarity (Levenshtein)", zh: "字符串相似度（Levenshtein）" },
    description: {
      en: "Likeness of answer and reference answer by Levenshtein distance over code points.",
      zh: "按 Levenshtein 距离计算回答与参考答案的字符相似度（以码位为单位）。",
    },
    formula: "1 − edit distance ÷ longer length",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "RapidFuzz; Ragas non_llm_string_similarity (Levenshtein)",
    deviation: null,
    measure: ofTexts(similarityInSteps, (a, r) => a.length * r.length),
  },
  // Empty cases: no reference: not applicable; both texts empty: 1.
  string_similarity_hamming: {
    title: { en: "String similarity (Hamming)", zh: "字符串相似度（Hamming）" },
    description: {
      en: "Likeness of answer and reference answer by Hamming distance over code points.",
      zh: "按 Hamming 距离计算回答与参考答案的字符相似度（以码位为单位）。",
    },
    formula: "1 − differing positions ÷ longer length",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "RapidFuzz; Ragas non_llm_string_similarity (Hamming)",
    deviation: null,
    measure: ofTexts(hammingSimilarity),
  },
  // Empty cases: no reference: not applicable; both texts empty: 1, one empty: 0.
  string_similarity_jaro: {
    title: { en: "String similarity (Jaro)", zh: "字符串相似度（Jaro）" },
    description: {
      en: "Likeness of answer and reference answer by Jaro distance over code points.",
      zh: "按 Jaro 距离计算回答与参考答案的字符相似度（以码位为单位）。",
    },
    formula: "(c ÷ |a| + c ÷ |b| + (c − t) ÷ c) ÷ 3",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "RapidFuzz; Ragas non_llm_string_similarity (Jaro)",
    deviation: null,
    measure: ofTexts(jaroInSteps),
  },
  // Empty cases: as string_similarity_jaro.
  string_similarity_jaro_winkler: {
    title: { en: "String similarity (Jaro-Winkler)", zh: "字符串相似度（Jaro-Winkler）" },
    description: {
      en: "Likeness of answer and reference answer by Jaro-Winkler distance over code points.",
      zh: "按 Jaro-Winkler 距离计算回答与参考答案的字符相似度（以码位为单位）。",
    },
    formula: "Jaro + 0.1 · common prefix (≤ 4) · (1 − Jaro), when Jaro > 0.7",
    needs: ["answer", "ground_truth"],
    reads: [],
    source: "RapidFuzz; Ragas non_llm_string_similarity (Jaro-Winkler)",
    deviation: null,
    measure: ofTexts(jaroWinklerInSteps),
  },
  // Empty cases: no contexts: not applicable; nothing quoted: 1; texts too long to search: failed (`budget`).
  quoted_spans: {
    title: { en: "Quoted spans", zh: "引文一致率" },
    description: {
      en: "Share of the quotations in the answer that stand word for word in the passages; 1 when nothing is quoted.",
      zh: "回答中引号内的引文有多少逐字出现在检索段落中；没有引文记 1。",
    },
    formula: "quotations found in the passages ÷ quotations of at least three words",
    needs: ["answer", "contexts"],
    reads: [],
    source: "Ragas quoted_spans",
    deviation: {
      en: "In Ragas any two marks make a quotation, also two apostrophes; here marks pair, and 「」『』«» quote too. compat=ragas gives Ragas' value.",
      zh: "Ragas 中任意两个引号字符（包括撇号）都构成引文；这里要求成对，并支持「」『』«»。compat=ragas 给出 Ragas 的值。",
    },
    measure: function* ({ evidence, compat }) {
      if (evidence.passages === null) return notApplicable("missing_contexts", "text");
      const passages = evidence.passages.map(({ text }) => composed(text, compat));
      const options = { compat, budget: SEARCH_BUDGET };
      const found = yield* quotedInSteps(composed(evidence.answer.text, compat), passages, options);
      return found ? scored(found.score, "text") : failed("budget", "text");
    },
  },
} satisfies MetricDefinitions;

export function exactMatch(answer: string, reference: string): number {
  return answer === reference ? 1 : 0;
}

export function stringPresence(answer: string, reference: string): number {
  return runAtOnce(presenceInSteps(answer, reference));
}

function* presenceInSteps(answer: string, reference: string): Steps<number> {
  return (yield* findParts(answer, new Set([reference]))).size;
}
