import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LEASE_MS, WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { JobRecord } from "../../src/storage/job-records.ts";
import { retryWith } from "../../src/storage/retry-transient.ts";
import { isTransient } from "../../src/storage/storage-failure.ts";
import { FAULTS, type Fault, type Steps, sabotage } from "./faults.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import {
  accept,
  acceptRows,
  artifactsOf,
  consumeNext,
  count,
  createWorld,
  emptyTables,
  jobOf,
  manySamples,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

const URL = "https://hooks.example.com/";
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G";

const SCENARIOS: Record<string, { samples: number; begin: (world: World) => Promise<JobRecord> }> =
  {
    "a single job with a webhook": {
      samples: 1,
      begin: (world) => accept(world, { ...SAMPLE_ZH, callback_url: URL }),
    },
    "a call of a session": {
      samples: 1,
      begin: (world) => accept(world, { ...SAMPLE_EN, session_id: "s1" }),
    },
    "a batch with a webhook": {
      samples: 3,
      begin: (world) => acceptRows(world, manySamples(3), { callbackUrl: URL }),
    },
  };

async function isSettled(id: string): Promise<boolean> {
  const open = await count(
    `SELECT (SELECT count(*) FROM jobs WHERE status IN ('queued', 'running'))
       + (SELECT count(*) FROM sessions WHERE due_at IS NOT NULL)
       + (SELECT count(*) FROM deliveries WHERE state = 'pending') AS n`,
  );
  return open === 0 && (await count("SELECT count(*) AS n FROM jobs WHERE id = ?1", id)) === 1;
}

/** Consumers come and go until all is done: whatever died is started again, and what it held in the queue is lost. */
async function liveThrough(world: World, steps: Steps | null, id: string): Promise<void> {
  for (let round = 0; round < 25; round++) {
    for (let n = 0; world.queue.length > 0 && n < 50; n++) {
      world.clock.now = Math.max(world.clock.now, world.queue[0]?.at ?? 0);
      await consumeNext(world).catch(() => undefined);
    }
    if (await isSettled(id)) return;
    steps?.revive();
    world.queue.length = 0;
    world.clock.now += LEASE_MS + WAKE_PAUSE_MS;
    await sweepJobs(world.context).catch(() => undefined);
  }
  throw new Error(`never settled: ${JSON.stringify(world.logs.slice(-6))}`);
}

async function begin(name: string, fault: Fault, at: number) {
  const inner = createOfflineJudge();
  let calls = 0;
  const world = createWorld({
    settings: { webhookSecret: SECRET },
    outside: { fetch: async () => new Response(null, { status: 204 }) },
  });
  world.judge.current = {
    name: inner.name,
    fill: (...args) => {
      calls++;
      return inner.fill(...args);
    },
  };
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(name);
  const job = await scenario.begin(world);
  const steps = sabotage(world, fault, at);
  return { world, job, steps, samples: scenario.samples, calls: () => calls };
}

async function expectWhole(id: string, samples: number): Promise<void> {
  const job = await jobOf(id);
  expect(job).toMatchObject({
    status: "completed",
    done: samples,
    failed: 0,
    total: samples,
    error: null,
  });
  expect(await count("SELECT count(*) AS n FROM runs")).toBe(1);
  expect(await count("SELECT count(*) AS n FROM samples WHERE status = 'completed'")).toBe(samples);
  expect(await count("SELECT total_samples AS n FROM runs")).toBe(samples);
  const artifacts = await artifactsOf(job.runId ?? "");
  expect(Object.values(artifacts)).not.toContain("missing");
  expect(artifacts["evidence.jsonl"]?.trim().split("\n")).toHaveLength(samples);
  if (job.callbackUrl !== null) {
    const { results } = await env.DB.prepare("SELECT event, state FROM deliveries").all();
    expect(results).toEqual([{ event: "job.completed", state: "delivered" }]);
  }
}

describe.each(Object.keys(SCENARIOS))("%s", (name) => {
  it.each(FAULTS)(
    "completes once, whichever of its steps goes wrong: %s",
    { timeout: 180_000 },
    async (fault) => {
      const calm = await begin(name, fault, Number.POSITIVE_INFINITY);
      await liveThrough(calm.world, null, calm.job.id);
      await expectWhole(calm.job.id, calm.samples);
      const total = calm.steps.count();
      expect(total).toBeGreaterThan(5);
      for (let at = 1; at <= total; at++) {
        await emptyTables();
        const { world, job, steps, samples, calls } = await begin(name, fault, at);
        await liveThrough(world, steps, job.id);
        expect(steps.hasStruck(), `step ${at} of ${total}`).toBe(true);
        await expectWhole(job.id, samples);
        // Paid once, and once more at most for what was in flight.
        expect(calls(), `step ${at} of ${total}`).toBeLessThanOrEqual(samples * 2);
      }
    },
  );
});

