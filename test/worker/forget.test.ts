import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { beforeEach, describe, expect, it } from "vitest";
import { removeJob } from "../../src/jobs/change-job.ts";
import { forgetOldJobs } from "../../src/jobs/forget-old-jobs.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { JudgedTable } from "../../src/scoring/judge.ts";
import { createJudgementStore } from "../../src/storage/judgements.ts";
import { deleteUnusedJudgements } from "../../src/storage/old-rows.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import {
  accept,
  acceptRows,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  manySamples,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

/** A judge that remembers one judgement a sample and one all share, as a model's would. */
function remembering(world: World): void {
  const inner = createOfflineJudge();
  const store = createJudgementStore(env.DB, () => world.clock.now);
  world.judge.kind = "llm";
  world.judge.current = {
    name: "llm:fake",
    fill: async (sample, needs): Promise<JudgedTable> => {
      const keys = ["shared", `of ${sample.question}`];
      await store.put(keys.map((key) => ({ key, body: "[]" })));
      return { ...(await inner.fill(sample, needs)), judgements: keys };
    },
  };
}

const keys = async () =>
  (await env.DB.prepare("SELECT key FROM judgements ORDER BY key").all()).results.map(
    (row) => row.key,
  );

describe("judgements", () => {
  it("go with the last job that rests on them, and not before", async () => {
    const world = createWorld();
    remembering(world);
    const a = await accept(world, { ...SAMPLE_ZH, question: "甲" });
    const b = await accept(world, { ...SAMPLE_EN, question: "b" });
    const c = await acceptRows(world, manySamples(3));
    await drain(world);
    expect(await count("SELECT uses AS n FROM judgements WHERE key = 'shared'")).toBe(5);
    await removeJob(world.context, await jobOf(a.id));
    expect(await keys()).not.toContain("of 甲");
    expect(await keys()).toContain("of b");
    await removeJob(world.context, await jobOf(c.id));
    expect(await keys()).toEqual(["of b", "shared"]);
    await removeJob(world.context, await jobOf(b.id));
    expect(await keys()).toEqual([]);
  });

  it("are counted once, however often a message comes", async () => {
    const world = createWorld();
    remembering(world);
    await accept(world);
    world.queue.push(...world.queue, ...world.queue);
    await drain(world);
    expect(await count("SELECT uses AS n FROM judgements WHERE key = 'shared'")).toBe(1);
  });
});

describe("RETENTION_DAYS", () => {
  const DAY = 24 * 60 * 60 * 1000;

  it("deletes ended jobs that are older, page after page, and nothing else", async () => {
    const world = createWorld({ settings: { retentionDays: 30 } });
    world.context.newId = () => ulid(world.clock.now);
    const today = world.clock.now;
    world.clock.now = today - 40 * DAY;
    const old = [];
    for (let n = 0; n < 60; n++) old.push(await accept(world, { ...SAMPLE_EN, question: `${n}` }));
    await drain(world);
    const stuck = await accept(world, { ...SAMPLE_EN, question: "still queued" });
    world.queue.length = 0;
    world.clock.now = today - 20 * DAY;
    const young = await accept(world, SAMPLE_ZH);
    await drain(world);
    world.clock.now = today;
    const { bucket } = world.context;
    world.context.bucket = new Proxy(bucket, {
      get: () => () => Promise.reject(new Error("R2 is away")),
    });
    expect(await forgetOldJobs(world.context)).toBe(0);
    world.context.bucket = bucket;
    // Each deletion takes a second: the first page is all this run has time for.
    const { now } = world.context;
    world.context.now = () => (world.clock.now += 1000);
    expect(await forgetOldJobs(world.context)).toBe(50);
    world.context.now = now;
    expect(await forgetOldJobs(world.context)).toBe(10);
    expect(await forgetOldJobs(world.context)).toBe(0);
    const { results } = await env.DB.prepare("SELECT id FROM jobs ORDER BY id").all();
    expect(results.map(({ id }) => id)).toEqual([stuck.id, young.id]);
    const prefix = `default/runs/${old[0]?.id.replace("job_", "run_")}`;
    expect((await env.ARTIFACTS.list({ prefix })).objects).toEqual([]);
  });

  it("unset keeps everything; unused judgements go once they are old", async () => {
    const world = createWorld();
    expect(await forgetOldJobs(world.context)).toBe(0);
    const keeping = createWorld({ settings: { retentionDays: 1 } });
    await createJudgementStore(env.DB, () => keeping.clock.now - 3 * DAY).put([
      { key: "left over", body: "[]" },
    ]);
    await createJudgementStore(env.DB, () => keeping.clock.now).put([
      { key: "in flight", body: "[]" },
    ]);
    await forgetOldJobs(keeping.context);
    expect(await keys()).toEqual(["in flight"]);
  });

  it("looks at a few judgements at a time, at all in turn, and then at the first again", async () => {
    const left = (name: string) => ({ key: name, body: "[]" });
    const store = createJudgementStore(env.DB, () => 1);
    await store.put(["a", "b", "c", "d", "e"].map(left));
    await env.DB.prepare("UPDATE judgements SET uses = 1 WHERE key IN ('b', 'e')").run();
    expect(await deleteUnusedJudgements(env.DB, 2, 2)).toBe(1);
    expect(await keys()).toEqual(["b", "c", "d", "e"]);
    await store.put([left("a")]);
    expect(await deleteUnusedJudgements(env.DB, 2, 2)).toBe(2);
    expect(await deleteUnusedJudgements(env.DB, 2, 2)).toBe(0);
    expect(await keys()).toEqual(["a", "b", "e"]);
    expect(await deleteUnusedJudgements(env.DB, 1, 2)).toBe(0);
    for (let n = 0; n < 3; n++) await deleteUnusedJudgements(env.DB, 2, 2);
    expect(await keys()).toEqual(["b", "e"]);
  });
});
