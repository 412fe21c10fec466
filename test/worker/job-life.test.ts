import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { removeJob, restartJob, stopJob } from "../../src/jobs/change-job.ts";
import { HEARTBEAT_MS, LEASE_MS, MAX_ATTEMPTS, WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import { runJob } from "../../src/jobs/run-job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { type Judge, JudgeUnavailable } from "../../src/scoring/judge.ts";
import { getJob } from "../../src/storage/jobs.ts";
import { claimSamples } from "../../src/storage/moves/claim-samples.ts";
import { said } from "../../src/words/said.ts";
import { SAMPLE_ZH } from "./http.ts";
import { accept, createWorld, emptyTables, pausedJudge, type World } from "./job-world.ts";

const run = (world: World, id: string) =>
  runJob(world.context, { project: "default", id, from: 0, to: 0 });
const statusOf = async (id: string) => (await getJob(env.DB, "default", id))?.status;
const runsOf = (id: string) =>
  env.DB.prepare("SELECT count(*) AS n FROM runs WHERE id = ?1")
    .bind(id.replace("job_", "run_"))
    .first<number>("n");

beforeEach(emptyTables);

describe("at-least-once messages, exactly-once effect", () => {
  it("five deliveries by three consumers at once make one run", async () => {
    const world = createWorld();
    const { id } = await accept(world, SAMPLE_ZH);
    const results = await Promise.all(Array.from({ length: 5 }, () => run(world, id)));
    expect(results.filter((result) => result.kind === "ended")).toHaveLength(1);
    expect(await statusOf(id)).toBe("completed");
    expect(await runsOf(id)).toBe(1);
    expect((await run(world, id)).kind).toBe("nothing");
  });

  it("a zombie that comes back after its lease ended cannot change the result", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    const paused = pausedJudge();
    world.judge.current = paused.judge;
    const zombie = run(world, id);
    await paused.begun;
    world.clock.now += LEASE_MS + 1;
    world.judge.current = createOfflineJudge();
    expect((await run(world, id)).kind).toBe("ended");
    const before = await env.DB.prepare("SELECT * FROM runs").first();
    world.clock.now += 5000;
    paused.release();
    await zombie;
    expect(await env.DB.prepare("SELECT * FROM runs").first()).toEqual(before);
    expect(await runsOf(id)).toBe(1);
    expect((await getJob(env.DB, "default", id))?.attempts).toBe(2);
  });

  it("a lease is held against other consumers until it ends", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    const target = { project: "default", jobId: id, from: 0, to: 0 };
    const at = async (now: number) =>
      (await claimSamples(env.DB, [target], { now, leaseUntil: now + LEASE_MS }))[0];
    const now = world.clock.now;
    expect((await at(now))?.samples[0]?.attempt).toBe(1);
    expect(await at(now + LEASE_MS)).toBeNull();
    expect((await at(now + LEASE_MS + 1))?.samples[0]?.attempt).toBe(2);
    expect(HEARTBEAT_MS * 3).toBeLessThan(LEASE_MS);
  });

  it("cancelled while it was being scored: stays cancelled, no run", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    const paused = pausedJudge();
    world.judge.current = paused.judge;
    const running = run(world, id);
    await paused.begun;
    const job = await getJob(env.DB, "default", id);
    if (!job) throw new Error("no job");
    expect(job.status).toBe("running");
    await stopJob(world.context, job);
    paused.release();
    await running;
    expect(await statusOf(id)).toBe("cancelled");
    expect(await runsOf(id)).toBe(0);
  });
});

