import type { Format } from "./format.ts";

/** Spans of a trace and the frames its evaluators take. `reference` is the text that was retrieved. */
export const phoenix: Format = {
  id: "phoenix",
  label: "Phoenix",
  knownBy: [
    ["attributes.input.value"],
    ["attributes.output.value"],
    ["input", "reference", "document_score"],
    ["input", "output", "reference", "!actual_output", "!expected_output", "!context", "!contexts"],
    ["context.span_id", "input"],
  ],
  fields: {
    id: ["context.span_id", "span_id"],
    question: ["attributes.input.value", "input"],
    answer: ["attributes.output.value", "output"],
    contexts: [
      "attributes.retrieval.documents",
      "attributes.reranker.output_documents",
      "reference",
    ],
    ground_truth: ["expected", "expected_output", "ground_truth"],
  },
  foreign: ["name", "tags", "session_id", "context"],
};
