import { FIELD_NAMES } from "../field-names.ts";
import { plainName, TARGETS, type Target } from "./format.ts";

/** Names people give their columns, besides those every body may use; the surest first. */
const NAMES: Record<Exclude<Target, "tag">, readonly string[]> = {
  question: [
    ...FIELD_NAMES.question,
    "prompt",
    "input",
    "inputs",
    "user_query",
    "user_question",
    "问题",
    "用户问题",
    "提问",
    "用户提问",
    "查询",
    "用户输入",
    "问",
  ],
  answer: [
    ...FIELD_NAMES.answer,
    "outputs",
    "generated_answer",
    "model_answer",
    "llm_answer",
    "prediction",
    "actual_output",
    "completion",
    "回答",
    "模型回答",
    "ai回答",
    "机器人回答",
    "回复",
    "答复",
    "输出",
    "生成答案",
    "答案",
    "答",
  ],
  contexts: [
    ...FIELD_NAMES.contexts,
    "passages",
    "passage",
    "chunks",
    "documents",
    "retrieval_context",
    "retrieved_context",
    "retrieved_passages",
    "retrieved_documents",
    "retrieved_chunks",
    "source_documents",
    "上下文",
    "检索上下文",
    "检索段落",
    "检索结果",
    "检索内容",
    "召回内容",
    "召回结果",
    "召回片段",
    "知识片段",
    "引用",
    "引用内容",
    "段落",
  ],
  ground_truth: [
    ...FIELD_NAMES.ground_truth,
    "ground_truths",
    "groundtruth",
    "gold",
    "gold_answer",
    "gt_answer",
    "reference_answer",
    "expected_answer",
    "expected_response",
    "expected",
    "ideal",
    "target",
    "参考答案",
    "参考回答",
    "标准答案",
    "标准回答",
    "正确答案",
    "期望答案",
    "期望输出",
    "预期答案",
    "预期输出",
  ],
  reference_contexts: [
    ...FIELD_NAMES.reference_contexts,
    "reference_context",
    "gold_contexts",
    "ground_truth_contexts",
    "参考上下文",
    "标准上下文",
    "参考段落",
    "标准段落",
  ],
  retrieved_ids: [...FIELD_NAMES.retrieved_ids, "检索id", "召回id"],
  reference_ids: [...FIELD_NAMES.reference_ids, "参考id", "标准id"],
  id: [...FIELD_NAMES.id, "sample_id", "message_id", "question_id", "编号", "序号", "样本id"],
  tags: [...FIELD_NAMES.tags, "标签"],
};

/** `context_1`, `Passage 2`, 上下文3: several columns of passages. */
const NUMBERED =
  /^(?:context|passage|chunk|document|上下文|段落|检索段落|召回片段|知识片段)s?\d{1,3}$/;

const RANKED = new Map(
  TARGETS.flatMap((target) =>
    target === "tag"
      ? []
      : NAMES[target].map((name, rank) => [plainName(name), { target, rank }] as const),
  ),
);

export interface Fit {
  target: Target;
  /** Smaller is surer. */
  rank: number;
  /** One of several columns that are put together. */
  isNumbered: boolean;
}

/** What a column is by its name alone; null: nothing known. */
export function fitOf(column: string): Fit | null {
  // Two underlines mark what a tool says of a row, not a part of it.
  if (column.startsWith("__")) return null;
  const name = plainName(column);
  const known = RANKED.get(name);
  if (known) return { ...known, isNumbered: false };
  return NUMBERED.test(name) ? { target: "contexts", rank: 0, isNumbered: true } : null;
}
