import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import {
  type BatchFormat,
  createRowReader,
  guessFormat,
} from "../../src/intake/batch-rows/format.ts";
import type { Row } from "../../src/intake/batch-rows/row.ts";
import { say } from "../../src/words/say.ts";

/** Reads the text in pieces of the given size, as a stream would bring it. */
function read(format: BatchFormat, text: string, size = text.length || 1): Row[] {
  const reader = createRowReader(format);
  const rows: Row[] = [];
  for (let at = 0; at < text.length; at += size)
    rows.push(...reader.push(text.slice(at, at + size)));
  return [...rows, ...reader.end()];
}

const good = (rows: Row[]) => rows.flatMap((row) => ("fields" in row ? [row.fields] : []));
const bad = (rows: Row[]) =>
  rows.flatMap((row) => ("problem" in row ? [{ ...row, problem: say(row.problem, null) }] : []));

const SAMPLES = [
  { question: "年假几天？", answer: '十天，"带薪"。', contexts: ["年假[10]天{带薪}", "a,b\n\\"] },
  { question: "How long?", answer: 'Two years, "free"\r\nrepairs.', contexts: [] },
];

describe("rows of an upload", () => {
  it("are the same however the stream is cut, in every format", () => {
    const texts: Record<BatchFormat, string> = {
      json: JSON.stringify(SAMPLES, null, 2),
      jsonl: SAMPLES.map((sample) => JSON.stringify(sample)).join("\r\n"),
      csv: Papa.unparse(
        SAMPLES.map((sample) => ({ ...sample, contexts: JSON.stringify(sample.contexts) })),
      ),
    };
    for (const format of ["json", "jsonl", "csv"] as const) {
      const whole = read(format, texts[format]);
      expect(good(whole), format).toHaveLength(2);
      for (let size = 1; size < 40; size++)
        expect(read(format, texts[format], size)).toEqual(whole);
    }
    expect(good(read("json", texts.json))).toEqual(SAMPLES);
    expect(good(read("jsonl", texts.jsonl))).toEqual(SAMPLES);
  });

  it("counts lines as an editor does, though cells break them another way than rows", () => {
    const text = 'question,answer\r\n"一\n二\r三",a\r\nq,a\r\n';
    expect(read("csv", text).map(({ line }) => line)).toEqual([2, 5]);
    const old = 'question,answer\r"one\ntwo",a\rq,a\r';
    expect(read("csv", old).map(({ line }) => line)).toEqual([2, 4]);
  });

  it("any list of JSON values comes back, pretty or not, in pieces of any size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 4 })),
        fc.nat(3),
        fc.integer({ min: 1, max: 50 }),
        (values, indent, size) => {
          const text = JSON.stringify(values, null, indent);
          const rows = read("json", text, size);
          expect(bad(rows)).toEqual([]);
          expect(good(rows)).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it("any table comes back from CSV, whatever its cells hold", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => `x${text}`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell)),
        fc.constantFrom("\n", "\r\n"),
        fc.constantFrom(",", ";", "\t"),
        (cells, newline, delimiter) => {
          const text = Papa.unparse(
            { fields: ["question", "answer"], data: cells },
            { newline, delimiter },
          );
          expect(good(read("csv", text))).toEqual(
            cells.map(([question, answer]) => ({ question, answer })),
          );
        },
      ),
    );
  });
});

describe("what Python writes of a number that is none", () => {
  it("is no JSON, yet the row is read and the word stands in its field", () => {
    const row = '{"question":"NaN, Infinity?","ground_truth":NaN,"n":[-Infinity, 1]}';
    const expected = { question: "NaN, Infinity?", ground_truth: "nan", n: ["nan", 1] };
    expect(read("jsonl", row)).toEqual([{ line: 1, fields: expected }]);
    expect(read("json", `[${row}]`)).toEqual([{ line: 1, fields: expected }]);
    expect(bad(read("jsonl", '{"a":NaNa}'))).toHaveLength(1);
  });
});

describe("bad rows", () => {
  it("are listed with their line and do not stop the others", () => {
    const lines = ['{"question":"问"}', "", "{oops", '{"question":"b"}'].join("\n");
    expect(bad(read("jsonl", lines))).toEqual([
      { line: 3, problem: expect.stringContaining("JSON"), source: "{oops" },
    ]);
    expect(good(read("jsonl", lines))).toHaveLength(2);
    const list = '[\n{"a":1},\n{"b":},\n\n{"c":3}\n]';
    expect(bad(read("json", list))).toEqual([
      { line: 3, problem: expect.stringContaining("JSON"), source: '{"b":}' },
    ]);
    expect(good(read("json", list))).toEqual([{ a: 1 }, { c: 3 }]);
    const table = 'question,answer\n"两\n行",甲\nonly\nc,d\n';
    expect(bad(read("csv", table))).toEqual([
      { line: 4, problem: expect.stringContaining("1 fields"), source: "only" },
    ]);
    expect(read("csv", table).map((row) => row.line)).toEqual([2, 4, 5]);
  });

  it("a list that breaks off, goes on after its end, or is none says so", () => {
    expect(bad(read("json", '[{"a":1},{"b"'))).toMatchObject([
      { problem: expect.stringContaining("breaks off") },
    ]);
    expect(good(read("json", '[{"a":1},{"b"'))).toEqual([{ a: 1 }]);
    expect(bad(read("json", '[{"a":1}] []'))).toMatchObject([
      { problem: expect.stringContaining("after the end") },
    ]);
    expect(bad(read("json", "[1,,2]"))).toHaveLength(1);
    expect(bad(read("json", ""))).toHaveLength(1);
    expect(read("json", " [ ] ")).toEqual([]);
  });

  it("a row beyond 2 MB is one bad row; a deep one too", () => {
    const long = JSON.stringify({ question: "长".repeat(2 * 1024 * 1024) });
    for (const [format, text] of [
      ["json", `[${long},{"a":1}]`],
      ["jsonl", `${long}\n{"a":1}`],
    ] as const) {
      expect(bad(read(format, text, 65_536))).toHaveLength(1);
      expect(good(read(format, text, 65_536))).toEqual([{ a: 1 }]);
    }
    const open = `question,answer\n"${"a\n".repeat(1_200_000)}`;
    expect(bad(read("csv", open, 65_536))).toHaveLength(1);
    expect(bad(read("jsonl", "[".repeat(100_000)))).toHaveLength(1);
  });
});

describe("the format of an upload", () => {
  it.each([
    ["application/json", ' \n[{"a":1}]', "json"],
    ["application/x-ndjson", '{"a":1}', "jsonl"],
    ["text/plain", '{"a":1}\n{"a":2}', "jsonl"],
    ["text/csv; charset=utf-8", "[question],answer", "csv"],
    ["application/octet-stream", "question,answer", "csv"],
  ])("%s %j is %s", (type, start, format) => {
    expect(guessFormat(type, start)).toBe(format);
  });
});
