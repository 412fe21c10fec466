import type { Format } from "./format.ts";

/** Question-answering sets as they lie on the Hub: `context` and `answers` are what is right, not what an app did. */
export const huggingface: Format = {
  id: "huggingface",
  label: "Hugging Face",
  knownBy: [
    ["question", "context", "answers"],
    ["question", "answers.text"],
    ["query", "passages", "answers"],
    ["query", "passages.*", "answers"],
    ["question", "documents", "response"],
    ["question", "relevant_passage_ids"],
  ],
  fields: {
    id: ["id", "query_id"],
    question: ["question", "query"],
    answer: ["prediction", "prediction_text", "response", "generated_answer", "model_answer"],
    contexts: ["retrieved_contexts", "contexts", "documents"],
    ground_truth: ["answers.text", "answers", "well_formed_answers", "answer", "ground_truth"],
    reference_contexts: ["context", "passages.passage_text", "passages"],
    reference_ids: ["relevant_passage_ids"],
  },
};
