import type { PromptLanguage } from "../chat/questions/prompts.ts";

/** Part of every judgement's key: a changed word makes a new revision and asks again. */
export const WORDING_REVISION = "decision-2026-11-30.1";

/** Short: the questions are what costs. Names in backticks are fields of the state or of the question. */
const ENGLISH = {
  claim: (text: string) => `Does \`${text}\` support \`claim\`?`,
  verdicts: {
    supported: "It says so, in every detail",
    contradicted: "It rules it out",
    unsupported: "Neither, or a part only",
  },
  relevance: "Does `passage` help to answer `question`?",
  usefulForReference:
    "Was `passage` useful in arriving at `reference` as the answer to `question`?",
  usefulForAnswer: "Was `passage` useful in arriving at `answer` as the answer to `question`?",
  answerable: (text: string) => `Can \`question\` be answered from \`${text}\`?`,
  answerability: { full: "Fully", partial: "In part", none: "Not at all" },
  evidence: {
    supported: "Which sentence supports `claim`?",
    contradicted: "Which sentence rules `claim` out?",
  },
  abstains: "Does `answer` as a whole refuse to answer, or say that it does not know?",
  onTopic: "Does `claim` help to answer `question`?",
  criterion: "Judge `answer` by `criterion`: yes or no?",
  level: "Judge `answer` by `criterion`: how good is it?",
  levels: ["Worst", "Poor", "Middling", "Good", "Best"],
  knownYes: "Does `answer` hold at least one character of text?",
  knownNo: "Does `answer` state `claim`?",
};

const CHINESE: typeof ENGLISH = {
  claim: (text) => `\`${text}\` 是否支持 \`claim\`？`,
  verdicts: {
    supported: "明说，且细节都相符",
    contradicted: "与之不可能同真",
    unsupported: "未提及，或只说到一部分",
  },
  relevance: "`passage` 有助于回答 `question` 吗？",
  usefulForReference: "要得出 `reference` 作为 `question` 的答案，`passage` 有用吗？",
  usefulForAnswer: "要得出 `answer` 作为 `question` 的答案，`passage` 有用吗？",
  answerable: (text) => `依据 \`${text}\` 能回答 \`question\` 吗？`,
  answerability: { full: "完全能", partial: "部分能", none: "不能" },
  evidence: {
    supported: "哪一句支持 `claim`？",
    contradicted: "哪一句与 `claim` 矛盾？",
  },
  abstains: "`answer` 整体上是否拒绝回答，或表示不知道？",
  onTopic: "`claim` 有助于回答 `question` 吗？",
  criterion: "按 `criterion` 评判 `answer`：是或否？",
  level: "按 `criterion` 评判 `answer`：有多好？",
  levels: ["最差", "较差", "一般", "较好", "最好"],
  knownYes: "`answer` 中是否至少有一个字符？",
  knownNo: "`answer` 是否写有 `claim`？",
};

export type Wording = typeof ENGLISH;

export const WORDING: Record<PromptLanguage, Wording> = { en: ENGLISH, zh: CHINESE };
