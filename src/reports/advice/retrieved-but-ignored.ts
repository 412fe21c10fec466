import { type AdviceRule, count, inSamples, inSamplesZh } from "./rule.ts";

/** The passages held it, the answer left it out. */
export const retrievedButIgnored: AdviceRule = {
  cause: "retrieved_but_ignored",
  metrics: [
    "factual_correctness",
    "answer_correctness",
    "factual_correctness_recall",
    "rc_f1",
    "rc_recall",
    "rc_context_utilization",
    "answer_accuracy",
    "context_utilization",
    "unused_relevant_passages",
  ],
  effort: 1,
  words: {
    en: {
      title: "Facts that were retrieved are left out of the answer",
      finding: (facts) =>
        `${inSamples(facts)}, the passages hold ${facts.statements > 0 ? `${count(facts.statements, "statement")} of the expected answer` : "facts"} that the answer does not mention. Retrieval did its work here; generation lost it.`,
      actions: () => [
        "Ask for completeness in the prompt: answer every part of the question, name every condition, exception and number the passages give for it.",
        "Number the passages and ask for the number behind each statement. A passage that is never cited is easy to notice, for the model too.",
        "Put the best passages at the beginning and at the end of the context: models overlook what stands in the middle of a long one.",
        "Send fewer and shorter passages, or compress them to the sentences that concern the question, so that the needed ones do not drown.",
        "Check the limit on output tokens: an answer that is cut off or told to be brief has to leave things out.",
      ],
      check:
        "Factual correctness should rise through its recall while faithfulness stays where it is. If faithfulness falls, the prompt now invites invention.",
    },
    zh: {
      title: "检索到了，但回答没有用上",
      finding: (facts) =>
        `${inSamplesZh(facts)}，段落里有${facts.statements > 0 ? `参考答案中的 ${facts.statements} 条论断` : "相关事实"}，回答却没有提到。检索已经做到位，内容是在生成这一步丢掉的。`,
      actions: () => [
        "在提示词里要求完整：逐一回答问题的每个部分，写出段落给出的所有条件、例外和数字。",
        "给段落编号，要求每句话注明出处编号。从未被引用的段落一眼就能看出来，模型自己也不容易漏掉。",
        "把最相关的段落放在上下文的开头和结尾：上下文很长时，模型容易忽略中间的内容。",
        "减少段落的数量和长度，或先压缩到与问题有关的句子，别让关键内容被淹没。",
        "检查输出长度限制：被截断的回答，或被要求“简短”的回答，必然会丢内容。",
      ],
      check:
        "事实正确性应当随其召回部分上升，而忠实度保持不变。如果忠实度下降，说明新的提示词在诱导模型编造。",
    },
  },
};
