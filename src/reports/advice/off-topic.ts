import { type AdviceRule, inSamples, inSamplesZh } from "./rule.ts";

/** The answer answers something else. */
export const offTopic: AdviceRule = {
  cause: "off_topic",
  metrics: ["answer_relevancy", "answer_accuracy", "answer_correctness", "factual_correctness"],
  effort: 1,
  words: {
    en: {
      title: "The answer does not address the question",
      finding: (facts) =>
        `${inSamples(facts)}, the answer talks about something else than what was asked. It may be true to its passages and still be of no use.`,
      actions: () => [
        "Check what the model really receives: the user's question must reach the answering prompt unchanged, after the passages and close to the end.",
        "If a query rewriter stands in front, log its output. A rewriter that drifts makes search and answer drift together; keep the original question beside the rewritten one.",
        "Ask the model to answer the question in its first sentence and to leave out background that was not asked for.",
        "For questions with several parts, split them, answer each part, and join the answers.",
        "When the question is unclear, let the application ask back instead of guessing.",
      ],
      check:
        "Answer relevancy should rise. Read two or three of the samples above first: a wrong variable in the workflow shows at once.",
    },
    zh: {
      title: "答非所问",
      finding: (facts) =>
        `${inSamplesZh(facts)}，回答讲的不是用户所问的内容。它可能完全忠于段落，却没有用处。`,
      actions: () => [
        "核对模型实际收到的内容：用户的问题必须原样进入生成回答的提示词，放在段落之后、靠近结尾的位置。",
        "如果前面有查询改写，把改写结果记录下来。改写一旦跑偏，检索和回答会一起跑偏；请把原问题与改写后的问题一并传入。",
        "要求模型第一句话直接回答问题，不写没有问到的背景。",
        "问题包含多个部分时，先拆开、逐一回答，再合并。",
        "问题含糊时，让应用先反问用户，不要猜测。",
      ],
      check: "答案相关性应当上升。请先读两三个上面的样本：工作流里引用错变量，往往一眼就能看出来。",
    },
  },
};
