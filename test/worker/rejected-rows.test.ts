import Papa from "papaparse";
import { beforeEach, describe, expect, test } from "vitest";
import type { RejectedRow } from "../../src/contract/csv.ts";
import { type BatchFormat, createRowReader } from "../../src/intake/batch-rows/format.ts";
import type { Row } from "../../src/intake/batch-rows/row.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { RowIntake } from "../../src/jobs/batch/read-row.ts";
import { RejectedTable } from "../../src/reports/text/rejected-rows-csv.ts";
import { say } from "../../src/words/say.ts";
import { generateSamples } from "../intake/generate-samples.ts";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";
import { emptyTables, OPTIONS } from "./job-world.ts";

function read(format: BatchFormat, text: string): Row[] {
  const reader = createRowReader(format);
  return [...reader.push(text), ...reader.end()];
}

function intakeOf(
  format: BatchFormat,
  project: Partial<ConstructorParameters<typeof RowIntake>[1]> = {},
): RowIntake {
  const ofProject = { redact: [], storeText: true, criteria: [], ...project };
  return new RowIntake(OPTIONS, ofProject, format === "csv");
}

function reject(format: BatchFormat, text: string, project = {}): RejectedRow[] {
  const intake = intakeOf(format, project);
  return read(format, text).flatMap((row) => {
    const outcome = intake.read(row);
    return "reason" in outcome ? [outcome] : [];
  });
}

/** The file as a browser saves it and a client reads it: the mark is gone. */
function render(rows: readonly RejectedRow[]): string {
  const table = new RejectedTable();
  for (const row of rows) table.add(row);
  return (
    table.renderHead() + rows.map((row) => table.renderRow(row, say(row.reason, null))).join("")
  ).slice(1);
}

const SAMPLES = generateSamples(40, 77).map((sample, at) => ({
  id: `s${at}`,
  answer: sample.answer,
  contexts: at % 5 === 4 ? [] : sample.chunks,
  ground_truth: at % 3 === 0 ? `=1+1 ${sample.groundTruth}` : sample.groundTruth,
  tags: { 领域: "售后", n: String(at) },
  "note; to, self": "-",
}));

beforeEach(emptyTables);

describe("rejected rows come back as a table", () => {
  test.each<[BatchFormat, string]>([
    ["json", JSON.stringify(SAMPLES)],
    ["jsonl", SAMPLES.map((sample) => JSON.stringify(sample)).join("\n")],
  ])("%s without questions: corrected and sent again they are what was sent", (format, text) => {
    const rejected = reject(format, text);
    expect(rejected).toHaveLength(SAMPLES.length);
    const rows = read("csv", render(rejected));
    expect(rows).toHaveLength(SAMPLES.length);
    for (const [at, row] of rows.entries()) {
      const fields = "fields" in row ? Object(row.fields) : {};
      const expected = { ...SAMPLES[at], question: "问 question" };
      const again = readScoreRequest({ ...fields, question: "问 question" });
      const direct = readScoreRequest(expected);
      expect(again.request).toEqual(direct.request);
      expect(again.warnings).toEqual(direct.warnings);
      expect(fields.touchstone_reason).toContain("`question` is missing");
    }
  });

  test("csv: every column that was sent, then where and why; a second round adds none", () => {
    const text =
      'question,answer,contexts,备注\r\n,答,"[""甲""]",=cmd\r\nq,a,"c",x\r\nshort\r\n"","a","it said ""yes""","two\nlines"\r\n';
    const first = render(reject("csv", text));
    expect(first.split("\r\n")[0]).toBe(
      '"question","answer","contexts","备注","touchstone_line","touchstone_reason","touchstone_source"',
    );
    const rows = read("csv", first);
    expect(rows.map((row) => "fields" in row && Object(row.fields).touchstone_line)).toEqual([
      "2",
      "4",
      "5",
    ]);
    expect(rows[0]).toMatchObject({
      fields: { answer: "答", contexts: '["甲"]', 备注: "=cmd", touchstone_source: "" },
    });
    expect(rows[1]).toMatchObject({ fields: { question: "", touchstone_source: "short" } });
    expect(rows[2]).toMatchObject({ fields: { contexts: 'it said "yes"', 备注: "two\nlines" } });
    const second = render(reject("csv", first));
    expect(second.split("\r\n")[0]).toBe(first.split("\r\n")[0]);
    expect(reject("csv", second)).toHaveLength(3);
  });

  test("what is no table is kept as it was written", () => {
    const rejected = reject("jsonl", '{oops "甲"\n[1,2]\n"text"\n{"answer":"a"}\n');
    expect(rejected.map(({ source }) => source)).toEqual(['{oops "甲"', "[1,2]", '"text"', null]);
    const rows = read("csv", render(rejected));
    expect(rows[0]).toMatchObject({ fields: { touchstone_source: '{oops "甲"' } });
  });

  test("a row with more names than a table can have keeps its own text", () => {
    const wide = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, n]));
    const [row] = read("csv", render(reject("json", JSON.stringify([wide]))));
    const source = row && "fields" in row ? Object(row.fields).touchstone_source : "";
    expect(JSON.parse(source)).toEqual(wide);
  });

  test("personal data is taken out as it is of samples; a project without texts keeps none", () => {
    const text = '{"answer":"call 13812345678","n":13812345678}\n{oops a@b.com\n';
    const redacted = reject("jsonl", text, { redact: ["email", "phone"] });
    expect(JSON.stringify(redacted)).not.toMatch(/13812345678|a@b\.com/);
    expect(redacted[0]?.fields).toMatchObject({ answer: "call [PHONE 1]" });
    for (const { fields, source } of reject("jsonl", text, { storeText: false })) {
      expect([fields, source]).toEqual([null, null]);
    }
  });
});

