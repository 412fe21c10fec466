import { type AdviceRule, count, inSamples, inSamplesZh } from "./rule.ts";

/** The answer repeats a passage, but the wrong one. */
export const noiseFollowed: AdviceRule = {
  cause: "noise_followed",
  metrics: [
    "noise_sensitivity",
    "noise_sensitivity_irrelevant",
    "rc_noise_sensitivity_in_irrelevant",
    "rc_noise_sensitivity_in_relevant",
    "factual_correctness",
    "answer_correctness",
    "rc_precision",
    "answer_accuracy",
  ],
  effort: 2,
  words: {
    en: {
      title: "The answer follows passages that lead astray",
      finding: (facts) =>
        `${inSamples(facts)}, ${facts.statements > 0 ? `${count(facts.statements, "statement")} of the ${facts.affected === 1 ? "answer" : "answers"}` : "the answer"} can be read in a retrieved passage and still ${facts.statements > 1 ? "are" : "is"} not what the expected answer says. Faithfulness cannot see this: the answer is true to the wrong text.`,
      actions: () => [
        "Tell the model to use only passages that are about the thing asked for (same product, version, place, year) and to say which one it used.",
        "Raise the score threshold or put a reranker with a cut-off before the prompt: a distractor that is not sent cannot be followed.",
        "Filter by metadata (product, version, date, region) before the search, when the question names it.",
        "Remove outdated and contradicting documents from the index, or date them and prefer the newest.",
        "Put source and date in front of every passage, so that the model can tell near-twins apart.",
      ],
      check:
        "Noise sensitivity should fall towards 0 and factual correctness rise. If context recall falls at the same time, the threshold is too strict.",
    },
    zh: {
      title: "回答跟着无关段落走偏了",
      finding: (facts) =>
        `${inSamplesZh(facts)}，${facts.statements > 0 ? `回答中有 ${facts.statements} 条论断` : "回答"}在检索段落里能找到原文，却与参考答案不符。忠实度看不出这种错误：回答忠于的是一段错误的内容。`,
      actions: () => [
        "在提示词里要求：只使用与所问对象（产品、版本、地点、年份）一致的段落，并说明依据的是哪一段。",
        "提高分数阈值，或在拼接提示词之前加一道带截断的重排序：没有送进去的干扰段落，模型就不会跟着走。",
        "问题里点明了产品、版本、日期或地区时，检索前先按元数据过滤。",
        "清理索引里过期或互相矛盾的文档；无法清理的，标注日期并优先使用最新的。",
        "在每个段落前写明来源和日期，帮助模型分清相似的内容。",
      ],
      check: "噪声敏感度应当降向 0，事实正确性上升。如果上下文召回率同时下降，说明阈值过严。",
    },
  },
};
