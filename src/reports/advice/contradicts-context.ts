import { type AdviceRule, count, inSamples, inSamplesZh } from "./rule.ts";

/** The answer says the opposite, or another number, than its passages. */
export const contradictsContext: AdviceRule = {
  cause: "contradicts_context",
  metrics: [
    "faithfulness",
    "contradiction_rate",
    "rc_faithfulness",
    "response_groundedness",
    "factual_correctness",
    "rc_precision",
    "answer_correctness",
  ],
  effort: 1,
  words: {
    en: {
      title: "The answer contradicts the retrieved passages",
      finding: (facts) =>
        `${inSamples(facts)}, ${count(facts.statements, "statement")} of the ${facts.affected === 1 ? "answer" : "answers"} ${facts.statements === 1 ? "says" : "say"} something else than the passages: another number, date, name, or the opposite. Of all faults this one misleads most, because the right text was at hand.`,
      actions: () => [
        "Tell the model to copy numbers, dates, units, names and negations from the passages literally and to do no sums it was not asked for.",
        "State the order of trust in the prompt: where passages and the model's own knowledge differ, the passages are right.",
        "Add a second, cheap pass that compares every number and name of the draft with the passages and corrects the draft.",
        "Look whether the passages contradict each other (old and new versions). Then filter by date or version before the prompt.",
        "If tables are involved, put the header into every row or chunk: values without their column are easily swapped.",
      ],
      check:
        "Faithfulness should rise and the contradiction rate fall to 0. Even a single contradiction left over is worth reading.",
    },
    zh: {
      title: "回答与检索段落相矛盾",
      finding: (facts) =>
        `${inSamplesZh(facts)}，回答里共有 ${facts.statements} 条论断与段落说法不一：数字、日期、名称不同，或者意思相反。正确的内容就在眼前却说错了，在所有问题中它最容易误导人。`,
      actions: () => [
        "要求模型原样抄录段落里的数字、日期、单位、名称和否定词，没有要求就不要自行计算。",
        "在提示词里写明信任顺序：段落与模型自身知识不一致时，以段落为准。",
        "增加一道低成本的复核：把草稿里的每个数字和名称与段落逐一对照并改正。",
        "检查段落之间是否互相矛盾（新旧版本并存）。如果是，先按日期或版本过滤再拼接提示词。",
        "涉及表格时，把表头写进每一行或每个分段：离开列名的数值很容易张冠李戴。",
      ],
      check: "忠实度应当上升，矛盾率应当降到 0。哪怕只剩一处矛盾，也值得逐字读一遍。",
    },
  },
};
