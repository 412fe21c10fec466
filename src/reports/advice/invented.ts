import { type AdviceRule, count, inSamples, inSamplesZh } from "./rule.ts";

/** The answer states what no passage says. */
export const invented: AdviceRule = {
  cause: "invented",
  metrics: [
    "faithfulness",
    "rc_faithfulness",
    "response_groundedness",
    "hallucination",
    "rc_hallucination",
    "factual_correctness",
    "rc_precision",
    "answer_correctness",
  ],
  effort: 1,
  words: {
    en: {
      title: "The answer states things no passage says",
      finding: (facts) =>
        `${inSamples(facts)}, ${facts.affected === 1 ? "the answer makes" : "the answers make"} ${count(facts.statements, "statement")} that no retrieved passage supports. A reader cannot tell such statements from supported ones.`,
      actions: () => [
        "Bind the prompt to the sources: use the passages and nothing else; leave out what they do not say; say so when they are not enough.",
        "Ask for the passage number behind every sentence and drop sentences without one before the answer is shown.",
        "Set the temperature to 0–0.2 and remove requests for long, vivid or complete answers: length beyond the sources is filled with invention.",
        "Give the model a way out: one fixed sentence for “the documents do not say”, with an example of its use in the prompt.",
        "If the statements are true but missing from the documents, they belong into the knowledge base, not into the model's memory.",
      ],
      check:
        "Faithfulness should rise. Watch answer relevancy: if it falls, the model now declines too often and the refusal rule is too strict.",
    },
    zh: {
      title: "回答说了段落里没有的内容",
      finding: (facts) =>
        `${inSamplesZh(facts)}，回答里共有 ${facts.statements} 条论断得不到任何检索段落的支持。读者无法把它们与有依据的内容区分开。`,
      actions: () => [
        "用提示词限定依据：只使用给出的段落；段落没有说的不写；依据不足时直接说明。",
        "要求每句话注明依据的段落编号，展示之前删掉没有编号的句子。",
        "把 temperature 调到 0–0.2，去掉“详细”“生动”“全面”之类的要求：超出资料的篇幅只能靠编造填满。",
        "给模型一条退路：约定一句固定的话表示“资料中没有提到”，并在提示词里给出使用示例。",
        "如果这些论断属实、只是资料里没有，就应当写进知识库，而不是依赖模型的记忆。",
      ],
      check: "忠实度应当上升。同时留意答案相关性：如果它下降，说明模型拒答过多，拒答规则定得太严。",
    },
  },
};
