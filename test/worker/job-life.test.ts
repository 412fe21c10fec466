import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { ScoreRequest } from "../../src/contract.ts";
import { acceptJob } from "../../src/jobs/accept.ts";
import { removeJob, restartJob, stopJob } from "../../src/jobs/change-job.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import { HEARTBEAT_MS, LEASE_MS, MAX_ATTEMPTS, WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import { runJob } from "../../src/jobs/run-job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { WakeUp } from "../../src/queue/messages.ts";
import { type Judge, JudgeUnavailable } from "../../src/scoring/judge.ts";
import { getJob } from "../../src/storage/jobs.ts";
import { claimSamples } from "../../src/storage/moves/claim-samples.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import { pausedJudge } from "./job-world.ts";

interface Bench {
  context: JobContext;
  sent: { message: WakeUp; delaySeconds?: number }[];
  clock: { now: number };
  judge: { current: Judge };
}

let ids = 0;

/** The real tables and bucket; clock, queue and judge in the test's hand. */
function createBench(): Bench {
  const sent: Bench["sent"] = [];
  const clock = { now: Date.now() };
  const judge = { current: createOfflineJudge() };
  const context: JobContext = {
    db: env.DB,
    home: env.DB,
    bucket: env.ARTIFACTS,
    settings: {
      openaiBaseUrl: "http://localhost",
      openaiApiKey: null,
      judgeModel: "none",
      embeddingModel: null,
      allowedModels: [],
      judge: "offline",
      judgePlan: "block",
      reasoningEffort: null,
      judgeConsistency: "off",
      accessMode: "open",
      openHosts: [],
      adminKey: null,
      access: null,
      webhookSecret: null,
      difyOrigins: [],
      retentionDays: null,
      otlp: null,
    },
    wake: async (messages) => {
      sent.push(...messages);
    },
    now: () => clock.now,
    newId: () => `T${String(ids++).padStart(12, "0")}`,
    chooseJudge: () => ({
      judge: judge.current,
      kind: "offline",
      model: null,
      embeddingModel: null,
      versions: {},
    }),
    outside: {
      fetch: () => Promise.reject(new Error("nothing goes out here")),
      resolve: async () => [],
    },
    later: () => undefined,
    log: () => undefined,
  };
  return { context, sent, clock, judge };
}

async function accept(bench: Bench, sample: object = SAMPLE_EN): Promise<string> {
  const { job } = await acceptJob(bench.context, {
    project: "default",
    submittedBy: "test",
    request: ScoreRequest.parse(sample),
    fingerprint: String(ids),
    idempotencyKey: null,
    warnings: [],
    contextsReceived: 0,
    contextsParsed: 0,
    traceparent: null,
    queued: true,
  });
  return job.id;
}

const run = (bench: Bench, id: string) =>
  runJob(bench.context, { project: "default", id, from: 0, to: 0 });
const statusOf = async (id: string) => (await getJob(env.DB, "default", id))?.status;
const runsOf = (id: string) =>
  env.DB.prepare("SELECT count(*) AS n FROM runs WHERE id = ?1")
    .bind(id.replace("job_", "run_"))
    .first<number>("n");

