import { FIELD_NAMES } from "../../../../src/intake/field-names.ts";

/** What a column can be. `tag`: its name and value become a tag of the sample. */
export const TARGETS = [
  "question",
  "answer",
  "contexts",
  "ground_truth",
  "reference_contexts",
  "retrieved_ids",
  "reference_ids",
  "id",
  "tags",
  "tag",
] as const;
export type Target = (typeof TARGETS)[number];

/** Those of which a sample has one; of the others several columns are put together. */
export const SINGLE: ReadonlySet<Target> = new Set<Target>([
  "question",
  "answer",
  "ground_truth",
  "retrieved_ids",
  "reference_ids",
  "id",
  "tags",
]);

/** Names people give their columns, besides those the server knows; the surest first. */
const NAMES: Record<Exclude<Target, "tag">, readonly string[]> = {
  question: [
    ...FIELD_NAMES.question,
    "prompt",
    "input",
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
    "retrieved_passages",
    "retrieved_documents",
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
    "reference_answer",
    "expected_answer",
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

const ORDER = Object.keys(NAMES) as Exclude<Target, "tag">[];

/** How well a column name fits: smaller is surer; null: not at all. */
export function fitOf(column: string): { target: Target; rank: number } | null {
  const name = plain(column);
  for (const target of ORDER) {
    const rank = NAMES[target].findIndex((known) => plain(known) === name);
    if (rank >= 0) return { target, rank };
  }
  return NUMBERED.test(name) ? { target: "contexts", rank: 0 } : null;
}

function plain(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-.:：()（）[\]【】*]/g, "");
}
