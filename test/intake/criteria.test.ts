import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/contract/limits.ts";
import type { AppError } from "../../src/errors.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { scoredMetrics } from "../../src/intake/scored-metrics.ts";

const MINIMAL = { question: "How many days?", answer: "十天。" };
const read = (fields: Record<string, unknown>) =>
  readScoreRequest({ ...MINIMAL, ...fields }).request;

function pointers(fields: Record<string, unknown>): string[] {
  try {
    read(fields);
  } catch (error) {
    return (error as AppError).errors.map(({ pointer }) => pointer);
  }
  return [];
}

const POLITE = { name: "polite", version: 2, text: "Is the answer polite?", kind: "yes_no" };
const 清楚 = { name: "清楚", text: "回答清楚吗？", kind: "scale" };

describe("criteria arrive in every way a form or a body can carry them", () => {
  test.each<[string, unknown]>([
    ["a list", [POLITE, 清楚]],
    ["JSON text", JSON.stringify([POLITE, 清楚])],
    [
      "Python text",
      "[{'name': 'polite', 'version': 2, 'text': 'Is the answer polite?', 'kind': 'yes_no'}, {'name': '清楚', 'text': '回答清楚吗？', 'kind': 'scale'}]",
    ],
    [
      "loosely written",
      [
        { ...POLITE, name: " polite ", version: "2", kind: "Yes/No" },
        { ...清楚, version: null, kind: "Scale" },
      ],
    ],
  ])("%s", (_, criteria) => {
    expect(read({ criteria }).criteria).toEqual([POLITE, { ...清楚, version: 1 }]);
  });

  test("one object is a list of one; version and kind have defaults", () => {
    expect(read({ criteria: { name: "short", text: "Is it short?" } }).criteria).toEqual([
      { name: "short", version: 1, text: "Is it short?", kind: "yes_no" },
    ]);
  });

  test.each([undefined, null, "", "None", "[]", []])("%j: none", (criteria) => {
    expect(read({ criteria }).criteria).toBeNull();
  });
});

describe("the metrics of a request with criteria", () => {
  test("the criteria come on top of the default or the named metrics", () => {
    expect(scoredMetrics(read({ criteria: [POLITE] }))).toEqual([
      "faithfulness",
      "answer_relevancy",
      "context_recall",
      "context_precision",
      "criterion:polite",
    ]);
    expect(scoredMetrics(read({ criteria: [清楚], metrics: "bleu" }))).toEqual([
      "bleu",
      "criterion:清楚",
    ]);
  });

  test("criteria named as metrics stand alone", () => {
    const request = read({ criteria: [POLITE, 清楚], metrics: ["criterion:polite"] });
    expect(scoredMetrics(request)).toEqual(["criterion:polite", "criterion:清楚"]);
  });

  test("a criterion that is named but not given is refused", () => {
    expect(pointers({ metrics: ["criterion:polite"] })).toEqual(["#/metrics"]);
  });
});

describe("what cannot be a criterion is refused with its place", () => {
  test.each<[string, unknown, string[]]>([
    ["a question without a name", ["Is it polite?"], ["#/criteria"]],
    ["plain text", "polite", ["#/criteria"]],
    ["no text", [{ name: "polite" }], ["#/criteria/0/text"]],
    ["a blank text", [{ ...POLITE, text: "  " }], ["#/criteria/0/text"]],
    ["a name with blanks", [POLITE, { ...POLITE, name: "very polite" }], ["#/criteria/1/name"]],
    ["a name of the prototype", [{ ...POLITE, name: "__proto__" }], ["#/criteria/0/name"]],
    ["a name with markup", [{ ...POLITE, name: "<b>" }], ["#/criteria/0/name"]],
    [
      "too long a name",
      [{ ...POLITE, name: "n".repeat(LIMITS.criterionNameCharacters + 1) }],
      ["#/criteria/0/name"],
    ],
    [
      "too long a text",
      [{ ...POLITE, text: "字".repeat(LIMITS.criterionTextCharacters + 1) }],
      ["#/criteria/0/text"],
    ],
    ["version 0", [{ ...POLITE, version: 0 }], ["#/criteria/0/version"]],
    ["half a version", [{ ...POLITE, version: 1.5 }], ["#/criteria/0/version"]],
    ["an unknown kind", [{ ...POLITE, kind: "stars" }], ["#/criteria/0/kind"]],
    ["the same name twice", [POLITE, { ...POLITE, version: 3 }], ["#/criteria"]],
    [
      "eleven of them",
      Array.from({ length: LIMITS.criteria + 1 }, (_, at) => ({ ...POLITE, name: `c${at}` })),
      ["#/criteria"],
    ],
  ])("%s", (_, criteria, expected) => {
    expect(pointers({ criteria })).toEqual(expected);
  });
});

test("context_precision_mode is claims or usefulness", () => {
  expect(read({}).context_precision_mode).toBeNull();
  expect(read({ context_precision_mode: "Usefulness" }).context_precision_mode).toBe("usefulness");
  expect(pointers({ context_precision_mode: "useful" })).toEqual(["#/context_precision_mode"]);
});
