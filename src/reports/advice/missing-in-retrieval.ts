import type { AdviceFacts } from "../../contract/report.ts";
import { type AdviceRule, count, inSamples, inSamplesZh } from "./rule.ts";

/** Retrieval did not bring what the question needs. */
export const missingInRetrieval: AdviceRule = {
  cause: "missing_in_retrieval",
  metrics: [
    "context_recall",
    "rc_claim_recall",
    "context_relevance",
    "faithfulness",
    "answer_relevancy",
  ],
  effort: 3,
  words: {
    en: {
      title: "The passage that is needed is not retrieved",
      finding: (facts) =>
        facts.statements > 0
          ? `${inSamples(facts)}, nothing that was retrieved supports ${count(facts.statements, "statement")} of the expected answer. No prompt can make up for text that never reached the model.`
          : `${inSamples(facts)}, the retrieved passages do not hold what the question asks for. No prompt can make up for text that never reached the model.`,
      actions: (facts) => [
        raiseTopK(facts),
        "Search by keywords and by vectors together (hybrid search). Names, numbers and product codes are what embeddings lose first.",
        "Rewrite the query before searching: resolve pronouns from the conversation, split questions with several parts, add the terms the documents use.",
        "Look at the chunks around the missing facts. If a fact is cut in two or separated from its heading, use larger chunks or an overlap of 10 to 20 %.",
        "Work through the knowledge gap list below: search the documents for each entry by hand. What is not in them has to be written; no retriever finds what is not there.",
      ],
      check:
        "Ask the same questions again. If context recall stays where it is although more passages arrive, the document is missing and not badly searched.",
    },
    zh: {
      title: "需要的段落没有被检索到",
      finding: (facts) =>
        facts.statements > 0
          ? `${inSamplesZh(facts)}，检索结果完全不支持参考答案中的 ${facts.statements} 条论断。没有进入模型的内容，靠提示词补不回来。`
          : `${inSamplesZh(facts)}，检索到的段落里没有问题所需的内容。没有进入模型的内容，靠提示词补不回来。`,
      actions: (facts) => [
        raiseTopKZh(facts),
        "改用混合检索（关键词 + 向量）。人名、数字、产品编号正是向量检索最容易漏掉的内容。",
        "检索前先改写查询：结合上文补全代词，拆开包含多个问题的提问，补上文档里的实际用语。",
        "查看缺失内容附近的分段。如果一个事实被切成两半，或与它的标题分开了，就加大分段长度，或设置 10%–20% 的重叠。",
        "按下面的知识缺口清单逐条人工检索原始文档。文档里本来就没有的内容只能补写，任何检索器都找不到不存在的东西。",
      ],
      check:
        "用同一批问题重新评测。如果送入的段落变多而上下文召回率不变，说明问题在于文档缺失，而不是检索不准。",
    },
  },
};

function raiseTopK({ passages }: AdviceFacts): string {
  if (passages === null || passages === 0) {
    return "Nothing was retrieved for the typical question: lower the score threshold and check that the right knowledge base is searched.";
  }
  return `Raise top_k from about ${passages} to ${passages * 2} and lower the score threshold, then let a reranker cut the list back so that the extra passages do not become noise.`;
}

function raiseTopKZh({ passages }: AdviceFacts): string {
  if (passages === null || passages === 0) {
    return "多数问题没有检索到任何段落：先降低分数阈值，并确认检索的是正确的知识库。";
  }
  return `把 top_k 从约 ${passages} 提高到 ${passages * 2}，同时降低分数阈值，再用重排序（rerank）收窄结果，避免多出来的段落变成噪声。`;
}
