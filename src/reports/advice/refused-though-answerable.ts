import { type AdviceRule, inSamples, inSamplesZh } from "./rule.ts";

/** The passages held the answer, the model declined. */
export const refusedThoughAnswerable: AdviceRule = {
  cause: "refused_though_answerable",
  metrics: [
    "answer_relevancy",
    "factual_correctness",
    "answer_correctness",
    "rc_f1",
    "answer_accuracy",
    "factual_correctness_recall",
    "rc_recall",
  ],
  effort: 1,
  words: {
    en: {
      title: "The model declines although the passages hold the answer",
      finding: (facts) =>
        `${inSamples(facts)}, the answer says that it cannot answer, but the retrieved passages contain what was asked for.`,
      actions: () => [
        "Loosen the refusal rule: decline only when no passage concerns the question; otherwise answer what the passages give and name what is missing.",
        "Show one example in the prompt where a partial answer is given from a single short passage.",
        "Check that the passages really reach the model: an empty context variable or a token limit that cuts them off looks exactly like this.",
        "If the facts use other words than the question, add the synonyms to the chunk or rewrite the question: weaker models do not see the link.",
        "If a safety filter of the provider causes the refusal, compare with another model on the samples below.",
      ],
      check:
        "Answer relevancy should rise while faithfulness stays where it is. If faithfulness falls, the model now answers without a basis.",
    },
    zh: {
      title: "段落里有答案，模型却拒绝回答",
      finding: (facts) =>
        `${inSamplesZh(facts)}，回答表示无法回答，而检索到的段落里其实有所问的内容。`,
      actions: () => [
        "放宽拒答规则：只有所有段落都与问题无关时才拒答；否则就回答段落给出的部分，并说明缺少什么。",
        "在提示词里给一个示例：仅凭一个简短段落也给出部分回答。",
        "确认段落真的送到了模型：上下文变量为空，或因 token 上限被截断，表现完全一样。",
        "如果段落用词与问题不同，把同义词补进分段或改写问题：较弱的模型看不出两者的联系。",
        "如果是模型厂商的安全过滤导致拒答，用下列样本换一个模型对比。",
      ],
      check: "答案相关性应当上升，而忠实度保持不变。如果忠实度下降，说明模型开始无依据作答。",
    },
  },
};
