import type { Format } from "./format.ts";

const HOLDERS = ["dataset", "data", "dataset_item_data", "input"] as const;
const inItem = (...names: string[]) =>
  HOLDERS.flatMap((holder) => names.map((name) => `${holder}.${name}`));

/** Items of datasets and experiments. `context` is what was retrieved, as its metrics take it. */
export const opik: Format = {
  id: "opik",
  label: "Opik",
  knownBy: [
    ["dataset_item_id", "output"],
    ["dataset_item_id", "evaluation_task_output"],
    ["dataset_item_id", "trace_id"],
    ["dataset.*", "output"],
    ["data.*", "source", "!output"],
    ["input", "output", "expected_output", "context", "!actual_output"],
  ],
  fields: {
    id: ["dataset_item_id", "id"],
    question: [
      ...inItem("question", "query", "input", "user_input", "user_question", "messages"),
      "question",
      "input.*",
      "input",
    ],
    answer: [
      "output.answer",
      "output.output",
      "output.response",
      "evaluation_task_output.output",
      "evaluation_task_output.answer",
      "evaluation_task_output.response",
      "output.*",
      "output",
      "evaluation_task_output.*",
      "evaluation_task_output",
    ],
    contexts: [
      "output.context",
      "output.contexts",
      "evaluation_task_output.context",
      "evaluation_task_output.contexts",
      ...inItem("context", "contexts"),
      "context",
    ],
    ground_truth: [
      ...inItem("expected_output", "expected_answer", "reference", "ground_truth"),
      "expected_output.answer",
      "expected_output.output",
      "expected_output.*",
      "expected_output",
      "reference",
    ],
  },
  foreign: ["name", "tags", "metrics"],
};
