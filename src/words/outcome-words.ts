import type { Language } from "../contract/outcome.ts";
import type { Cause } from "../scoring/evidence.ts";
import type { Reason } from "../scoring/outcome.ts";

type Table<Code extends string> = Readonly<Record<Language, Readonly<Record<Code, string>>>>;

/** Why a sample is weak, as pages and files of a report name it. */
export const CAUSE_WORDS: Table<Cause> = {
  en: {
    missing_in_retrieval: "missing in retrieval",
    retrieved_but_ignored: "retrieved but ignored",
    ranked_too_low: "ranked too low",
    noise_followed: "misled by another passage",
    invented: "invented",
    contradicts_context: "contradicts the passages",
    off_topic: "off topic",
    refused_though_answerable: "refused though answerable",
  },
  zh: {
    missing_in_retrieval: "检索缺失",
    retrieved_but_ignored: "检索到但未使用",
    ranked_too_low: "排名太靠后",
    noise_followed: "被无关段落带偏",
    invented: "凭空编造",
    contradicts_context: "与段落矛盾",
    off_topic: "答非所问",
    refused_though_answerable: "能答却拒答",
  },
};

/** Why a metric has no value. */
export const REASON_WORDS: Table<Reason> = {
  en: {
    missing_answer: "there is no answer",
    missing_contexts: "no passages were sent",
    missing_ground_truth: "no reference answer was sent",
    missing_reference_contexts: "no reference passages were sent",
    missing_ids: "no ids of retrieved and relevant documents were sent",
    no_claims: "the answer states nothing that can be checked",
    no_reference_claims: "the reference answer states nothing that can be checked",
    abstained: "the answer declines to answer",
    judge_error: "the judge gave no usable reply",
    judge_refused: "the judge refused to judge",
    budget: "the text was too long or the budget spent",
    cancelled: "the job was cancelled",
    not_asked: "the judge was never asked about it; score the sample anew",
    small_talk: "small talk: nothing was asked",
  },
  zh: {
    missing_answer: "没有回答",
    missing_contexts: "没有提供检索段落",
    missing_ground_truth: "没有提供参考答案",
    missing_reference_contexts: "没有提供参考段落",
    missing_ids: "没有提供检索到的和相关的文档 ID",
    no_claims: "回答中没有可核对的论断",
    no_reference_claims: "参考答案中没有可核对的论断",
    abstained: "回答拒绝作答",
    judge_error: "评判没有给出可用的结果",
    judge_refused: "评判模型拒绝评判",
    budget: "文本过长，或评判预算已用完",
    cancelled: "任务已取消",
    not_asked: "当时没有评判这一项，请重新评分",
    small_talk: "寒暄，没有提问",
  },
};
