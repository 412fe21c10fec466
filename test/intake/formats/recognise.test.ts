import { describe, expect, test } from "vitest";
import { openRow } from "../../../src/intake/formats/open-row.ts";
import type { Notes } from "../../../src/intake/notes.ts";
import { readScoreRequest } from "../../../src/intake/score-request.ts";
import { outerCode } from "../../../src/words/said.ts";
import { SHAPES, TEXTS } from "./tool-rows.ts";

/** Said of columns that hold no text of a sample. */
const OF_COLUMNS = new Set(["unknown_field"]);
/** So that rows without an answer can be looked at with the same eyes. */
const PLACEHOLDER = "—";

describe.each(["zh", "en"] as const)("rows of other tools, filled with %s", (language) => {
  const texts = TEXTS[language];
  test.each(SHAPES.map((shape) => [shape.name, shape] as const))("%s", (_, shape) => {
    const wanted = shape.expected(texts);
    const row = shape.row(texts);
    const isAnswered = wanted.answer !== undefined;
    const { request, warnings, format } = readScoreRequest(
      isAnswered
        ? row
        : { ...row, 模型回答: PLACEHOLDER, model_answer: PLACEHOLDER, response: PLACEHOLDER },
    );
    expect({
      format,
      question: request.question,
      answer: request.answer,
      contexts: request.contexts,
      ground_truth: request.ground_truth,
      reference_contexts: request.reference_contexts,
    }).toEqual({
      format: wanted.format,
      question: wanted.question,
      answer: wanted.answer ?? PLACEHOLDER,
      contexts: wanted.contexts ?? null,
      ground_truth: wanted.ground_truth ?? null,
      reference_contexts: wanted.reference_contexts ?? null,
    });
    const codes = warnings
      .map(({ code }) => outerCode(code))
      .filter((code) => !OF_COLUMNS.has(code));
    expect([...new Set(codes)]).toEqual(wanted.warnings ?? []);
  });
});

describe("what is said of the format wins", () => {
  const row = { question: "问", answer: "答", context: ["段落"], reference: "参考" };
  test("format overrides what the names say", () => {
    const own = readScoreRequest(row, [], { format: "touchstone" });
    expect(own.warnings).toEqual([]);
    expect(own.request).toMatchObject({ contexts: ["段落"], ground_truth: "参考" });
    const phoenix = readScoreRequest(
      { input: "q", output: "a", context: ["c"], reference: "r" },
      [],
      { format: "phoenix" },
    );
    expect(phoenix.request).toMatchObject({ contexts: ["r"], ground_truth: null });
  });
  test("a row that does not say itself is read as those before it", () => {
    const row = { input: "q", expected_output: "e", context: ["ideal"], output: "a", metadata: {} };
    const alone = readScoreRequest({ input: "q", output: "a", context: ["c"] });
    expect(alone.request.contexts).toEqual(["c"]);
    expect(alone.warnings.map(({ code }) => outerCode(code))).toEqual(["field_ambiguous"]);
    const after = readScoreRequest({ input: "q", output: "a", context: ["c"] }, [], {
      before: "deepeval",
    });
    expect(after.request).toMatchObject({ contexts: null, reference_contexts: ["c"] });
    expect(readScoreRequest(row, [], { before: "deepeval" }).format).toBe("opik");
  });
});

test("settings of this service are read beside a tool's names, and the tool's own are not taken for them", () => {
  const { request, warnings } = readScoreRequest({
    input: "q",
    actual_output: "a",
    retrieval_context: ["c"],
    metrics: ["faithfulness"],
    judge: "offline",
    tags: ["golden"],
  });
  expect(request).toMatchObject({ metrics: ["faithfulness"], judge: "offline", tags: null });
  expect(warnings).toMatchObject([
    { code: "unknown_field", params: { names: expect.stringContaining("deepeval.tags") } },
  ]);
});

test("names that are properties of every object mean nothing", () => {
  const notes: Notes = { errors: [], warnings: [] };
  const given = new Map<string, unknown>([
    ["__proto__", "x"],
    ["constructor", "y"],
    ["question", "q"],
  ]);
  const { fields } = openRow(given, {}, notes);
  expect([...fields.keys()].sort()).toEqual(["__proto__", "constructor", "question"]);
});
