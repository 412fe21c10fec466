import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { removeJob, restartJob, stopJob } from "../../src/jobs/change-job.ts";
import { runIdOf } from "../../src/jobs/ids.ts";
import { LEASE_MS, WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { Judge } from "../../src/scoring/judge.ts";
import { getReportText, getRun } from "../../src/storage/runs.ts";
import { getSample, listSamples } from "../../src/storage/samples.ts";
import { sayFailure, sayWarning } from "../../src/words/say.ts";
import {
  acceptRows,
  artifactsOf,
  consume,
  consumeNext,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  manySamples,
  pausedJudge,
} from "./job-world.ts";

beforeEach(emptyTables);

const ROWS = 60;

/** Counts its calls; `before` may throw. */
function watched(before: (call: number) => void = () => undefined): {
  judge: Judge;
  calls: () => number;
} {
  const inner = createOfflineJudge();
  let calls = 0;
  return {
    calls: () => calls,
    judge: {
      name: inner.name,
      fill: async (...args) => {
        before(++calls);
        return inner.fill(...args);
      },
    },
  };
}

describe("a batch", () => {
  it("is planned, scored in chunks and reported: one run, one row a sample, all artifacts", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(ROWS));
    expect(world.queue).toHaveLength(1);
    await drain(world);
    const done = await jobOf(job.id);
    expect(done).toMatchObject({
      status: "completed",
      done: ROWS,
      failed: 0,
      total: ROWS,
      runId: job.id.replace("job_", "run_"),
      error: null,
    });
    expect(Object.keys(done.means)).toEqual(done.metrics);
    const run = await getRun(env.DB, "default", done.runId ?? "");
    expect(run).toMatchObject({ mode: "batch", totalSamples: ROWS, validSamples: ROWS });
    expect(await count("SELECT count(*) AS n FROM runs")).toBe(1);
    const artifacts = await artifactsOf(done.runId ?? "");
    const lines = artifacts["evidence.jsonl"]?.trim().split("\n") ?? [];
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(
      manySamples(ROWS).map((_, n) => `s${n}`),
    );
    expect(artifacts["scores.csv"]?.split("\r\n")).toHaveLength(ROWS + 2);
    expect(JSON.parse(artifacts["metadata.json"] ?? "{}").run.total_samples).toBe(ROWS);
    expect(await env.ARTIFACTS.get(`default/inputs/${job.id}/upload`)).toBeNull();
  });

  it("its samples can be listed, sorted and read one by one with their evidence", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(30));
    await drain(world);
    const runId = (await jobOf(job.id)).runId ?? "";
    const sorted = {
      sort: "faithfulness",
      descending: false,
      cause: null,
      metric: null,
      below: null,
      above: null,
      problems: null,
      q: null,
      sessionId: null,
    };
    const run = { project: "default", id: runId };
    const page = { limit: 50, offset: 0 };
    const rows = await listSamples(env.DB, run, sorted, page);
    expect(rows).toHaveLength(30);
    const list = async (more: object) =>
      (await listSamples(env.DB, run, { ...sorted, ...more }, page)).map(
        ({ row }) => row.sample_id,
      );
    expect(await list({ q: "(27)" })).toEqual(["s27"]);
    expect(await list({ q: "S27" })).toEqual(["s27"]);
    expect(await list({ q: "%" })).toEqual([]);
    const lowest = rows.filter(({ row }) => (row.scores.context_recall ?? 1) <= 0.5);
    expect((await list({ sort: null, metric: "context_recall", below: 0.5 })).sort()).toEqual(
      lowest.map(({ row }) => row.sample_id).sort(),
    );
    const weak = rows.filter(({ row }) => row.cause !== null || row.weighted_score === null);
    expect((await list({ problems: true })).sort()).toEqual(
      weak.map(({ row }) => row.sample_id).sort(),
    );
    const found = await getSample(env.DB, run, "s27");
    const range = found?.evidence ?? { offset: 0, length: 0 };
    const object = await env.ARTIFACTS.get(found?.evidence?.key ?? "", { range });
    const evidence = JSON.parse((await object?.text()) ?? "");
    expect(evidence.id).toBe("s27");
    expect(evidence.question).toContain("(27)");
  });

  it("the tags of its rows are groups of its report", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(9));
    await drain(world);
    const text = await getReportText(world.context, "default", runIdOf(job.id));
    expect(
      JSON.parse(text ?? "").groups.map((group: { tag: string; n: number }) => [
        group.tag,
        group.n,
      ]),
    ).toEqual([
      ["part=0", 3],
      ["part=1", 3],
      ["part=2", 3],
    ]);
    expect((await jobOf(job.id)).question).toContain("(0)");
  });

  it("lists bad rows with line and reason and scores the others", async () => {
    const world = createWorld();
    const rows = [
      '{"question":"问","answer":"答"}',
      '{"question":"no answer"}',
      "{broken}",
      '"text"',
    ];
    const job = await acceptRows(world, `[\n${rows.join(",\n")}\n]`);
    await drain(world);
    const done = await jobOf(job.id);
    // The row with a question alone is a sample without scores, not a bad row.
    expect(done).toMatchObject({ status: "completed", total: 2, done: 1, failed: 1, badRows: 2 });
    const told = done.warnings.map((warning) => sayWarning(warning, null));
    const warnings = told.filter(({ code }) => code === "bad_row");
    expect(warnings.map(({ message }) => message.split(":")[0])).toEqual(["Line 4", "Line 5"]);
    expect(told.find(({ code }) => code === "no_answer")?.message).toContain("Line 3");
    const object = await env.ARTIFACTS.get(`default/inputs/${job.id}/rejected-rows.jsonl`);
    expect((await object?.text())?.trimEnd().split("\n")).toHaveLength(2);
  });

  it("without one good row fails and says why", async () => {
    const world = createWorld();
    const job = await acceptRows(world, '[{"question":"only"}]');
    await drain(world);
    const failed = await jobOf(job.id);
    expect(failed.status).toBe("failed");
    expect(sayFailure(failed.error, null)).toEqual({
      code: "invalid_request",
      message: expect.stringContaining("Line 1"),
    });
  });

  it("gives samples without an id their place, and doubled ids a place too", async () => {
    const world = createWorld();
    const one = { question: "q", answer: "a" };
    await acceptRows(world, [one, { ...one, id: "x" }, { ...one, id: "x" }]);
    await drain(world);
    const { results } = await env.DB.prepare(
      "SELECT sample_id AS id FROM samples ORDER BY seq",
    ).all();
    expect(results.map((row) => row.id)).toEqual(["1", "x", "x#3"]);
  });
});

