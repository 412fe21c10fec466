import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import type { ReportInput, ReportSample } from "../../src/reports/report-input.ts";
import { renderScoresCsv } from "../../src/reports/text/scores-csv.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene } from "./scenes.ts";

const RUN: ReportInput["run"] = {
  run_id: "run_1",
  name: null,
  mode: "batch",
  judge: "perfect@1",
  judge_model: null,
  embedding_model: null,
  started_at: "2026-11-23T08:00:00.000Z",
  finished_at: "2026-11-23T08:00:09.000Z",
  metrics: ["faithfulness", "context_recall"],
  tags: {},
  session_id: null,
};

function inputOf(samples: ReportSample[]): ReportInput {
  const usage = { judge_calls: 0, cached_calls: 0, prompt_tokens: 0, completion_tokens: 0 };
  return { run: RUN, language: "en", versions: {}, usage, samples };
}

function sampleWith(texts: Partial<NonNullable<ReportSample["texts"]>>, id = "s1"): ReportSample {
  return {
    sample_id: id,
    tags: {},
    error: null,
    outcomes: {},
    scores: { faithfulness: 0.25, context_recall: null },
    weighted_score: 0.25,
    evidence: null,
    texts: { question: "q", answer: "a", contexts: ["c"], ground_truth: null, ...texts },
  };
}

function read(csv: string): Record<string, string>[] {
  expect(csv.startsWith("\uFEFF")).toBe(true);
  const { data, errors } = Papa.parse<Record<string, string>>(csv.slice(1), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return data;
}

/** What a reader does to get a defused text back: one quote less. */
const undefuse = (cell: string) => (/^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell);

test("has the columns of the contract, in order", () => {
  const [header] = renderScoresCsv(inputOf([])).slice(1).split("\r\n");
  expect(header).toBe(
    "sample_id,question,contexts,answer,ground_truth,faithfulness,context_recall,error,cause",
  );
});

test("takes the texts from the evidence, contexts as JSON, a missing score as an empty cell", () => {
  const evidence = { ...perfectEvidence(cleanScene("zh", 0)), cause: "invented" as const };
  const [row] = read(renderScoresCsv(inputOf([{ ...sampleWith({}), evidence }])));
  expect(row?.question).toBe("关于青石桥有哪些基本信息？");
  expect(JSON.parse(row?.contexts ?? "")).toEqual(evidence.passages?.map(({ text }) => text));
  expect(row?.ground_truth).toBe(evidence.reference?.text);
  expect(row?.faithfulness).toBe("0.25");
  expect(row?.context_recall).toBe("");
  expect(row?.cause).toBe("invented");
});

test("an error is shown with code and message", () => {
  const error = { code: "judge_unavailable", message: "The judge cannot be reached." };
  const [row] = read(renderScoresCsv(inputOf([{ ...sampleWith({}), error }])));
  expect(row?.error).toBe("judge_unavailable: The judge cannot be reached.");
});

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "＝1+1",
  "＋1",
  "－1",
  "＠x",
  "'=1",
])("a spreadsheet does not run %j", (formula) => {
  const csv = renderScoresCsv(
    inputOf([sampleWith({ question: formula, answer: formula, ground_truth: formula }, formula)]),
  );
  const [row] = read(csv);
  for (const column of ["sample_id", "question", "answer", "ground_truth"]) {
    const cell = row?.[column] ?? "";
    expect(cell.startsWith("'")).toBe(true);
    expect(undefuse(cell)).toBe(formula);
  }
});

test("numbers stay numbers, negative ones too", () => {
  const sample = { ...sampleWith({}), scores: { faithfulness: -0.125, context_recall: 1 } };
  const [row] = read(renderScoresCsv(inputOf([sample])));
  expect(row?.faithfulness).toBe("-0.125");
  expect(row?.context_recall).toBe("1");
});

test("any texts come back exactly", () => {
  const mark = fc.constantFrom(...`",'=+-@\t\r\n ＝;字|`.split(""));
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.array(mark, { maxLength: 20 }).map((marks) => marks.join("")),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 4 }), (rows) => {
      const samples = rows.map(([question, answer, context], index) =>
        sampleWith({ question, answer, contexts: [context] }, `s${index}`),
      );
      const data = read(renderScoresCsv(inputOf(samples)));
      expect(data).toHaveLength(rows.length);
      for (const [index, [question, answer, context]] of rows.entries()) {
        expect(undefuse(data[index]?.question ?? "")).toBe(question);
        expect(undefuse(data[index]?.answer ?? "")).toBe(answer);
        expect(JSON.parse(data[index]?.contexts ?? "")).toEqual([context]);
      }
    }),
    { numRuns: 400 },
  );
});
