import type { AdviceFacts } from "../../contract/report.ts";
import { type AdviceRule, inSamples, inSamplesZh } from "./rule.ts";

/** The needed passage came, but behind others. */
export const rankedTooLow: AdviceRule = {
  cause: "ranked_too_low",
  metrics: ["context_precision", "context_utilization"],
  effort: 2,
  words: {
    en: {
      title: "The needed passages stand behind useless ones",
      finding: (facts) =>
        `${inSamples(facts)}, the passage that carries the answer was found but ranked below passages that carry nothing. Readers and models trust the first ranks most, and a smaller top_k would lose it.`,
      actions: (facts) => [
        rerank(facts),
        "Mix keyword and vector scores (hybrid search) and move the weight towards keywords when the questions contain names, codes or numbers.",
        "Search with the rewritten question instead of the raw chat message: greetings and side remarks pull the ranking away.",
        "Put the title and the section path into every chunk before embedding it, so that passages of the right document win.",
        "Remove near-duplicates from the index: copies of one weak passage take the first ranks together.",
      ],
      check:
        "Context precision should come close to 1 while context recall stays where it is. If recall falls, the reranker cuts too deep.",
    },
    zh: {
      title: "需要的段落排得太靠后",
      finding: (facts) =>
        `${inSamplesZh(facts)}，承载答案的段落找到了，却排在没有用的段落后面。模型最信任靠前的段落；一旦调小 top_k，这个段落就会丢失。`,
      actions: (facts) => [
        rerankZh(facts),
        "使用混合检索；当问题里有人名、编号或数字时，提高关键词得分的权重。",
        "用改写后的问题去检索，不要直接用聊天原文：寒暄和题外话会把排序带偏。",
        "向量化之前，把文档标题和章节路径写进每个分段，让正确文档的段落胜出。",
        "清除索引里的近似重复内容：同一个弱相关段落的多个副本会一起占住前几名。",
      ],
      check:
        "上下文精确度应当接近 1，而上下文召回率保持不变。如果召回率下降，说明重排序之后截得太狠。",
    },
  },
};

function rerank({ passages }: AdviceFacts): string {
  const wide = Math.max(20, (passages ?? 0) * 4);
  return `Add a reranker (a cross-encoder): fetch about ${wide} candidates and keep the best ${passages ?? 5}. It is the one step made for this fault.`;
}

function rerankZh({ passages }: AdviceFacts): string {
  const wide = Math.max(20, (passages ?? 0) * 4);
  return `加上重排序模型（cross-encoder）：先取约 ${wide} 个候选，重排后保留最好的 ${passages ?? 5} 个。这正是针对此问题的一步。`;
}