describe("a batch under doubled, lost and late messages", () => {
  it("every message five times, in any order, by three consumers at once: the same bytes", async () => {
    const calm = createWorld();
    const rows = manySamples(ROWS);
    const first = await acceptRows(calm, rows);
    await drain(calm);
    const wild = createWorld();
    wild.clock.now = calm.clock.now;
    const second = await acceptRows(wild, rows);
    let turn = 0;
    while (wild.queue.length > 0) {
      const messages = wild.queue
        .splice(0)
        .flatMap(({ message }) => Array(1 + (turn++ % 5)).fill(message));
      messages.reverse();
      for (let from = 0; from < messages.length; from += 3) {
        await Promise.all(messages.slice(from, from + 3).map((message) => consume(wild, message)));
      }
    }
    const [a, b] = [await jobOf(first.id), await jobOf(second.id)];
    expect(b).toMatchObject({ status: "completed", done: ROWS });
    const unnamed = (
      texts: Record<string, string>,
      job: { id: string; startedAt: number | null; finishedAt: number | null },
    ) =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          name,
          text
            .replaceAll(job.id.slice(4), "ID")
            .replaceAll(new Date(job.startedAt ?? 0).toISOString(), "START")
            .replaceAll(new Date(job.finishedAt ?? 0).toISOString(), "END")
            .replaceAll(/"sha256:[0-9a-f]+"/g, '"sha256"'),
        ]),
      );
    expect(unnamed(await artifactsOf(b.runId ?? ""), b)).toEqual(
      unnamed(await artifactsOf(a.runId ?? ""), a),
    );
    expect(await count("SELECT count(*) AS n FROM runs WHERE id = ?1", b.runId ?? "")).toBe(1);
  });

  it("all messages lost, again and again: the sweep brings it to its end", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(ROWS));
    for (let round = 0; round < 60 && (await jobOf(job.id)).status !== "completed"; round++) {
      world.queue.length = 0;
      world.clock.now += WAKE_PAUSE_MS + LEASE_MS;
      await sweepJobs(world.context);
      const [next] = world.queue.splice(0);
      if (next) await consume(world, next.message);
      // Of what that sent only the first message arrives.
      const [one] = world.queue.splice(0);
      if (one) await consume(world, one.message);
    }
    expect(await jobOf(job.id)).toMatchObject({ status: "completed", done: ROWS });
  });

  it("a zombie that comes back after its lease changes nothing and its parts are not read", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(30));
    await consumeNext(world);
    const [chunk] = world.queue.splice(0, 1);
    if (!chunk) throw new Error("no chunk");
    const paused = pausedJudge();
    world.judge.current = paused.judge;
    const zombie = consume(world, chunk.message);
    await paused.begun;
    world.clock.now += LEASE_MS + 1;
    world.judge.current = createOfflineJudge();
    await consume(world, chunk.message);
    await drain(world);
    const before = await artifactsOf((await jobOf(job.id)).runId ?? "");
    const rows = await env.DB.prepare("SELECT * FROM samples ORDER BY seq").all();
    paused.release();
    await zombie;
    await drain(world);
    expect((await env.DB.prepare("SELECT * FROM samples ORDER BY seq").all()).results).toEqual(
      rows.results,
    );
    expect(await artifactsOf((await jobOf(job.id)).runId ?? "")).toEqual(before);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed", done: 30 });
  });
});

