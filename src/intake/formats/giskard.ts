import type { Format } from "./format.ts";

/** Test sets of its RAG evaluation toolkit. */
export const giskard: Format = {
  id: "giskard",
  label: "Giskard",
  knownBy: [
    ["question", "reference_answer", "reference_context"],
    ["question", "reference_answer", "conversation_history"],
  ],
  fields: {
    id: ["id"],
    question: ["question"],
    answer: ["answer", "agent_answer", "response"],
    contexts: ["contexts", "documents", "retrieved_contexts"],
    ground_truth: ["reference_answer"],
    reference_contexts: ["reference_context", "reference_contexts"],
  },
};
