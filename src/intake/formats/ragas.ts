import type { Format } from "./format.ts";

/** From 0.2 `user_input`, before it `question`; test sets and results have the same names. */
export const ragas: Format = {
  id: "ragas",
  label: "Ragas",
  knownBy: [
    ["user_input", "response"],
    ["user_input", "retrieved_contexts"],
    ["user_input", "reference"],
    ["user_input", "reference_contexts"],
    ["question", "contexts", "ground_truths"],
    ["question", "contexts", "ground_truth", "evolution_type"],
    ["question", "contexts", "ground_truth", "faithfulness"],
    ["question", "answer", "contexts", "ground_truth", "!metrics", "!judge", "!session_id"],
  ],
  fields: {
    question: ["user_input", "question"],
    answer: ["response", "answer"],
    contexts: ["retrieved_contexts", "contexts"],
    ground_truth: ["reference", "ground_truth", "ground_truths"],
    reference_contexts: ["reference_contexts"],
    retrieved_ids: ["retrieved_context_ids"],
    reference_ids: ["reference_context_ids"],
  },
};