describe("what was lost is found", () => {
  it("a send that fails still accepts, and the sweep wakes the job", async () => {
    const world = createWorld();
    const wake = world.context.wake;
    world.context.wake = async () => {
      throw new Error("Queue is overloaded. Please back off.");
    };
    const { id } = await accept(world);
    world.context.wake = wake;
    expect(await sweepJobs(world.context)).toBe(0);
    world.clock.now += WAKE_PAUSE_MS;
    expect(await sweepJobs(world.context)).toBe(1);
    expect(world.queue.map(({ message }) => message)).toContainEqual({
      kind: "score",
      project: "default",
      id,
      from: 0,
      to: 0,
    });
  });

  it("a consumer that died is replaced once its lease has ended", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    const { now } = world.clock;
    await claimSamples(env.DB, [{ project: "default", jobId: id, from: 0, to: 0 }], {
      now,
      leaseUntil: now + LEASE_MS,
    });
    world.clock.now += LEASE_MS + 1;
    expect(await sweepJobs(world.context)).toBe(1);
    await run(world, id);
    expect(await statusOf(id)).toBe("completed");
  });

  it("while work is open one look ahead is planned, and only one", async () => {
    const world = createWorld();
    await accept(world);
    world.queue.length = 0;
    await sweepJobs(world.context);
    await sweepJobs(world.context);
    expect(world.queue).toEqual([
      { message: { kind: "sweep" }, at: world.clock.now + WAKE_PAUSE_MS },
    ]);
  });

  it("an idle service plans nothing", async () => {
    const world = createWorld();
    await sweepJobs(world.context);
    expect(world.queue).toEqual([]);
  });

  it("a repeated wake-up waits twice as long each time", async () => {
    const world = createWorld();
    await accept(world);
    const due: number[] = [];
    for (let n = 0; n < 4; n++) {
      const at = await env.DB.prepare("SELECT wake_at FROM jobs").first<number>("wake_at");
      due.push((at ?? 0) - world.clock.now);
      world.clock.now = at ?? 0;
      await sweepJobs(world.context);
    }
    expect(due).toEqual([1, 1, 2, 4].map((factor) => factor * WAKE_PAUSE_MS));
  });
});

describe("errors", () => {
  const failing = (error: Error): Judge => ({ name: "broken", fill: () => Promise.reject(error) });

  it("a passing error puts the job back with a growing delay and its reason, then it completes", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    world.judge.current = failing(
      new JudgeUnavailable(said("told", { text: "429 from the provider" }), {
        isRetryable: true,
        retryAfterSeconds: 40,
      }),
    );
    expect(await run(world, id)).toMatchObject({ kind: "retry", delaySeconds: 40 });
    const waiting = await getJob(env.DB, "default", id);
    expect(waiting).toMatchObject({ status: "queued", error: { code: "judge_unavailable" } });
    world.judge.current = createOfflineJudge();
    expect((await run(world, id)).kind).toBe("ended");
    expect(await getJob(env.DB, "default", id)).toMatchObject({
      status: "completed",
      error: null,
      attempts: 2,
    });
  });

  it("a wrong key ends the job at once with its reason; retry runs it again", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    world.judge.current = failing(
      new JudgeUnavailable(said("told", { text: "The provider refused the key." }), {
        isRetryable: false,
      }),
    );
    expect((await run(world, id)).kind).toBe("ended");
    const failed = await getJob(env.DB, "default", id);
    if (!failed) throw new Error("no job");
    expect(failed).toMatchObject({
      status: "failed",
      failed: 1,
      error: { code: "judge_misconfigured" },
    });
    await restartJob(world.context, failed);
    world.judge.current = createOfflineJudge();
    await run(world, id);
    expect(await getJob(env.DB, "default", id)).toMatchObject({
      status: "completed",
      failed: 0,
      error: null,
    });
  });

  it("gives up after enough attempts, with the last reason", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    world.judge.current = failing(new Error("a bug"));
    for (let n = 1; n < MAX_ATTEMPTS; n++) expect((await run(world, id)).kind).toBe("retry");
    expect((await run(world, id)).kind).toBe("ended");
    expect(await getJob(env.DB, "default", id)).toMatchObject({
      status: "failed",
      error: { code: "internal_error" },
    });
  });
});

describe("delete", () => {
  it("removes rows, artifacts and input; a running job is refused", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    const queued = await getJob(env.DB, "default", id);
    if (!queued) throw new Error("no job");
    await expect(removeJob(world.context, queued)).rejects.toMatchObject({ code: "conflict" });
    await run(world, id);
    const job = await getJob(env.DB, "default", id);
    if (!job) throw new Error("no job");
    const prefix = `default/runs/${job.runId}/`;
    expect((await env.ARTIFACTS.list({ prefix })).objects).toHaveLength(1);
    await removeJob(world.context, job);
    expect((await env.ARTIFACTS.list({ prefix })).objects).toHaveLength(0);
    for (const table of ["jobs", "samples", "runs"]) {
      expect(await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first("n"), table).toBe(0);
    }
  });
});
