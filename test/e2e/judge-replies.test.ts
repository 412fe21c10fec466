import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../../src/contract/job.ts";
import type { Fault } from "../fakes/openai-faults.ts";
import { type JudgedWorker, startJudgedWorker } from "./worker.ts";

let worker: JudgedWorker;
beforeAll(async () => {
  worker = await startJudgedWorker();
});
beforeEach(() => {
  worker.model.reset();
  worker.model.setFault(null);
});
afterAll(() => worker?.close());

let serial = 0;

/** `POST /api/score` of a sample of its own, and the job it became. */
async function score(fault: Fault, more: Record<string, unknown> = {}): Promise<Job> {
  worker.model.setFault(fault);
  serial += 1;
  const answer = await fetch(`${worker.origin}/api/score`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      question: `How long is the warranty, and since when? (${serial})`,
      answer: "The warranty lasts two years. It began in 2019.",
      contexts: ["The warranty lasts two years.", "It began in 2019."],
      ground_truth: "Two years, since 2019.",
      ...more,
    }),
  });
  expect(answer.status).toBe(200);
  const { job_id } = (await answer.json()) as { job_id: string };
  return (await (await fetch(`${worker.origin}/api/score/jobs/${job_id}`)).json()) as Job;
}

const inside = (body: unknown, status = 200): Fault => ({
  kind: "answer",
  answer: () => ({ status, body }),
});

describe("through the uploaded Worker", () => {
  it("usage null: the tokens are unknown, and the job says so", async () => {
    const job = await score({
      kind: "answer",
      answer: ({ honest }) => ({ status: 200, body: { ...honest, usage: null } }),
    });
    expect(job).toMatchObject({ status: "completed", error: null });
    expect(job.usage).toMatchObject({ prompt_tokens: null, completion_tokens: null });
    expect(job.usage.estimated_tokens).toBeGreaterThan(100);
    expect(job.warnings.map(({ code }) => code)).toEqual(["judge_usage_unknown"]);
  });

  it("booleans as texts and sentence numbers as numbers are read", async () => {
    const job = await score({
      kind: "say",
      say: (content) => content.replace(/:(true|false)/g, ':"$1"').replace(/"(\d+\.\d+)"/g, "$1"),
    });
    expect(job).toMatchObject({ status: "completed", warnings: [], scores: { faithfulness: 1 } });
  });

  it("an example after the reply changes nothing", async () => {
    const example = '{"checks":[],"sentences":[]}';
    const job = await score({
      kind: "say",
      say: (content) => `${content}\n\nNote: for an empty input I would have returned ${example}.`,
    });
    expect(job).toMatchObject({ status: "completed", warnings: [], scores: { faithfulness: 1 } });
    expect(job.usage.judge_calls).toBeLessThanOrEqual(4);
  });

  it("replies of no use: the job has failed, with the reason", async () => {
    const job = await score(
      { kind: "say", say: () => "I think it is fine. 我觉得没问题。" },
      {
        metrics: ["faithfulness", "context_recall"],
      },
    );
    expect(job).toMatchObject({
      status: "failed",
      run_id: null,
      error: { code: "judge_error", message: expect.stringMatching(/no usable reply/) },
    });
    expect(job.warnings.map(({ code }) => code)).toEqual(["judge_reply_unusable"]);
    expect(job.usage.judge_calls).toBeGreaterThan(0);
  });

  it("thinking that must be off is switched off", async () => {
    const message = "parameter.enable_thinking must be set to false for non-streaming calls";
    const job = await score({
      kind: "answer",
      answer: ({ call }) =>
        call.body.enable_thinking === false ? null : { status: 400, body: { error: { message } } },
    });
    expect(job).toMatchObject({ status: "completed", error: null, scores: { faithfulness: 1 } });
  });

  it("no such model: for a person, in the provider's words", async () => {
    const job = await score(inside({ error: { message: "Model Not Exist" } }, 400));
    expect(job).toMatchObject({ status: "failed", error: { code: "judge_misconfigured" } });
    expect(job.error?.message).toContain("It says: “Model Not Exist”");
    expect(JSON.stringify(job)).not.toContain("sk-a-secret");
  });

  // Last: it brakes all judge work for a while.
  it("choices null with a gateway's code: the job waits in the queue, with the provider's words", async () => {
    const job = await score(
      inside({ id: "x", choices: null, error: { message: "Provider returned error", code: 502 } }),
    );
    expect(job).toMatchObject({ status: "queued", error: { code: "judge_unavailable" } });
    expect(job.error?.message).toContain("it answered 502. It says: “Provider returned error”");
  });
});
