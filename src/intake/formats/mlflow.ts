import type { Format } from "./format.ts";

const inBoth = (holders: readonly string[], names: readonly string[]) =>
  holders.flatMap((holder) => names.map((name) => `${holder}.${name}`));

/** `mlflow.genai.evaluate`, the evaluation table before it, and Databricks' agent evaluation. */
export const mlflow: Format = {
  id: "mlflow",
  label: "MLflow",
  knownBy: [
    ["inputs", "expectations"],
    ["request", "response"],
    ["request", "expected_response"],
    ["request", "retrieved_context"],
    ["request", "expected_facts"],
    ["inputs", "ground_truth"],
    ["inputs", "targets"],
    ["inputs", "predictions"],
  ],
  fields: {
    id: ["request_id"],
    question: [
      ...inBoth(
        ["inputs", "request"],
        ["question", "query", "input", "user_input", "messages", "prompt"],
      ),
      "inputs.*",
      "request.*",
      "inputs",
      "request",
    ],
    answer: [
      ...inBoth(["outputs", "response"], ["answer", "response", "output", "content", "text"]),
      "outputs.*",
      "response.*",
      "outputs",
      "response",
      "predictions",
      "prediction",
    ],
    contexts: [
      "retrieved_context",
      "retrieved_contexts",
      ...inBoth(
        ["outputs", "inputs"],
        ["contexts", "retrieved_context", "retrieved_contexts", "context", "documents"],
      ),
      "contexts",
      "context",
    ],
    ground_truth: [
      ...inBoth(
        ["expectations"],
        ["expected_response", "expected_output", "expected_answer", "ground_truth", "answer"],
      ),
      "expected_response",
      "expectations.expected_facts",
      "expected_facts",
      "ground_truth",
      "targets",
      "target",
    ],
    reference_contexts: ["expectations.expected_retrieved_context", "expected_retrieved_context"],
  },
  foreign: ["name", "tags", "metrics"],
};
