import type { Format } from "./format.ts";

export const ragchecker: Format = {
  id: "ragchecker",
  label: "RAGChecker",
  knownBy: [
    ["query", "gt_answer"],
    ["query", "response", "retrieved_context"],
  ],
  fields: {
    id: ["query_id"],
    question: ["query"],
    answer: ["response"],
    contexts: ["retrieved_context"],
    ground_truth: ["gt_answer"],
  },
  foreign: ["metrics"],
};
