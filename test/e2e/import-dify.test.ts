import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Job, SamplePage } from "../../src/contract.ts";
import { pause } from "./server.ts";
import { type RunningWorker, startWorker } from "./worker.ts";

const APP_KEY = "app-key-that-must-not-stay";
const NOW_SECONDS = Math.floor(Date.now() / 1000);

let dify: Server;
let base: string;
let worker: RunningWorker;

/** A Dify of three messages. */
function startDify(): Promise<Server> {
  const messages = [
    ["m1", "年假几天？", "每年有10天年假。", "员工每年享有10天年假。"],
    ["m2", "How long is the warranty?", "Two years.", "The warranty lasts two years."],
    ["m3", "Can I return a gift card?", "Yes, always.", "Gift cards cannot be returned."],
  ].map(([id, query, answer, content]) => ({
    id,
    query,
    answer,
    created_at: NOW_SECONDS - 60,
    retriever_resources: [{ position: 1, content }],
  }));
  const started = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const isKnown = request.headers.authorization === `Bearer ${APP_KEY}`;
    const data = pathname.endsWith("/conversations")
      ? [{ id: "c1", updated_at: NOW_SECONDS }]
      : pathname.endsWith("/messages")
        ? messages
        : [];
    response
      .writeHead(isKnown ? 200 : 401, { "Content-Type": "application/json" })
      .end(JSON.stringify(isKnown ? { data, has_more: false } : { message: APP_KEY }));
  });
  return new Promise((resolve) => {
    started.listen(0, "127.0.0.1", () => resolve(started));
  });
}

beforeAll(async () => {
  dify = await startDify();
  base = `http://127.0.0.1:${(dify.address() as AddressInfo).port}/v1`;
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.close();
  dify?.close();
});

function post(body: unknown): Promise<Response> {
  return fetch(`${worker.origin}/api/import/dify`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

const request = () => ({
  base_url: base,
  app_key: APP_KEY,
  users: ["alice"],
  since: new Date((NOW_SECONDS - 3600) * 1000).toISOString(),
});

describe("POST /api/import/dify", () => {
  it("scores the messages of an app as one batch", async () => {
    const answer = await post({ ...request(), name: "昨天的对话" });
    expect(answer.status).toBe(202);
    const accepted = (await answer.json()) as { job_id: string; messages: number };
    expect(accepted.messages).toBe(3);
    let job: Job | null = null;
    for (let tries = 0; tries < 120; tries++) {
      job = (await (
        await fetch(`${worker.origin}/api/score/jobs/${accepted.job_id}`)
      ).json()) as Job;
      if (job.status === "completed" || job.status === "failed") break;
      await pause(250);
    }
    expect(job).toMatchObject({
      status: "completed",
      name: "昨天的对话",
      progress: { done: 3, total: 3 },
    });
    const page = await fetch(`${worker.origin}/api/runs/${job?.run_id}/samples`);
    const { samples } = (await page.json()) as SamplePage;
    expect(samples.map((sample) => sample.sample_id).sort()).toEqual(["m1", "m2", "m3"]);
    const scores = new Map(samples.map((sample) => [sample.sample_id, sample.scores.faithfulness]));
    expect(scores.get("m3")).toBeLessThan(Number(scores.get("m1")));
  });

  it("refuses a wrong key, a private address and other schemes, and keeps the key to itself", async () => {
    const wrong = await post({ ...request(), app_key: "app-wrong" });
    expect(wrong.status).toBe(422);
    expect(((await wrong.json()) as { detail: string }).detail).toContain("app key");
    for (const base_url of [
      "https://10.0.0.1/v1",
      "https://169.254.169.254/",
      "ftp://dify.ai",
      "https://[::1]/",
    ]) {
      const refused = await post({ ...request(), base_url });
      expect(refused.status, base_url).toBe(422);
    }
    const jobs = await (await fetch(`${worker.origin}/api/score/jobs`)).text();
    for (const text of [jobs, worker.logs()]) expect(text).not.toContain(APP_KEY);
  });
});
