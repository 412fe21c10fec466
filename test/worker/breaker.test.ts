import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../../src/contract/report.ts";
import { judgeRunGate } from "../../src/jobs/judge-gate.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { GATE_WORDS } from "../../src/scoring/gate-words.ts";
import { JudgeUnavailable } from "../../src/scoring/judge.ts";
import { FAILURES_TO_OPEN, readPause } from "../../src/storage/breaker.ts";
import { getReportText } from "../../src/storage/runs.ts";
import { said } from "../../src/words/said.ts";
import { SAMPLE_EN } from "./http.ts";
import {
  accept,
  acceptRows,
  consumeNext,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  manySamples,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

const MINUTE = 60_000;

/** A model that is away until it is told otherwise. */
function createProvider() {
  const inner = createOfflineJudge();
  const state = { isAway: true, calls: 0, lastsFor: Number.POSITIVE_INFINITY };
  return {
    state,
    judge: {
      name: "llm:fake",
      fill: async (...args: Parameters<typeof inner.fill>) => {
        state.calls++;
        if (state.isAway || state.calls > state.lastsFor)
          throw new JudgeUnavailable(
            said("told", { text: "The judge fake is not available: 503." }),
            {
              isRetryable: true,
            },
          );
        const table = await inner.fill(...args);
        return { ...table, method: "llm" as const, usage: { ...table.usage, judge_calls: 1 } };
      },
    },
  };
}

function createLlmWorld() {
  const world = createWorld();
  const provider = createProvider();
  world.judge.current = provider.judge;
  world.judge.kind = "llm";
  return { world, state: provider.state };
}

/** Time goes by, with the cron every minute and whatever messages are due. */
async function live(world: World, minutes: number): Promise<void> {
  const end = world.clock.now + minutes * MINUTE;
  while (world.clock.now < end) {
    const until = Math.min(end, world.clock.now + MINUTE);
    for (;;) {
      const due = world.queue.filter(({ at }) => at <= until);
      if (due.length === 0) break;
      const later = world.queue.filter(({ at }) => at > until);
      world.queue = due;
      due.sort((a, b) => a.at - b.at);
      world.clock.now = Math.max(world.clock.now, due[0]?.at ?? 0);
      await consumeNext(world);
      world.queue.push(...later);
    }
    world.clock.now = until;
    await sweepJobs(world.context);
  }
}

describe("a provider that is away", () => {
  it("gets few calls, however many jobs wait; all complete by themselves once it is back", async () => {
    const { world, state } = createLlmWorld();
    const jobs = [];
    for (let n = 0; n < 12; n++) jobs.push(await accept(world, { ...SAMPLE_EN, question: `${n}` }));
    await live(world, 20);
    // The first wave, then a probe every 15 to 30 seconds, here now and then a few more for the spread.
    expect(state.calls).toBeGreaterThanOrEqual(FAILURES_TO_OPEN + (20 * MINUTE) / 60_000);
    expect(state.calls).toBeLessThan(FAILURES_TO_OPEN + (20 * MINUTE) / 15_000);
    expect(await count("SELECT count(*) AS n FROM jobs WHERE status = 'queued'")).toBe(12);
    expect(await jobOf(jobs[11]?.id ?? "")).toMatchObject({
      error: { code: "judge_unavailable", message: { code: "judge_rests" } },
    });
    state.isAway = false;
    state.calls = 0;
    await live(world, 10);
    expect(await count("SELECT count(*) AS n FROM jobs WHERE status = 'completed'")).toBe(12);
    expect(state.calls).toBe(12);
    expect(await readPause(env.DB, world.clock.now)).toBeNull();
    expect(await count("SELECT failures + openings AS n FROM breaker")).toBe(0);
  });

  it("a batch waits too and goes on where it stopped", async () => {
    const { world, state } = createLlmWorld();
    const job = await acceptRows(world, manySamples(60));
    await live(world, 30);
    expect(state.calls).toBeLessThan(FAILURES_TO_OPEN * 2 + (30 * MINUTE) / 15_000);
    expect(await jobOf(job.id)).toMatchObject({ status: "running", done: 0, failed: 0 });
    state.isAway = false;
    await live(world, 15);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed", done: 60, failed: 0 });
  });

  it("pauses grow and one call at a time tries", async () => {
    const { world } = createLlmWorld();
    for (let n = 0; n < 10; n++) await accept(world, { ...SAMPLE_EN, question: `${n}` });
    const pauses: number[] = [];
    for (let round = 0; round < 6; round++) {
      await live(world, 6);
      pauses.push(await count("SELECT openings AS n FROM breaker"));
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBeGreaterThan(pauses[0] ?? 0);
    // Six minutes hold more than one pause at first and one at the end.
    expect((pauses[1] ?? 0) - (pauses[0] ?? 0)).toBeLessThanOrEqual(pauses[0] ?? 0);
  });

  it("whose allowance of the day is spent is asked no more until it is back, single jobs and batches alike", async () => {
    const world = createWorld();
    const inner = createOfflineJudge();
    const state = { isSpent: true, calls: 0 };
    world.judge.kind = "decision";
    world.judge.current = {
      name: "decision:fake",
      fill: async (...args: Parameters<typeof inner.fill>) => {
        state.calls++;
        if (!state.isSpent) return inner.fill(...args);
        throw new JudgeUnavailable(said("told", { text: "spent" }), {
          isRetryable: true,
          retryAfterSeconds: 26 * 60,
          trouble: "allowance_spent",
        });
      },
    };
    const single = await accept(world, SAMPLE_EN);
    await live(world, 1);
    expect(state.calls).toBe(1);
    const batch = await acceptRows(world, manySamples(12));
    await live(world, 20);
    expect(state.calls).toBe(1);
    expect(await jobOf(single.id)).toMatchObject({ status: "queued" });
    state.isSpent = false;
    await live(world, 15);
    expect(await jobOf(single.id)).toMatchObject({ status: "completed" });
    expect(await jobOf(batch.id)).toMatchObject({ status: "completed", done: 12 });
    expect(state.calls).toBe(14);
  });

  it("waits for nobody who asks for the offline judge instead, and says so", async () => {
    const { world, state } = createLlmWorld();
    const job = await accept(world, { ...SAMPLE_EN, fallback: "offline" });
    expect(job).toMatchObject({ judge: "llm", fallback: "offline" });
    await drain(world);
    const done = await jobOf(job.id);
    expect(done).toMatchObject({
      status: "completed",
      judge: "offline",
      warnings: [{ code: "judge_fallback" }],
    });
    expect(Object.values(done.outcomes).map(({ method }) => method)).not.toContain("llm");
    for (let n = 0; n < 6; n++) await accept(world, { ...SAMPLE_EN, question: `${n}` });
    await live(world, 2);
    const before = state.calls;
    const next = await accept(world, { ...SAMPLE_EN, question: "现在呢？", fallback: "offline" });
    expect(await readPause(env.DB, world.clock.now)).not.toBeNull();
    world.queue = world.queue.filter(({ message }) => "id" in message && message.id === next.id);
    await drain(world, 1).catch(() => undefined);
    expect(await jobOf(next.id)).toMatchObject({ status: "completed", judge: "offline" });
    expect(state.calls).toBe(before);
  });

  it("a batch may fall back too, with one warning", async () => {
    const { world } = createLlmWorld();
    const job = await acceptRows(world, manySamples(30), { options: { fallback: "offline" } });
    await drain(world);
    const done = await jobOf(job.id);
    expect(done).toMatchObject({ status: "completed", done: 30 });
    expect(done.warnings.filter(({ code }) => code === "judge_fallback")).toHaveLength(1);
  });

  it("a batch whose model goes away in the middle tells the means of both judges apart", async () => {
    const { world, state } = createLlmWorld();
    Object.assign(state, { isAway: false, lastsFor: 12 });
    const job = await acceptRows(world, manySamples(30), { options: { fallback: "offline" } });
    await drain(world);
    const { runId } = await jobOf(job.id);
    const report: Report = JSON.parse(
      (await getReportText(world.context, "default", runId ?? "")) ?? "",
    );
    expect(report.judged_by).toEqual({ llm: 12, offline: 18 });
    const { faithfulness } = report.metrics;
    expect(faithfulness?.by_judge).toMatchObject({ llm: { n: 12 }, offline: { n: 18 } });
    expect(report.judge_measured).toBeNull();
    const wish = { rules: [], baseRunId: null, words: GATE_WORDS.zh };
    const { notes } = await judgeRunGate(world.context, "default", runId ?? "", wish);
    expect(notes.join()).toContain("llm 12, offline 18");
  });

  it("jobs of the offline judge do not notice", async () => {
    const { world, state } = createLlmWorld();
    for (let n = 0; n < 6; n++) await accept(world, { ...SAMPLE_EN, question: `${n}` });
    await live(world, 2);
    expect(await readPause(env.DB, world.clock.now)).not.toBeNull();
    const before = state.calls;
    const job = await accept(world, { ...SAMPLE_EN, judge: "offline" });
    world.queue = world.queue.filter(({ message }) => "id" in message && message.id === job.id);
    await drain(world);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed", judge: "offline" });
    expect(state.calls).toBe(before);
  });
});
