import type { Format } from "./format.ts";

/** Examples of a dataset: their `output` is the answer that is wanted, not one that was given. */
export const phoenixDataset: Format = {
  id: "phoenix-dataset",
  label: "Phoenix dataset",
  knownBy: [
    ["node_id", "input"],
    ["node_id", "input.*"],
    ["node_id", "input_question"],
    ["node_id", "input_query"],
    ["node_id", "splits"],
  ],
  fields: {
    id: ["id", "node_id"],
    question: [
      "input.question",
      "input.query",
      "input.input",
      "input.messages",
      "input_question",
      "input_query",
      "input_input",
      "question",
      "query",
      "input.*",
      "input",
    ],
    ground_truth: [
      "output.answer",
      "output.output",
      "output.expected",
      "output_answer",
      "output_output",
      "output_expected",
      "expected",
      "answer",
      "output.*",
      "output",
    ],
    answer: ["response", "prediction", "task_output"],
    contexts: ["retrieved_contexts", "input.contexts"],
    reference_contexts: [
      "output.contexts",
      "input.context",
      "input_context",
      "context",
      "reference",
    ],
  },
  foreign: ["name", "tags"],
};