beforeEach(async () => {
  await env.DB.batch(
    ["jobs", "samples", "runs", "facts"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
});

describe("at-least-once messages, exactly-once effect", () => {
  it("five deliveries by three consumers at once make one run", async () => {
    const bench = createBench();
    const id = await accept(bench, SAMPLE_ZH);
    const results = await Promise.all(Array.from({ length: 5 }, () => run(bench, id)));
    expect(results.filter((result) => result.kind === "ended")).toHaveLength(1);
    expect(await statusOf(id)).toBe("completed");
    expect(await runsOf(id)).toBe(1);
    expect((await run(bench, id)).kind).toBe("nothing");
  });

  it("a zombie that comes back after its lease ended cannot change the result", async () => {
    const bench = createBench();
    const id = await accept(bench);
    const paused = pausedJudge();
    bench.judge.current = paused.judge;
    const zombie = run(bench, id);
    await paused.begun;
    bench.clock.now += LEASE_MS + 1;
    bench.judge.current = createOfflineJudge();
    expect((await run(bench, id)).kind).toBe("ended");
    const before = await env.DB.prepare("SELECT * FROM runs").first();
    bench.clock.now += 5000;
    paused.release();
    await zombie;
    expect(await env.DB.prepare("SELECT * FROM runs").first()).toEqual(before);
    expect(await runsOf(id)).toBe(1);
    expect((await getJob(env.DB, "default", id))?.attempts).toBe(2);
  });

  it("a lease is held against other consumers until it ends", async () => {
    const bench = createBench();
    const id = await accept(bench);
    const target = { project: "default", jobId: id, from: 0, to: 0 };
    const at = async (now: number) =>
      (await claimSamples(env.DB, [target], { now, leaseUntil: now + LEASE_MS }))[0];
    const now = bench.clock.now;
    expect((await at(now))?.samples[0]?.attempt).toBe(1);
    expect(await at(now + LEASE_MS)).toBeNull();
    expect((await at(now + LEASE_MS + 1))?.samples[0]?.attempt).toBe(2);
    expect(HEARTBEAT_MS * 3).toBeLessThan(LEASE_MS);
  });

  it("cancelled while it was being scored: stays cancelled, no run", async () => {
    const bench = createBench();
    const id = await accept(bench);
    const paused = pausedJudge();
    bench.judge.current = paused.judge;
    const running = run(bench, id);
    await paused.begun;
    const job = await getJob(env.DB, "default", id);
    if (!job) throw new Error("no job");
    expect(job.status).toBe("running");
    await stopJob(bench.context, job);
    paused.release();
    await running;
    expect(await statusOf(id)).toBe("cancelled");
    expect(await runsOf(id)).toBe(0);
  });
});

describe("what was lost is found", () => {
  it("a send that fails still accepts, and the sweep wakes the job", async () => {
    const bench = createBench();
    const wake = bench.context.wake;
    bench.context.wake = async () => {
      throw new Error("Queue is overloaded. Please back off.");
    };
    const id = await accept(bench);
    bench.context.wake = wake;
    expect(await sweepJobs(bench.context)).toBe(0);
    bench.clock.now += WAKE_PAUSE_MS;
    expect(await sweepJobs(bench.context)).toBe(1);
    expect(bench.sent).toContainEqual({
      message: { kind: "score", project: "default", id, from: 0, to: 0 },
    });
  });

  it("a consumer that died is replaced once its lease has ended", async () => {
    const bench = createBench();
    const id = await accept(bench);
    const { now } = bench.clock;
    await claimSamples(env.DB, [{ project: "default", jobId: id, from: 0, to: 0 }], {
      now,
      leaseUntil: now + LEASE_MS,
    });
    bench.clock.now += LEASE_MS + 1;
    expect(await sweepJobs(bench.context)).toBe(1);
    await run(bench, id);
    expect(await statusOf(id)).toBe("completed");
  });

  it("while work is open one look ahead is planned, and only one", async () => {
    const bench = createBench();
    await accept(bench);
    bench.sent.length = 0;
    await sweepJobs(bench.context);
    await sweepJobs(bench.context);
    expect(bench.sent).toEqual([
      { message: { kind: "sweep" }, delaySeconds: WAKE_PAUSE_MS / 1000 },
    ]);
    await sweepJobs(bench.context, true);
    expect(bench.sent).toHaveLength(2);
  });

  it("an idle service plans nothing", async () => {
    const bench = createBench();
    await sweepJobs(bench.context);
    expect(bench.sent).toEqual([]);
  });

  it("a repeated wake-up waits twice as long each time", async () => {
    const bench = createBench();
    await accept(bench);
    const due: number[] = [];
    for (let n = 0; n < 4; n++) {
      const at = await env.DB.prepare("SELECT wake_at FROM jobs").first<number>("wake_at");
      due.push((at ?? 0) - bench.clock.now);
      bench.clock.now = at ?? 0;
      await sweepJobs(bench.context);
    }
    expect(due).toEqual([1, 1, 2, 4].map((factor) => factor * WAKE_PAUSE_MS));
  });
});

describe("errors", () => {
  const failing = (error: Error): Judge => ({ name: "broken", fill: () => Promise.reject(error) });

  it("a passing error puts the job back with a growing delay and its reason, then it completes", async () => {
    const bench = createBench();
    const id = await accept(bench);
    bench.judge.current = failing(
      new JudgeUnavailable("429 from the provider", { isRetryable: true, retryAfterSeconds: 40 }),
    );
    expect(await run(bench, id)).toMatchObject({ kind: "retry", delaySeconds: 40 });
    const waiting = await getJob(env.DB, "default", id);
    expect(waiting).toMatchObject({ status: "queued", error: { code: "judge_unavailable" } });
    bench.judge.current = createOfflineJudge();
    expect((await run(bench, id)).kind).toBe("ended");
    expect(await getJob(env.DB, "default", id)).toMatchObject({
      status: "completed",
      error: null,
      attempts: 2,
    });
  });

  it("a wrong key ends the job at once with its reason; retry runs it again", async () => {
    const bench = createBench();
    const id = await accept(bench);
    bench.judge.current = failing(
      new JudgeUnavailable("The provider refused the key.", { isRetryable: false }),
    );
    expect((await run(bench, id)).kind).toBe("ended");
    const failed = await getJob(env.DB, "default", id);
    if (!failed) throw new Error("no job");
    expect(failed).toMatchObject({
      status: "failed",
      failed: 1,
      error: { code: "judge_misconfigured" },
    });
    await restartJob(bench.context, failed);
    bench.judge.current = createOfflineJudge();
    await run(bench, id);
    expect(await getJob(env.DB, "default", id)).toMatchObject({
      status: "completed",
      failed: 0,
      error: null,
    });
  });

  it("gives up after enough attempts, with the last reason", async () => {
    const bench = createBench();
    const id = await accept(bench);
    bench.judge.current = failing(new Error("a bug"));
    for (let n = 1; n < MAX_ATTEMPTS; n++) expect((await run(bench, id)).kind).toBe("retry");
    expect((await run(bench, id)).kind).toBe("ended");
    expect(await getJob(env.DB, "default", id)).toMatchObject({
      status: "failed",
      error: { code: "internal_error" },
    });
  });
});

describe("delete", () => {
  it("removes rows, artifacts and input; a running job is refused", async () => {
    const bench = createBench();
    const id = await accept(bench);
    const queued = await getJob(env.DB, "default", id);
    if (!queued) throw new Error("no job");
    await expect(removeJob(bench.context, queued)).rejects.toMatchObject({ code: "conflict" });
    await run(bench, id);
    const job = await getJob(env.DB, "default", id);
    if (!job) throw new Error("no job");
    const prefix = `default/runs/${job.runId}/`;
    expect((await env.ARTIFACTS.list({ prefix })).objects).toHaveLength(1);
    await removeJob(bench.context, job);
    expect((await env.ARTIFACTS.list({ prefix })).objects).toHaveLength(0);
    for (const table of ["jobs", "samples", "runs"]) {
      expect(await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first("n"), table).toBe(0);
    }
  });
});
