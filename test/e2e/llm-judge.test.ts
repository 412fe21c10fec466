import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../src/contract/job.ts";
import { type JudgedWorker, startJudgedWorker } from "./worker.ts";

const KEY = "sk-a-secret-that-must-not-show";

let worker: JudgedWorker;
beforeAll(async () => {
  worker = await startJudgedWorker({ OPENAI_API_KEY: KEY });
});
afterAll(() => worker?.close());

async function score(sample: Record<string, unknown>): Promise<Job> {
  const answer = await fetch(`${worker.origin}/api/score/async`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Prefer: "wait=30" },
    body: JSON.stringify(sample),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Job;
}

describe("the real server with a model", () => {
  const sample = {
    question: "How long is the warranty?",
    answer: "The warranty lasts two years.",
    contexts: ["The warranty lasts two years.", "Repairs are free."],
    ground_truth: "Two years.",
  };

  it("scores through the openai package of the upload, and remembers what it paid for", async () => {
    const first = await score(sample);
    expect(first).toMatchObject({
      status: "completed",
      judge: "llm",
      judge_model: "judge-1",
      error: null,
    });
    expect(first.outcomes.faithfulness).toMatchObject({ status: "scored", method: "llm" });
    expect(first.usage.judge_calls).toBeGreaterThan(0);
    expect(first.usage.judge_calls).toBeLessThanOrEqual(4);
    const again = await score({ ...sample, name: "the same once more" });
    expect(again.scores).toEqual(first.scores);
    expect(again.usage).toMatchObject({ judge_calls: 0 });
    expect(again.usage.cached_calls).toBeGreaterThan(0);
  });

  it("works in Chinese", async () => {
    const job = await score({
      question: "保修期多久？",
      answer: "保修期为两年。",
      contexts: ["保修期为两年。"],
      ground_truth: "两年。",
    });
    expect(job).toMatchObject({ status: "completed", error: null });
  });

  it("keeps the key out of every answer and of the log", async () => {
    const runs = await (await fetch(`${worker.origin}/api/runs`)).text();
    const health = await (await fetch(`${worker.origin}/api/health`)).text();
    for (const text of [runs, health, worker.logs()]) expect(text).not.toContain(KEY);
  });
});