describe("accepting", () => {
  it.each(FAULTS)("posted again after any step went wrong, it is one job: %s", async (fault) => {
    for (let at = 1; at <= 4; at++) {
      await emptyTables();
      const world = createWorld();
      const steps = sabotage(world, fault, at);
      const post = () => accept(world, SAMPLE_ZH, { idempotencyKey: "workflow-run-1" });
      const job = await post().catch(() => {
        steps.revive();
        return post();
      });
      steps.revive();
      await liveThrough(world, steps, job.id);
      await expectWhole(job.id, 1);
      expect(await count("SELECT count(*) AS n FROM jobs")).toBe(1);
    }
  });

  it("while the queue takes nothing for a minute, everything is accepted and later scored", async () => {
    const world = createWorld();
    const { wake } = world.context;
    world.context.wake = () => Promise.reject(new Error("Queue is overloaded. Please back off."));
    const single = await accept(world);
    const batch = await acceptRows(world, manySamples(30));
    for (let second = 0; second < 60; second += 15) {
      world.clock.now += 15_000;
      await sweepJobs(world.context).catch(() => undefined);
    }
    world.context.wake = wake;
    await liveThrough(world, null, single.id);
    expect(await jobOf(single.id)).toMatchObject({ status: "completed" });
    expect(await jobOf(batch.id)).toMatchObject({ status: "completed", done: 30 });
  });

  it("while R2 refuses everything for a minute, nothing is lost: texts wait in their rows", async () => {
    const world = createWorld();
    const { bucket } = world.context;
    const single = await accept(world, SAMPLE_ZH);
    const call = await accept(world, { ...SAMPLE_EN, session_id: "会话 1" });
    const batch = await acceptRows(world, manySamples(30));
    const healthyAt = world.clock.now + 60_000;
    let refused = 0;
    world.context.bucket = new Proxy(bucket, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return async (...args: unknown[]) => {
          if (world.clock.now >= healthyAt) return Reflect.apply(value, target, args);
          refused++;
          throw new Error("R2 takes nothing");
        };
      },
    });
    await liveThrough(world, null, single.id);
    expect(refused).toBeGreaterThan(3);
    for (const { id } of [single, call, batch]) {
      const job = await jobOf(id);
      expect(job).toMatchObject({ status: "completed", failed: 0 });
      expect(Object.values(await artifactsOf(job.runId ?? ""))).not.toContain("missing");
    }
    expect(await count("SELECT count(*) AS n FROM samples WHERE input IS NOT NULL")).toBe(0);
    expect(await count("SELECT count(*) AS n FROM runs")).toBe(3);
  });
});

describe("the log", () => {
  it("tells every transition with job, attempt and milliseconds, and never a judged text", async () => {
    const world = createWorld();
    const inner = createOfflineJudge();
    let calls = 0;
    world.judge.current = {
      name: inner.name,
      fill: (sample, ...rest) => {
        if (++calls === 1) JSON.parse(`{"${sample.answer.text}`);
        return inner.fill(sample, ...rest);
      },
    };
    const secret = "机密答案 confidential-answer";
    const job = await accept(world, { ...SAMPLE_EN, answer: secret });
    await liveThrough(world, null, job.id);
    await acceptRows(world, [{ question: "q", answer: secret }, { question: secret }]);
    await liveThrough(world, null, job.id);
    const lines = JSON.stringify(world.logs);
    expect(lines).not.toContain("confidential-answer");
    expect(lines).not.toContain("机密");
    const events = world.logs.map(({ event }) => event);
    expect(events).toEqual(
      expect.arrayContaining([
        "job.accepted",
        "job.retrying",
        "job.finished",
        "batch.planned",
        "chunk.finished",
        "batch.reported",
      ]),
    );
    expect(world.logs.find(({ event }) => event === "job.finished")).toMatchObject({
      job_id: job.id,
      attempt: 2,
      ms: expect.any(Number),
      judge_calls: 0,
      tokens: 0,
    });
  });
});

describe("a database that is away for a moment", () => {
  const lost = () => new Error("D1_ERROR: Network connection lost.");

  /** The real database, whose first statements fail. */
  function flaky(failures: number): { db: D1Database; left: () => number } {
    let left = failures;
    const guard = <T>(run: () => T): T => {
      if (left-- > 0) throw lost();
      return run();
    };
    const db = new Proxy(env.DB, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (name === "batch")
          return async (all: D1PreparedStatement[]) => guard(() => target.batch(all));
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    return { db, left: () => left };
  }

  it("is asked again with growing pauses, a few times", async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
    };
    const { db } = flaky(3);
    const patient = retryWith(db, pause, () => 0.5);
    const [answer] = await patient.batch<{ n: number }>([
      patient.prepare("SELECT ?1 AS n").bind(7),
    ]);
    expect(answer?.results).toEqual([{ n: 7 }]);
    expect(pauses).toEqual([50, 200, 600]);
    const dead = retryWith(flaky(99).db, pause, () => 0.5);
    await expect(dead.batch([dead.prepare("SELECT 1")])).rejects.toThrow("Network connection lost");
  });

  it("a mistake of ours is not asked again", async () => {
    const pause = vi.fn(async () => undefined);
    const db = retryWith(env.DB, pause);
    await expect(db.prepare("SELECT x FROM nowhere").first()).rejects.toThrow(/no such table/);
    expect(pause).not.toHaveBeenCalled();
    expect(isTransient(new Error("D1_ERROR: UNIQUE constraint failed"))).toBe(false);
  });

  it("whole jobs and batches go through it", async () => {
    const { db } = flaky(2);
    const world = createWorld({ db: retryWith(db, async () => undefined) });
    const job = await accept(world);
    await liveThrough(world, null, job.id);
    await expectWhole(job.id, 1);
  });
});