async function post(body: string, type: string) {
  const response = await send("/api/score/batch?metrics=exact_match", {
    method: "POST",
    body,
    headers: { "Content-Type": type },
  });
  const { job_id: id } = (await response.json()) as { job_id: string };
  return waitForJob(id);
}

const fetchRejected = (id: string) => send(`/api/score/jobs/${id}/bad-rows?format=csv`);

describe("GET /api/score/jobs/{id}/bad-rows?format=csv", () => {
  test.each([
    ["application/json", (rows: object[]) => JSON.stringify(rows)],
    ["application/x-ndjson", (rows: object[]) => rows.map((row) => JSON.stringify(row)).join("\n")],
  ])("%s: fetched, corrected, sent again: every row is scored", async (type, write) => {
    const rows = [SAMPLE_EN, { ...SAMPLE_ZH, question: "" }, { ...SAMPLE_EN, question: null }];
    const job = await post(write(rows), type);
    expect(job).toMatchObject({ status: "completed", bad_rows: 2, progress: { total: 1 } });
    const response = await fetchRejected(String(job.job_id));
    expect(response.headers.get("content-disposition")).toContain(
      `rejected-rows-${job.job_id}.csv`,
    );
    // As a person would: the questions are filled in, nothing else is touched.
    const [head = [], ...lines] = Papa.parse<string[]>((await response.text()).trim()).data;
    const at = head.indexOf("question");
    const questions = [SAMPLE_ZH.question, SAMPLE_EN.question];
    const corrected = Papa.unparse([
      head,
      ...lines.map((line, n) => line.with(at, questions[n] ?? "")),
    ]);
    const again = await post(corrected, "text/csv");
    expect(again).toMatchObject({ status: "completed", bad_rows: 0, progress: { total: 2 } });
    expect(again.warnings).toEqual([]);
  });

  test("an upload without one good row fails, and its rows can be fetched all the same", async () => {
    const job = await post("question,answer\n,答\n,a\n", "text/csv");
    expect(job).toMatchObject({ status: "failed", bad_rows: 2 });
    const text = await (await fetchRejected(String(job.job_id))).text();
    expect(text.trimEnd().split("\r\n")).toHaveLength(3);
    const list = await (await send(`/api/score/jobs/${job.job_id}/bad-rows`)).json();
    expect(list).toEqual({
      bad_rows: [
        { line: 2, reason: expect.stringContaining("`question`") },
        { line: 3, reason: expect.stringContaining("`question`") },
      ],
    });
    expect((await send(`/api/score/jobs/${job.job_id}/bad-rows?format=xml`)).status).toBe(422);
  });

  test("a quote that is never closed costs its row alone", async () => {
    const rows = Array.from({ length: 300 }, (_, n) => `问题${n},answer,answer`);
    const job = await post(
      `question,answer,ground_truth\nq,a,"b\n${rows.join("\n")}\n`,
      "text/csv",
    );
    expect(job).toMatchObject({ status: "completed", bad_rows: 1, progress: { total: 300 } });
    expect(JSON.stringify(job.warnings)).toContain("never closed");
  });
});
