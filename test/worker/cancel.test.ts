import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { stopJob } from "../../src/jobs/change-job.ts";
import { LOOK_MS } from "../../src/jobs/job.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { Judge } from "../../src/scoring/judge.ts";
import { SAMPLE_ZH } from "./http.ts";
import {
  accept,
  acceptRows,
  consume,
  consumeNext,
  createWorld,
  emptyTables,
  jobOf,
  manySamples,
} from "./job-world.ts";

beforeEach(emptyTables);

const CALL_MS = 100;
/** Two looks' worth. */
const CALLS_PER_SAMPLE = (2 * LOOK_MS) / CALL_MS;
/** More than any machine begins before its next look. */
const NO_END_OF_CALLS = 600;

/** A judge that needs many calls in a row for each sample, and counts them. */
function slowJudge(callsPerSample = CALLS_PER_SAMPLE) {
  const inner = createOfflineJudge();
  let calls = 0;
  let onFirst = () => {};
  const begun = new Promise<void>((resolve) => {
    onFirst = resolve;
  });
  const judge: Judge = {
    name: "llm:slow",
    async fill(sample, needs, signal) {
      for (let call = 0; call < callsPerSample && !signal?.aborted; call++) {
        calls++;
        onFirst();
        await new Promise((resolve) => setTimeout(resolve, CALL_MS));
      }
      return inner.fill(sample, needs);
    },
  };
  return { judge, calls: () => calls, begun };
}

describe("a cancel while the judge is being asked", () => {
  it("of a batch: its samples at work stop between two calls, the others never begin", async () => {
    const world = createWorld();
    const { judge, calls, begun } = slowJudge(NO_END_OF_CALLS);
    world.judge.current = judge;
    const job = await acceptRows(world, manySamples(25));
    await consumeNext(world);
    const scoring = consume(world, { kind: "chunk", project: "default", id: job.id, n: 0 });
    await begun;
    await stopJob(world.context, await jobOf(job.id));
    await scoring;
    // Five at once, none of them to its end.
    expect(calls()).toBeLessThan(5 * NO_END_OF_CALLS);
    expect(await jobOf(job.id)).toMatchObject({ status: "cancelled", done: 0 });
  });

  it("of a single job: no further call after the next look, and no run", async () => {
    const world = createWorld();
    const { judge, calls, begun } = slowJudge(NO_END_OF_CALLS);
    world.judge.current = judge;
    const job = await accept(world, { ...SAMPLE_ZH, question: "取消后还会继续花钱吗？" });
    const scoring = consumeNext(world);
    await begun;
    await stopJob(world.context, await jobOf(job.id));
    await scoring;
    expect(calls()).toBeLessThan(NO_END_OF_CALLS);
    expect(await jobOf(job.id)).toMatchObject({ status: "cancelled", runId: null });
  });

  it("work that nobody cancelled is done to its end, however often it is looked at", async () => {
    const world = createWorld();
    const { judge, calls } = slowJudge();
    world.judge.current = judge;
    const job = await accept(world);
    await consumeNext(world);
    expect(calls()).toBe(CALLS_PER_SAMPLE);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed" });
  });

  it("a database that cannot be read says nothing: the work goes on", async () => {
    const world = createWorld();
    const { judge, calls } = slowJudge();
    world.judge.current = judge;
    const job = await accept(world);
    world.context.db = new Proxy(env.DB, {
      get(db, name) {
        if (name !== "prepare") return Reflect.get(db, name).bind(db);
        return (sql: string) => {
          if (sql.includes("AS held FROM samples")) throw new Error("D1_ERROR: away");
          return db.prepare(sql);
        };
      },
    });
    await consumeNext(world);
    expect(calls()).toBe(CALLS_PER_SAMPLE);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed" });
  });
});