describe("a batch that is changed meanwhile", () => {
  it("cancel stops within one chunk, keeps what is done, and retry scores only the rest", async () => {
    const world = createWorld();
    const { judge, calls } = watched();
    world.judge.current = judge;
    const job = await acceptRows(world, manySamples(ROWS));
    await consumeNext(world);
    await consumeNext(world);
    expect(calls()).toBe(25);
    await stopJob(world.context, await jobOf(job.id));
    await drain(world);
    expect(calls()).toBe(25);
    expect(await jobOf(job.id)).toMatchObject({ status: "cancelled", done: 25 });
    await restartJob(world.context, await jobOf(job.id));
    await drain(world);
    expect(calls()).toBe(ROWS);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed", done: ROWS, failed: 0 });
  });

  it("a sample that breaks every time fails alone; the run counts it; retry scores it alone", async () => {
    const world = createWorld();
    let isBroken = true;
    const inner = createOfflineJudge();
    let calls = 0;
    world.judge.current = {
      name: inner.name,
      fill: async (sample, ...rest) => {
        calls++;
        if (isBroken && sample.question.includes("(7)")) throw new TypeError("a bug");
        return inner.fill(sample, ...rest);
      },
    };
    const job = await acceptRows(world, manySamples(30));
    await drain(world);
    const done = await jobOf(job.id);
    expect(done).toMatchObject({ status: "completed", done: 29, failed: 1 });
    expect(await getRun(env.DB, "default", done.runId ?? "")).toMatchObject({
      totalSamples: 30,
      validSamples: 29,
      invalidSamples: 1,
    });
    const csv = (await artifactsOf(done.runId ?? ""))["scores.csv"] ?? "";
    expect(csv.split("\r\n").find((line) => line.startsWith("s7,"))).toMatch(
      /\(7\).*internal_error/,
    );
    isBroken = false;
    calls = 0;
    await restartJob(world.context, done);
    await drain(world);
    expect(calls).toBe(1);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed", done: 30, failed: 0 });
    expect(await getRun(env.DB, "default", done.runId ?? "")).toMatchObject({ validSamples: 30 });
  });

  it("delete leaves no row and no object", async () => {
    const world = createWorld();
    const job = await acceptRows(
      world,
      '[{"question":"问","answer":"答"},{"question":"no answer"}]',
    );
    await drain(world);
    await removeJob(world.context, await jobOf(job.id));
    for (const table of ["jobs", "samples", "chunks", "batches", "runs", "job_tags"]) {
      expect(await count(`SELECT count(*) AS n FROM ${table}`), table).toBe(0);
    }
    const runId = job.id.replace("job_", "run_");
    for (const prefix of [`default/runs/${runId}/`, `default/inputs/${job.id}/`]) {
      expect((await env.ARTIFACTS.list({ prefix })).objects, prefix).toEqual([]);
    }
  });
});
