import { isRecord } from "../parse-json.ts";
import type { Format } from "./format.ts";

/** Test cases and goldens. `context` is what should be found, `retrieval_context` what was. */
export const deepeval: Format = {
  id: "deepeval",
  label: "DeepEval",
  knownBy: [
    ["input", "actual_output"],
    ["input", "retrieval_context"],
    ["actual_output", "retrieval_context"],
    ["input", "expected_output", "context", "!output"],
    ["input", "expected_output", "source_file"],
    ["input", "expected_output", "additional_metadata"],
    ["input", "expected_output", "tools_called"],
    ["turns", "scenario"],
    ["turns", "expected_outcome"],
  ],
  fields: {
    question: ["input"],
    answer: ["actual_output"],
    contexts: ["retrieval_context"],
    ground_truth: ["expected_output", "expected_outcome"],
    reference_contexts: ["context"],
  },
  foreign: ["name", "tags"],
  listSeparator: "|",
  read: (row) => {
    const turns = row.get("turns");
    if (!Array.isArray(turns)) return {};
    const found = turns.filter(isRecord).findLast((turn) => turn.role === "assistant");
    return { question: turns, answer: turns, contexts: found?.retrieval_context };
  },
};
