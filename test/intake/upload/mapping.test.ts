import { describe, expect, test } from "vitest";
import { createRowReader } from "../../../src/intake/batch-rows/format.ts";
import { applyMapping } from "../../../src/intake/formats/apply-mapping.ts";
import { assign, mapColumns } from "../../../src/intake/formats/map-columns.ts";
import { outerCode } from "../../../src/words/said.ts";
import { ROW_SPEAKER } from "../../../src/words/say-rows.ts";
import { checkRow } from "../../../ui/features/upload/check-rows.ts";
import { toJsonLines } from "../../../ui/features/upload/format-of-table.ts";

const guess = (...columns: string[]) => [...mapColumns(columns, null).values()];

describe("columns are guessed by their names", () => {
  test("Ragas", () => {
    expect(guess("user_input", "response", "retrieved_contexts", "reference")).toEqual([
      "question",
      "answer",
      "contexts",
      "ground_truth",
    ]);
  });
  test("Dify", () => {
    expect(guess("message_id", "query", "answer", "retriever_resources")).toEqual([
      "id",
      "question",
      "answer",
      "contexts",
    ]);
  });
  test("Chinese headers, with blanks, widths and marks around them", () => {
    expect(guess("序号", " 问题 ", "模型回答", "上下文１", "上下文2", "参考答案（*）")).toEqual([
      "id",
      "question",
      "answer",
      "contexts",
      "contexts",
      "ground_truth",
    ]);
  });
  test("答案 is the answer, unless a surer name is there", () => {
    expect(guess("问题", "答案")).toEqual(["question", "answer"]);
    expect(guess("问题", "答案", "回答")).toEqual(["question", null, "answer"]);
  });
  test("what is not known is not sent", () => {
    expect(guess("comment", "__proto__", "constructor")).toEqual([null, null, null]);
  });
});

describe("a mapping", () => {
  test("gives a meaning that one column can have to the last that asked", () => {
    const before = mapColumns(["question", "text"], null);
    expect([...assign(before, "text", "question")]).toEqual([
      ["question", null],
      ["text", "question"],
    ]);
  });

  test("puts several columns of passages and tags together, leaving out what is empty", () => {
    const mapping = new Map([
      ["q", "question"],
      ["c1", "contexts"],
      ["c2", "contexts"],
      ["领域", "tag"],
      ["empty", "tag"],
    ] as const);
    const fields = { q: "问", c1: "一", c2: "", 领域: "售后", empty: " ", extra: "x" };
    expect(applyMapping(new Map(Object.entries(fields)), mapping)).toEqual({
      question: "问",
      contexts: ["一"],
      tags: { 领域: "售后" },
    });
  });

  test("a single column is read as the server reads it", () => {
    const mapping = mapColumns(["question", "answer", "contexts"], null);
    const row = (contexts: string) =>
      checkRow({ line: 2, fields: { question: "q", answer: "a", contexts } }, mapping);
    expect(row("['one', 'two']").passages).toEqual(["one", "two"]);
    expect(row('[{"content":"甲"},{"content":"乙"},{"content":"丙"}]').passages).toHaveLength(3);
    expect(row("").warnings.map(({ code }) => outerCode(code))).toEqual(["contexts_empty"]);
  });

  test("a row without answer is refused, and says of which field", () => {
    const mapping = mapColumns(["question", "answer"], null);
    const checked = checkRow({ line: 3, fields: { question: "问", answer: "None" } }, mapping);
    expect(checked.refusal && ROW_SPEAKER.say(checked.refusal.detail, "zh")).toContain(
      "`answer` 缺失",
    );
    expect(checked.question).toBe("问");
  });
});

test("the lines that are sent have the numbers of the file", async () => {
  const rows = [
    { line: 2, fields: { q: "a\nb" } },
    { line: 4, fields: { q: "c" } },
    { line: 9, fields: { q: "d" } },
    { line: 9, fields: { q: "e" } },
  ];
  const table = { fileName: "a.csv", columns: ["q"], rows, unread: [], charset: "utf-8" };
  const blob = await toJsonLines(
    table,
    new Map([["q", "question"]] as const),
    new AbortController().signal,
  );
  const reader = createRowReader("jsonl");
  const sent = [...reader.push(await blob.text()), ...reader.end()];
  expect(sent).toEqual([
    { line: 2, fields: { question: "a\nb" } },
    { line: 4, fields: { question: "c" } },
    { line: 9, fields: { question: "d" } },
    { line: 10, fields: { question: "e" } },
  ]);
});
