import { describe, expect, it } from "vitest";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";

const CRITERIA = [
  { name: "polite", text: "Is the answer polite?" },
  { name: "简短", version: 2, text: "回答简短吗？", kind: "scale" },
];

interface Job {
  job_id: string;
  run_id: string;
  metrics: string[];
  outcomes: Record<string, { status: string; reason: string | null }>;
  scores: Record<string, number | null>;
  warnings: { code: string; message: string }[];
  skipped_metrics: string[];
}

async function score(sample: object, more: Record<string, unknown>): Promise<Job> {
  const answer = await send("/api/score/async", { json: { ...sample, ...more } });
  expect(answer.status).toBe(202);
  const { job_id } = (await answer.json()) as { job_id: string };
  return (await waitForJob(job_id)) as unknown as Job;
}

describe("criteria of one's own, without a model", () => {
  it("are metrics of the job, failed with a warning that says what to set", async () => {
    const job = await score(SAMPLE_EN, { criteria: CRITERIA, metrics: ["faithfulness"] });
    expect(job.metrics).toEqual(["faithfulness", "criterion:polite", "criterion:简短"]);
    expect(job.scores.faithfulness).toBeGreaterThan(0.5);
    for (const name of ["criterion:polite", "criterion:简短"]) {
      expect(job.outcomes[name]).toMatchObject({ status: "failed", reason: "judge_error" });
    }
    expect(job.skipped_metrics).toEqual([]);
    expect(job.warnings.map(({ code }) => code)).toContain("criteria_need_model");
  });

  it("arrive in a Dify form as JSON text, and stand in the table of the report", async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(SAMPLE_ZH)) {
      body.set(name, typeof value === "string" ? value : JSON.stringify(value));
    }
    body.set("criteria", JSON.stringify(CRITERIA));
    const answer = await send("/api/score/async", { body });
    expect(answer.status).toBe(202);
    const accepted = (await answer.json()) as Job;
    const job = (await waitForJob(accepted.job_id)) as unknown as Job;
    const csv = await send(`/api/runs/${job.run_id}/artifacts/scores.csv`);
    expect((await csv.text()).split("\n")[0]).toMatch(/criterion:polite,criterion:简短/);
    const summary = await send(`/api/runs/${job.run_id}/artifacts/summary.md`);
    expect(await summary.text()).toMatch(/简短/);
  });

  it("another wording is another payload; a bad one is refused with its place", async () => {
    const refused = await send("/api/score/async", {
      json: { ...SAMPLE_EN, criteria: [{ name: "a b", text: "x" }] },
    });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [{ pointer: "#/criteria/0/name" }] });
    const [first, second] = await Promise.all(
      ["Is it short?", "Is it long?"].map(async (text) => {
        const json = { ...SAMPLE_ZH, criteria: [{ name: "length", text }] };
        const answer = await send("/api/score/async", { json });
        return ((await answer.json()) as Job).job_id;
      }),
    );
    expect(first).not.toBe(second);
  });
});

it("usefulness without a model falls back to the claims with a warning", async () => {
  const metrics = ["context_precision", "context_utilization"];
  const plain = await score(SAMPLE_EN, { metrics });
  const useful = await score(SAMPLE_EN, { metrics, context_precision_mode: "usefulness" });
  expect(useful.scores).toEqual(plain.scores);
  expect(useful.warnings.map(({ code }) => code)).toContain("usefulness_needs_model");
  expect(plain.warnings.map(({ code }) => code)).not.toContain("usefulness_needs_model");
});
