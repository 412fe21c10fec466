import { describe, expect, test } from "vitest";
import { createRowReader } from "../../src/intake/batch-rows/format.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { outerCode, said } from "../../src/words/said.ts";

/** What became of each row of a CSV. */
function readCsv(text: string) {
  const reader = createRowReader("csv");
  return [...reader.push(text), ...reader.end()].map((row) =>
    readScoreRequest("fields" in row ? row.fields : null),
  );
}

describe("inputs that real clients sent", () => {
  test("pandas wrote nan, NaN and <NA> where nothing was", () => {
    const rows = readCsv(
      "question,answer,contexts,ground_truth\nport?,8080,\"['port 8080']\",nan\nport2?,8080,\"['port 8080']\",NaN\nport3?,8080,nan,<NA>\n",
    );
    expect(rows.map(({ request }) => [request.contexts, request.ground_truth])).toEqual([
      [["port 8080"], null],
      [["port 8080"], null],
      [null, null],
    ]);
    for (const { warnings } of rows) {
      expect(warnings.map(({ code }) => outerCode(code))).toContain("missing_word");
    }
  });

  test("numpy wrote two passages without a comma", () => {
    const [row] = readCsv(
      "question,answer,contexts\nport?,8080,\"['port 8080' 'open by default']\"\n",
    );
    expect(row?.request.contexts).toEqual(["port 8080", "open by default"]);
  });

  test("Dify folded the thoughts, and JSON read the backslashes of a formula", () => {
    const { request } = readScoreRequest({
      question: "Which port?",
      answer:
        '<details style="color:gray" open> <summary> Thinking... </summary>\nmaybe 22?\n</details>\n\nPort 8080.',
      contexts: ["Port 8080."],
    });
    expect(request.answer).toBe("Port 8080.");
    const body = '{"question":"Formula?","answer":"It is $\\frac{a}{b}$ and \\theta"}';
    expect(readScoreRequest(JSON.parse(body)).warnings).toEqual([
      said("control_characters", { field: "answer" }),
    ]);
  });
});
