import type { Format } from "./format.ts";

/** Records of an app, and frames of ground truth. */
export const trulens: Format = {
  id: "trulens",
  label: "TruLens",
  knownBy: [
    ["record_id", "input", "output"],
    ["record_id", "record_json"],
    ["app_name", "app_version", "input", "output"],
    ["query", "expected_response"],
    ["query", "expected_chunks"],
  ],
  fields: {
    id: ["record_id", "query_id"],
    question: ["input", "query"],
    answer: ["output", "generated_response", "response"],
    contexts: ["contexts", "retrieved_contexts", "retrieved_chunks", "context"],
    ground_truth: ["expected_response", "ground_truth"],
    reference_contexts: ["expected_chunks"],
  },
  foreign: ["name", "tags"],
};
