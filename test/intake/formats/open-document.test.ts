import { describe, expect, test } from "vitest";
import { createRowReader } from "../../../src/intake/batch-rows/format.ts";
import type { Row } from "../../../src/intake/batch-rows/row.ts";
import { recogniseUpload } from "../../../src/intake/formats/recognise-upload.ts";
import { said } from "../../../src/words/said.ts";
import { TEXTS } from "./tool-rows.ts";

/** Pieces of every size, because an upload streams. */
function read(text: string, piece: number): Row[] {
  const reader = createRowReader("jsonl");
  const rows: Row[] = [];
  for (let from = 0; from < text.length; from += piece) {
    rows.push(...reader.push(text.slice(from, from + piece)));
  }
  return [...rows, ...reader.end()];
}

const fieldsOf = (rows: readonly Row[]) => rows.map((row) => ("fields" in row ? row.fields : row));

describe.each(["zh", "en"] as const)("a file that is one object (%s)", (language) => {
  const { question, answer, passages } = TEXTS[language];
  const rows = [
    { question, answer, contexts: passages },
    { question: `${question}2`, answer, contexts: [] },
  ];
  const FILES: readonly (readonly [string, unknown, readonly unknown[]])[] = [
    ["a list under a name", { version: 3, data: rows }, rows],
    ["a list two names down", { evalId: "e", results: { stats: { n: 2 }, results: rows } }, rows],
    ["beside a list of something else", { prompts: [{ raw: "x" }], results: rows }, rows],
    [
      "rows of a data sets server",
      {
        features: [{ name: "question" }],
        rows: rows.map((row, row_idx) => ({ row_idx, row, truncated_cells: [] })),
      },
      rows,
    ],
    [
      "a table by columns",
      {
        question: rows.map((row) => row.question),
        answer: [answer, answer],
        contexts: rows.map((row) => row.contexts),
      },
      rows,
    ],
    [
      "a table by columns as pandas writes it",
      {
        question: { "0": question, "1": `${question}2` },
        answer: { "0": answer, "1": answer },
        contexts: { "0": passages, "1": [] },
      },
      rows,
    ],
    [
      "names and cells apart",
      {
        columns: ["question", "answer", "contexts"],
        data: rows.map((row) => [row.question, row.answer, row.contexts]),
      },
      rows,
    ],
    [
      "names and cells apart, under a name",
      { dataframe_split: { columns: ["question", "answer"], data: [[question, answer]] } },
      [{ question, answer }],
    ],
    [
      "one sample",
      { question, answer, contexts: passages.map((content) => ({ content })) },
      [{ question, answer, contexts: passages.map((content) => ({ content })) }],
    ],
    [
      "one sample in chat messages",
      { input: [{ role: "user", content: question }], output: answer },
      [{ input: [{ role: "user", content: question }], output: answer }],
    ],
  ];
  test.each(FILES)("%s", (_, document, wanted) => {
    for (const text of [
      JSON.stringify(document),
      JSON.stringify(document, null, 2),
      `\n${JSON.stringify(document)}\n\n`,
    ]) {
      for (const piece of [7, 64, 100_000]) expect(fieldsOf(read(text, piece))).toEqual(wanted);
    }
  });

  test("of two lists that could be meant none is taken", () => {
    const [row, ...more] = read(JSON.stringify({ train: rows, test: rows }), 50);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      problem: said("several_lists", { names: "`train`, `test`" }),
    });
  });
});

describe("lines stay lines", () => {
  test("an object a line, whatever is in it, with the numbers of the file", () => {
    const text =
      '{"data": [{"question": "q", "answer": "a"}], "question": "x", "answer": "y"}\n\n{"question": "z"}\n';
    expect(read(text, 5).map(({ line }) => line)).toEqual([1, 3]);
  });
  test("a broken first line costs its own row only", () => {
    const text = '{"question": "q", "ans\n{"question": "z", "answer": "a"}\n';
    expect(read(text, 9)).toEqual([
      { line: 1, problem: said("row_no_json"), source: expect.stringContaining("ans") },
      { line: 2, fields: { question: "z", answer: "a" } },
    ]);
  });
  test("an object that never ends is read as lines, and says so", () => {
    const rows = read('{"data": [\n{"question": "q"},\n{"question": "z"}\n', 11);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some((row) => "problem" in row)).toBe(true);
  });
});

test("the beginning of an upload tells the format", () => {
  expect(recogniseUpload("csv", "\uFEFFinput,actual_output,retrieval_context\nq,a,")).toBe(
    "deepeval",
  );
  expect(recogniseUpload("json", '[{"user_input":"q","response":"a"},{"user_inp')).toBe("ragas");
  expect(recogniseUpload("jsonl", '{"question":"问","answer":"答"}\n{"que')).toBe("touchstone");
  expect(recogniseUpload("jsonl", '{"question":"问","answer":"very lo')).toBe(null);
});
