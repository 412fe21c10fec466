import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { createRowReader } from "../../src/intake/batch-rows/format.ts";
import type { Row } from "../../src/intake/batch-rows/row.ts";
import { say } from "../../src/words/say.ts";
import { generateSamples } from "./generate-samples.ts";

function read(text: string, size = text.length || 1): Row[] {
  const reader = createRowReader("csv");
  const rows: Row[] = [];
  for (let at = 0; at < text.length; at += size) {
    rows.push(...reader.push(text.slice(at, at + size)));
  }
  return [...rows, ...reader.end()];
}

const good = (rows: Row[]) => rows.flatMap((row) => ("fields" in row ? [row] : []));
const bad = (rows: Row[]) =>
  rows.flatMap((row) => ("problem" in row ? [{ ...row, problem: say(row.problem, null) }] : []));
const HEAD = ["question", "answer", "contexts"];

/** Every cell carries a mark of its own, so that what was lost, doubled or merged can be told. */
function makeTable(seed: number): { rows: string[][]; text: string } {
  const rows = generateSamples(8, seed).map(({ question, answer, chunks }, at) =>
    [question, answer, JSON.stringify(chunks)].map((cell, n) => `⟦${at}.${n}⟧${cell}`),
  );
  const text = Papa.unparse(
    { fields: HEAD, data: rows },
    { newline: seed % 2 ? "\n" : "\r\n", quotes: seed % 3 > 0 },
  );
  return { rows, text: `${text}\n` };
}

const marksOf = (text: string) => text.match(/⟦\d+\.\d⟧/g) ?? [];

/** Places of the quotes behind the header. */
function quotePlaces(text: string): number[] {
  const from = text.search(/[\r\n]/);
  return [...text.matchAll(/"/g)].map(({ index }) => index).filter((index) => index > from);
}

describe("a quote too few or too many in a CSV", () => {
  const inputs = Array.from({ length: 120 }, (_, n) => {
    const { rows, text } = makeTable(n);
    const places = quotePlaces(text);
    const at = places[(n * 37) % places.length] ?? 0;
    const isStray = n % 4 === 3;
    return {
      name: `${isStray ? "one more" : "one less"} at ${at} of table ${n}`,
      rows,
      text: isStray
        ? `${text.slice(0, at)}"${text.slice(at)}`
        : text.slice(0, at) + text.slice(at + 1),
    };
  });

  test.each(inputs)("$name: no cell is lost, no rows are merged in silence", ({ rows, text }) => {
    const found = read(text);
    for (const { fields, warnings } of good(found)) {
      const marks = marksOf(Object.values(Object(fields)).join(""));
      const parents = new Set(marks.map((mark) => mark.slice(0, mark.indexOf("."))));
      if (parents.size > 1) expect(warnings).not.toBeUndefined();
    }
    const seen = [
      ...good(found).map(({ fields }) => Object.values(Object(fields)).join("")),
      ...bad(found).map(({ source }) => source ?? ""),
    ].flatMap(marksOf);
    expect(seen.sort()).toEqual(rows.flatMap((row) => row.flatMap(marksOf)).sort());
    // A broken quote costs the row it stands in and, at most, the one that holds its partner.
    const whole = rows.filter((row) =>
      good(found).some(({ fields }) => HEAD.every((name, n) => Object(fields)[name] === row[n])),
    );
    expect(whole.length).toBeGreaterThanOrEqual(rows.length - 2);
  });

  test.each([1, 7, 64, 1000])("is read the same in pieces of %d", (size) => {
    for (const { text } of inputs.slice(0, 12)) expect(read(text, size)).toEqual(read(text));
  });
});

describe("a quote that is never closed in the last field", () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `问题${n},answer ${n},passage ${n}`);
  const text = ["question,answer,contexts", 'q,a,"opened', ...rows].join("\r\n");

  test("costs its row alone, of 20,000", () => {
    const found = read(text, 65_536);
    expect(good(found)).toHaveLength(20_000);
    expect(bad(found)).toEqual([
      { line: 2, problem: expect.stringContaining("never closed"), source: 'q,a,"opened' },
    ]);
    expect(good(found)[0]).toEqual({
      line: 3,
      fields: { question: "问题0", answer: "answer 0", contexts: "passage 0" },
    });
    expect(good(found).at(-1)?.line).toBe(20_002);
  });

  test("in the very last row says that the file may be cut", () => {
    expect(bad(read('question,answer\nq,a\nr,"b'))).toEqual([
      { line: 3, problem: expect.stringContaining("never closed"), source: 'r,"b' },
    ]);
  });

  test("in the first row leaves nothing to read, and says so", () => {
    const found = read('question,"answer\nq,a\nr,b\n');
    expect(good(found)).toEqual([]);
    expect(bad(found)).toMatchObject([{ line: 1, source: 'question,"answer\nq,a\nr,b' }]);
  });

  test("in every row costs time in proportion to the length, and no row", () => {
    const count = 45_000;
    const many = Array.from({ length: count }, (_, n) => `q${n},"a${n}`).join("\n");
    const found = read(`question,answer\n${many}\n`, 65_536);
    expect(found.flatMap((row) => ("source" in row ? marks(row.source) : []))).toHaveLength(count);
  }, 20_000);

  const marks = (source: string | null) => source?.match(/^q\d+/gm) ?? [];
});

describe("a table as spreadsheets and people write it", () => {
  test("line breaks in names do not hide how rows end", () => {
    const found = read('"question\n(user)",answer\r\nq,a\r\nr,b\r\n');
    expect(good(found).map(({ fields }) => fields)).toEqual([
      { "question\n(user)": "q", answer: "a" },
      { "question\n(user)": "r", answer: "b" },
    ]);
  });

  test("ends of lines may differ within a file", () => {
    const found = read('question,answer\r\n"问",答\nq,a\r\nr,"b"\r\n');
    expect(good(found).map(({ fields }) => fields)).toEqual([
      { question: "问", answer: "答" },
      { question: "q", answer: "a" },
      { question: "r", answer: "b" },
    ]);
  });

  test("Excel's own first line names the delimiter", () => {
    expect(read("sep=;\r\nquestion;answer\r\nq,1;a\r\n")).toEqual([
      { line: 3, fields: { question: "q,1", answer: "a" } },
    ]);
  });

  test("delimiters inside quoted names do not count", () => {
    expect(good(read('"question;zh;en;fr",answer\nq,a\n'))).toHaveLength(1);
  });

  test("a column whose name comes twice keeps its values under a name of its own", () => {
    expect(read("question,contexts,contexts\nq,甲,乙\n")).toEqual([
      { line: 2, fields: { question: "q", contexts: "甲", "contexts (2)": "乙" } },
    ]);
  });

  test("quotes that are not doubled are read as far as they can be, with a warning", () => {
    const [row] = good(read('question,answer\n"say "hi" there",a\nq,b\n'));
    expect(row).toMatchObject({
      fields: { question: 'say "hi" there', answer: "a" },
      warnings: [{ code: "csv_quotes" }],
    });
  });

  test("rows inside a cell are suspected", () => {
    const merged = 'question,answer,contexts\nq,a,"c\nr,b,d"\ns,"two\nlines, of prose",e\n';
    const found = good(read(merged));
    expect(found).toHaveLength(2);
    expect(found[0]?.warnings).toMatchObject([{ code: "csv_rows_in_cell" }]);
    expect(found[1]?.warnings).toBeUndefined();
  });
});
