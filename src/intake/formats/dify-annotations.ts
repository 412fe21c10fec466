import type { Format } from "./format.ts";

/** Questions with the reply a person wrote: the answer is the right one, not one that was given. */
export const difyAnnotations: Format = {
  id: "dify-annotations",
  label: "Dify annotations",
  knownBy: [
    ["question", "answer", "hit_count"],
    ["question", "content", "hit_count"],
  ],
  fields: {
    id: ["id"],
    question: ["question", "问题"],
    ground_truth: ["answer", "content", "答案"],
    answer: ["response", "output", "回答"],
  },
};
