import { beforeEach, describe, expect, it } from "vitest";
import type { GateResult } from "../../src/contract/gate.ts";
import type { Accepted, Job } from "../../src/contract/job.ts";
import type { Report } from "../../src/contract/report.ts";
import { send, waitForJob } from "./http.ts";
import { emptyTables } from "./job-world.ts";

beforeEach(emptyTables);

const ROWS = {
  en: (n: number, answer: string) => ({
    question: `How long is warranty ${n}?`,
    answer,
    contexts: [`Warranty ${n} lasts 24 months.`],
  }),
  zh: (n: number, answer: string) => ({
    question: `第 ${n} 台保修多久？`,
    answer,
    contexts: [`第 ${n} 台保修二十四个月。`],
  }),
};
const GOOD = {
  en: (n: number) => `Warranty ${n} lasts 24 months.`,
  zh: (n: number) => `第 ${n} 台保修二十四个月。`,
};
const REFUSAL = { en: "I don't know.", zh: "抱歉，我无法回答这个问题。" };

async function upload(
  rows: readonly unknown[],
  query = "",
): Promise<{ accepted: Accepted; job: Job }> {
  const body = rows.map((row) => JSON.stringify(row)).join("\n");
  const response = await send(`/api/score/batch?judge=offline&metrics=faithfulness${query}`, {
    method: "POST",
    body,
    headers: { "Content-Type": "application/x-ndjson" },
  });
  const accepted = (await response.json()) as Accepted;
  return { accepted, job: (await waitForJob(accepted.job_id)) as unknown as Job };
}

async function askGate(run_id: string | null, headers: Record<string, string> = {}) {
  const json = { run_id, rules: { faithfulness: ">= 0.8" } };
  return (await (await send("/api/gate", { json, headers })).json()) as GateResult;
}

describe.each(["en", "zh"] as const)("rows without an answer (%s)", (language) => {
  it("are samples of the run, lower coverage, and keep a gate from a plain pass", async () => {
    const missing = ["", "None", "<think>hm</think>"];
    const rows = Array.from({ length: 20 }, (_, n) =>
      ROWS[language](n, n % 2 ? (missing[n % 3] ?? "") : GOOD[language](n)),
    );
    const { job } = await upload(rows);
    expect(job).toMatchObject({
      status: "completed",
      progress: { done: 10, failed: 10, total: 20 },
      bad_rows: 0,
    });
    expect(job.warnings.map(({ code }) => code)).toContain("no_answer");
    const report = (await (await send(`/api/runs/${job.run_id}`)).json()) as Report;
    expect(report.run).toMatchObject({ total_samples: 20, valid_samples: 10, invalid_samples: 10 });
    expect(report.run.coverage.faithfulness).toBe(0.5);
    expect(report.metrics.faithfulness?.missing).toEqual({ missing_answer: 10 });

    const gate = await askGate(job.run_id);
    expect(gate.verdict).toBe("inconclusive");
    expect(gate.unscored).toMatchObject({ total: 20, no_answer: 10 });
    expect(gate.reasons.at(-1)).toContain("10 of 20 samples have no answer");
    const chinese = await askGate(job.run_id, { "Accept-Language": "zh-CN,zh;q=0.9" });
    expect(chinese.reasons.join("")).toMatch(/区间.*20 个样本中有 10 个没有回答/);
    const byJob = await send("/api/gate", {
      json: { job_id: job.job_id, language: "zh", rules: "faithfulness>=0.8" },
    });
    expect(((await byJob.json()) as GateResult).reasons.at(-1)).toContain("没有回答");

    const summary = await (await send(`/api/runs/${job.run_id}/artifacts/summary.md`)).text();
    expect(summary).toMatch(language === "zh" ? /没有回答/ : /there is no answer/);
  });

  it("one of many does not hide either: a pass names it", async () => {
    const rows = Array.from({ length: 40 }, (_, n) =>
      ROWS[language](n, n === 7 ? "" : GOOD[language](n)),
    );
    const { job } = await upload(rows);
    const gate = await askGate(job.run_id);
    expect(gate.reasons.at(-1)).toContain("1 of 40 samples has no answer");
  });

  it("refusals and unreadable rows are named too", async () => {
    const rows = Array.from({ length: 12 }, (_, n) =>
      ROWS[language](n, n < 4 ? REFUSAL[language] : GOOD[language](n)),
    );
    const { job } = await upload([...rows, 12, { answer: "x" }]);
    const gate = await askGate(job.run_id);
    expect(gate.unscored).toMatchObject({ total: 12, refusals: 4, rejected_rows: 2, no_answer: 0 });
    expect(gate.reasons.join(" ")).toMatch(
      /2 rows of the upload could not be read.*4 of 12 answers decline/,
    );
  });

  it("a test set without any answer is not scored, and the reason says what it is", async () => {
    const { job } = await upload([ROWS[language](1, ""), ROWS[language](2, "")]);
    expect(job).toMatchObject({ status: "failed" });
    expect(job.error?.message).toContain("None of the rows (2) has an answer");
  });
});

