import { describe, expect, test } from "vitest";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { outerCode } from "../../src/words/said.ts";

const codes = (fields: Record<string, unknown>) =>
  readScoreRequest({ question: "公式?", answer: "ten", ...fields }).warnings.map(({ code }) =>
    outerCode(code),
  );

/** What is left of a formula after somebody read its escapes. */
const LOST = [
  "$\frac{a}{b}$",
  "角度 \theta",
  "\text{总量}",
  "a \times b",
  "\nabla f",
  "a\neq b",
  "\rho 是密度",
  "\right)",
  "\beta",
  "\begin{x}",
  "\vec{a}",
  "C:\b\x07",
  "\x1b[31m红",
];

describe("a text whose backslashes were read as escapes", () => {
  test.each(LOST)("%j is told in every field", (text) => {
    for (const field of ["question", "answer", "ground_truth"]) {
      expect(codes({ [field]: text })).toEqual(["control_characters"]);
    }
    expect(codes({ contexts: ["好", text] })).toEqual(["control_characters"]);
  });

  test.each([
    "$\\frac{a}{b}$ \\theta",
    "a\tb\n下一行\r\nc",
    "\tindented\n- item",
    "第一页\f第二页",
    "Page 1\f\nPage 2\fChapter",
    "new\nequal parts",
    "\rright at the start",
  ])("%j has none", (text) => {
    expect(codes({ answer: text, contexts: [text] })).toEqual([]);
  });
});
