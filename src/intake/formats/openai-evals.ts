import type { Format } from "./format.ts";

const ITEMS = ["item", "datasource_item"] as const;
const inItem = (...names: string[]) =>
  ITEMS.flatMap((item) => names.map((name) => `${item}.${name}`));

/** The open evals (`input` and `ideal`), and items and samples of hosted runs. */
export const openaiEvals: Format = {
  id: "openai-evals",
  label: "OpenAI Evals",
  knownBy: [
    ["item.*"],
    ["datasource_item.*"],
    ["input", "ideal"],
    ["messages", "ideal"],
    ["question", "ideal"],
  ],
  fields: {
    id: ["datasource_item_id", "id", ...inItem("id")],
    question: [
      ...inItem("question", "query", "input", "user_input", "prompt", "messages"),
      "input",
      "messages",
      "question",
    ],
    answer: [
      "sample.output_text",
      "sample.output",
      ...inItem("answer", "response", "output", "completion"),
      "output",
      "answer",
      "completion",
    ],
    contexts: inItem("contexts", "retrieved_contexts", "context", "documents"),
    ground_truth: [
      ...inItem(
        "ideal",
        "ground_truth",
        "reference",
        "reference_answer",
        "expected",
        "expected_answer",
        "expected_output",
        "correct_answer",
      ),
      "ideal",
    ],
  },
  foreign: ["name", "metrics"],
};