describe("the format of an upload", () => {
  it("is named at once and kept with the job; format= is the last word", async () => {
    const row = {
      input: "端口？",
      actual_output: "端口是 8080。",
      retrieval_context: ["端口是 8080。"],
      context: ["8080"],
    };
    const { accepted, job } = await upload([row]);
    expect(accepted.format).toBe("deepeval");
    expect(job).toMatchObject({ status: "completed", format: "deepeval" });
    expect(job.scores.faithfulness).toBeGreaterThan(0.5);
    const own = await upload([{ question: "q?", answer: "It is 8080.", context: ["It is 8080."] }]);
    expect(own.job.format).toBe("touchstone");
    expect(own.job.warnings.map(({ code }) => code)).toContain("field_ambiguous");
    const said = await upload(
      [{ question: "q?", answer: "It is 8080.", context: ["It is 8080."] }],
      "&format=deepeval",
    );
    expect(said.job).toMatchObject({ format: "deepeval", scores: { faithfulness: null } });
    const wrong = await send("/api/score/batch?format=excel", { method: "POST", body: "{}" });
    expect(wrong.status).toBe(422);
  });

  it("a header with blanks and capitals is read", async () => {
    const response = await send("/api/score/batch?judge=offline&metrics=faithfulness", {
      method: "POST",
      body: " Question , Answer ,Contexts,Ground Truth\nport?,8080,\"['port 8080']\",8080\n",
      headers: { "Content-Type": "text/csv" },
    });
    const { job_id, format } = (await response.json()) as Accepted;
    expect(format).toBe("ragas");
    expect(await waitForJob(job_id)).toMatchObject({ status: "completed", progress: { done: 1 } });
  });

  it("one JSON object that wraps the rows is opened", async () => {
    const document = { name: "faq", data: [ROWS.zh(1, GOOD.zh(1)), ROWS.en(2, GOOD.en(2))] };
    const response = await send("/api/score/batch?judge=offline&metrics=faithfulness", {
      method: "POST",
      body: JSON.stringify(document, null, 2),
      headers: { "Content-Type": "application/json" },
    });
    const { job_id } = (await response.json()) as Accepted;
    expect(await waitForJob(job_id)).toMatchObject({
      status: "completed",
      progress: { done: 2, total: 2 },
    });
  });

  it("a single submission says it too", async () => {
    const json = {
      user_input: "q?",
      response: "It is 8080.",
      retrieved_contexts: ["It is 8080."],
      judge: "offline",
    };
    const accepted = (await (await send("/api/score/async", { json })).json()) as Accepted;
    expect(accepted).toMatchObject({ format: "ragas", warnings: [] });
    const wrong = await send("/api/score/async", { json: { ...json, format: "excel" } });
    expect(wrong.status).toBe(422);
  });
});
