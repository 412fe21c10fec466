import { isRecord } from "../parse-json.ts";
import type { Format } from "./format.ts";

/** Tests and results. Expected answers stand in assertions; those that are code are never run. */
export const promptfoo: Format = {
  id: "promptfoo",
  label: "promptfoo",
  knownBy: [
    ["vars", "assert"],
    ["vars", "response"],
    ["vars", "gradingResult"],
    ["vars", "testCase.assert"],
    ["vars.*", "!inputs", "!item"],
    ["=__expected"],
    ["=__expected1"],
  ],
  fields: {
    id: ["id"],
    question: [
      "vars.question",
      "vars.query",
      "vars.input",
      "vars.user_input",
      "vars.prompt",
      "vars.message",
      "vars.topic",
    ],
    answer: ["response.output", "output"],
    contexts: ["vars.contexts", "vars.context", "vars.retrieved_contexts", "vars.documents"],
    ground_truth: [
      "vars.ground_truth",
      "vars.reference",
      "vars.expected",
      "vars.expected_answer",
      "vars.reference_answer",
    ],
  },
  foreign: ["name", "metrics"],
  read: (row) => {
    const expected = [...row]
      .filter(([name]) => /^__expected\d{0,2}$/.test(name))
      .map(([, value]) => fromCell(value));
    const listed = [row.get("assert"), row.get("testCase.assert")]
      .flat()
      .filter(isRecord)
      .map(fromAssertion);
    const reference = [...expected, ...listed].find((text) => text !== null);
    return reference === undefined ? {} : { ground_truth: reference };
  },
};

/** Kinds whose value is an answer; others are words to look for, or code. */
const WITH_ANSWER =
  /^(?:equals|iequals|similar|similar:\w+|factuality|answer-relevance|model-graded-factuality)$/;

function fromAssertion({ type, value }: Record<string, unknown>): string | null {
  const isAnswer = typeof type === "string" && WITH_ANSWER.test(type);
  return isAnswer && typeof value === "string" ? value : null;
}

/** `similar(0.8): text`; without a kind it is `equals`. */
function fromCell(cell: unknown): string | null {
  if (typeof cell !== "string" || cell.trim() === "") return null;
  const match = /^([a-z-]{2,40})(?:\([\d.]{1,10}\))?:\s?([\s\S]*)$/.exec(cell);
  if (!match) return cell;
  const [, kind = "", value = ""] = match;
  if (WITH_ANSWER.test(kind)) return value;
  return KINDS.test(kind) ? null : cell;
}

const KINDS =
  /^(?:not-.*|contains.*|icontains.*|starts-with|regex|is-.*|javascript|fn|eval|python|file|grade|llm-rubric|webhook|rouge-n|bleu|latency|cost|perplexity.*|levenshtein|moderation|context-.*|select-best|classifier|guardrails|g-eval|trace-.*|tool-.*|finish-reason)$/;
