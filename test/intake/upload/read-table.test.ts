import { describe, expect, test } from "vitest";
import { said } from "../../../src/words/said.ts";
import { readTable } from "../../../ui/features/upload/read-table.ts";
import { makeXlsx } from "./make-xlsx.ts";

const watch = { onShare: () => undefined, signal: new AbortController().signal };
const read = (name: string, ...parts: (string | Blob | Uint8Array<ArrayBuffer>)[]) =>
  readTable(new File(parts, name), watch);

/** 问题,回答\n你好,世界\n in the charset Excel writes in China. */
const GBK = new Uint8Array([
  0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xbb, 0xd8, 0xb4, 0xf0, 0x0a, 0xc4, 0xe3, 0xba, 0xc3, 0x2c, 0xca,
  0xc0, 0xbd, 0xe7, 0x0a,
]);

describe("a file becomes rows", () => {
  test("CSV with a mark, quotes and breaks; lines are those of the file", async () => {
    const table = await read(
      "a.csv",
      '\uFEFFquestion,answer\r\n"one\r\nand a half","it said ""yes"""\r\n\r\n二,=1+1\r\nshort\r\n',
    );
    expect(table.columns).toEqual(["question", "answer"]);
    expect(table.charset).toBe("utf-8");
    expect(table.rows).toEqual([
      { line: 2, fields: { question: "one\r\nand a half", answer: 'it said "yes"' } },
      { line: 5, fields: { question: "二", answer: "=1+1" } },
    ]);
    expect(table.unread).toEqual([
      { line: 6, reason: said("row_width", { fields: 1, names: 2 }), source: "short" },
    ]);
  });

  test("GBK, as Excel writes it in China", async () => {
    const table = await read("样本.csv", GBK);
    expect(table.charset).toBe("gb18030");
    expect(table.rows[0]?.fields).toEqual({ 问题: "你好", 回答: "世界" });
  });

  test("UTF-16 with its mark, tabs between", async () => {
    const text = "question\tanswer\n问\t答\n";
    const bytes = new Uint8Array(
      new Uint16Array([0xfeff, ...[...text].map((c) => c.charCodeAt(0))]).buffer,
    );
    const table = await read("a.txt", bytes);
    expect(table.rows[0]?.fields).toEqual({ question: "问", answer: "答" });
  });

  test("JSON Lines: a broken line is told, the others stay", async () => {
    const table = await read(
      "a.jsonl",
      '{"question":"q","answer":"a"}\n{"question":\n\n[1]\n{"query":"x"}\n',
    );
    expect(table.rows.map(({ line }) => line)).toEqual([1, 5]);
    expect(table.columns).toEqual(["question", "answer", "query"]);
    expect(table.unread.map(({ line }) => line)).toEqual([2, 4]);
  });

  test("a JSON list, one object, and a list under a name", async () => {
    const list = await read("a.json", '[{"question":"q"},{"question":"r"}]');
    expect(list.rows).toHaveLength(2);
    const one = await read("a.json", '{\n "question": "q",\n "contexts": [{"content": "c"}]\n}');
    expect(one.rows).toEqual([
      { line: 1, fields: { question: "q", contexts: [{ content: "c" }] } },
    ]);
    const named = await read("a.json", '{"version": 1, "data": [{"query": "q"}, {"query": "r"}]}');
    expect(named.rows.map(({ fields }) => fields)).toEqual([{ query: "q" }, { query: "r" }]);
  });

  test("an Excel workbook, whatever its name", async () => {
    const bytes = makeXlsx([
      ["问题", "回答", "上下文1", ""],
      ["净水器多久换滤芯？", "六个月 <b>&", "每六个月更换一次。", "beyond"],
      ["", "", "", ""],
      ["q", "a", "c", ""],
    ]);
    const table = await read("样本.csv", new Uint8Array(bytes));
    // A column without a name is called as the spreadsheet calls it, so that it is seen.
    expect(table.columns).toEqual(["问题", "回答", "上下文1", "D"]);
    expect(table.rows).toEqual([
      {
        line: 2,
        fields: {
          问题: "净水器多久换滤芯？",
          回答: "六个月 <b>&",
          上下文1: "每六个月更换一次。",
          D: "beyond",
        },
      },
      { line: 4, fields: { 问题: "q", 回答: "a", 上下文1: "c", D: "" } },
    ]);
  });

  test("`__proto__` is a column like any other", async () => {
    const table = await read("a.jsonl", '{"__proto__":{"question":"q"},"answer":"a"}\n');
    expect(table.columns).toContain("answer");
    expect(Object.getPrototypeOf(table.rows[0]?.fields)).toBe(Object.prototype);
  });

  test.each([
    ["empty", "a.csv", []],
    ["noRows", "a.csv", ["question,answer\n"]],
    ["noRows", "a.json", ["[]"]],
    ["oldExcel", "a.xls", [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])]],
    ["binary", "a.png", [new Uint8Array([0x89, 0x50, 0, 0, 1])]],
    ["brokenExcel", "a.xlsx", [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0])]],
    ["noColumns", "a.jsonl", ["{}\n{}\n"]],
  ] as const)("says why: %s", async (problem, name, parts) => {
    await expect(read(name, ...parts)).rejects.toMatchObject({ problem });
  });

  test("too large and too many rows", async () => {
    const large = new Blob(Array.from({ length: 51 }, () => new Uint8Array(1024 * 1024)));
    await expect(read("a.csv", large)).rejects.toMatchObject({ problem: "tooLarge" });
    const many = `question,answer\n${"q,a\n".repeat(50_001)}`;
    await expect(read("a.csv", many)).rejects.toMatchObject({ problem: "tooManyRows" });
  });
});
