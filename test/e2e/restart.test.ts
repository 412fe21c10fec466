import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobPage } from "../../src/contract/job.ts";
import type { RunPage } from "../../src/contract/run.ts";
import { pause, type RunningServer, startServer } from "./server.ts";

const JOBS = 20;
const WITHIN_MS = 60_000;

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.close());

describe("kill -9 while jobs are queued", () => {
  it(`all ${JOBS} complete after a restart and one request, each exactly once`, async () => {
    const accepted = await Promise.all(
      Array.from({ length: JOBS }, async (_, n) => {
        const sample =
          n % 2 === 0
            ? {
                question: `第${n}个问题：年假几天？`,
                answer: "年假10天。",
                contexts: ["年假为10天。"],
              }
            : {
                question: `Question ${n}: how many days?`,
                answer: "Ten days.",
                contexts: ["It is ten days."],
              };
        const answer = await fetch(`${server.origin}/api/score/async`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(sample),
        });
        expect(answer.status).toBe(202);
        return ((await answer.json()) as { job_id: string }).job_id;
      }),
    );
    await server.kill();
    await server.restart();
    await fetch(`${server.origin}/api/score/jobs?limit=1`);
    const deadline = Date.now() + WITHIN_MS;
    let jobs: JobPage["jobs"] = [];
    while (Date.now() < deadline) {
      await pause(1000);
      jobs = ((await (await fetch(`${server.origin}/api/score/jobs?limit=100`)).json()) as JobPage)
        .jobs;
      if (jobs.every((job) => job.status === "completed")) break;
    }
    expect(jobs.map((job) => job.status)).toEqual(Array(JOBS).fill("completed"));
    expect(jobs.map((job) => job.job_id).sort()).toEqual([...accepted].sort());
    const { runs } = (await (await fetch(`${server.origin}/api/runs?limit=100`)).json()) as RunPage;
    expect(runs.map((run) => run.run_id).sort()).toEqual(
      accepted.map((id) => id.replace("job_", "run_")).sort(),
    );
  });
});
