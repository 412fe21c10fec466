import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobNews, Live } from "../../src/jobs/context.ts";
import { openLive } from "../../src/jobs/live/open-live.ts";
import { noteListened } from "../../src/storage/facts.ts";
import { ADMIN_KEY, ask, bearer, SAMPLE_EN, SAMPLE_ZH, waitForQuiet } from "./access-world.ts";
import { manySamples } from "./job-world.ts";
import { endJob, eventually, listen, listenersOf, runningJob } from "./live-world.ts";

describe("a consumer tells", () => {
  const clock = { now: 0 };
  let told: { id: string; isMove: boolean }[] = [];
  let isHeard = true;
  let work: Promise<void>[] = [];
  let reads = 0;
  let live: Live;
  let project = "";

  beforeEach(() => {
    clock.now = Date.now();
    told = [];
    work = [];
    reads = 0;
    isHeard = true;
    // What an isolate knows of one project it does not know of another.
    project = crypto.randomUUID();
    const prepare = env.DB.prepare.bind(env.DB);
    const counting = (sql: string) => {
      reads += 1;
      return prepare(sql);
    };
    const db = { prepare: counting } as unknown as D1Database;
    live = openLive(
      { db, now: () => clock.now, later: (one) => void work.push(one), log: () => undefined },
      () => ({
        tell: async (_project, id, isMove) => {
          told.push({ id, isMove });
          return isHeard;
        },
        fetch: () => Promise.reject(new Error("nobody comes here")),
      }),
    );
  });
  const tell = async (id: string, news: JobNews) => {
    live.tell({ project, id }, news);
    await Promise.all(work);
  };

  it("nobody while nobody listens, at the price of one row every two seconds and one an end", async () => {
    for (let n = 0; n < 50; n++) await tell(`job_${n % 5}`, "progress");
    expect(reads).toBe(1);
    for (let n = 0; n < 10; n++) await tell(`job_${n}`, "ended");
    expect(reads).toBe(11);
    expect(told).toEqual([]);
  });

  it("at most once a second of a job, and always of its end", async () => {
    await noteListened(env.DB, project, clock.now + 30_000);
    for (let n = 0; n < 20; n++) {
      await tell("job_a", "progress");
      await tell("job_b", "progress");
    }
    await tell("job_a", "ended");
    clock.now += 1000;
    await tell("job_b", "progress");
    expect(told.map(({ id, isMove }) => `${id} ${isMove}`)).toEqual([
      "job_a false",
      "job_b false",
      "job_a true",
      "job_b false",
    ]);
    expect(reads).toBe(1);
  });

  it("less of a job that nobody hears, though somebody listens to another", async () => {
    await noteListened(env.DB, project, clock.now + 30_000);
    isHeard = false;
    for (let n = 0; n < 20; n++) {
      await tell("job_a", "progress");
      clock.now += 100;
    }
    expect(told).toHaveLength(1);
    await tell("job_a", "ended");
    expect(told).toHaveLength(2);
  });

  it("of an end to who came after it was found that nobody listens", async () => {
    await tell("job_a", "progress");
    await noteListened(env.DB, project, clock.now + 30_000);
    await tell("job_a", "ended");
    expect(told).toEqual([{ id: "job_a", isMove: true }]);
  });

  it("nobody once the note has run out", async () => {
    await noteListened(env.DB, project, clock.now + 30_000);
    clock.now += 30_000;
    await tell("job_a", "progress");
    await tell("job_a", "ended");
    expect(told).toEqual([]);
  });
});

describe.each([
  ["zh", SAMPLE_ZH],
  ["en", SAMPLE_EN],
])("an object that was forgotten while its sockets hold (%s)", (_language, sample) => {
  it("goes on where it was: nothing twice, and the end", async () => {
    const jobId = await runningJob(sample);
    const heard = await listen(jobId, bearer(ADMIN_KEY));
    await eventually(() => heard.events().length === 2);
    await evictDurableObject(listenersOf("default"));
    await endJob(jobId);
    await listenersOf("default").tell("default", jobId, true);
    await eventually(() => heard.closed() === 1000);
    expect(heard.events()).toEqual(["queued", "running", "done"]);
  });

  it("finds the end by its alarm when nobody tells it", async () => {
    const jobId = await runningJob(sample);
    const heard = await listen(jobId, bearer(ADMIN_KEY));
    await eventually(() => heard.events().length === 2);
    await endJob(jobId);
    await evictDurableObject(listenersOf("default"));
    await eventually(() => heard.closed() === 1000);
    expect(heard.events().at(-1)).toBe("done");
  });
});

describe("two hundred listeners of one batch", () => {
  const LISTENERS = 200;
  afterEach(() => vi.restoreAllMocks());

  it("hear its end each, for one read a second in all", async () => {
    const database = Object.getPrototypeOf(env.DB) as D1Database;
    const { prepare } = database;
    let reads = 0;
    vi.spyOn(database, "prepare").mockImplementation(function (this: D1Database, sql) {
      if (/FROM jobs\s+WHERE project = \?1 AND id IN/.test(sql)) reads += 1;
      return prepare.call(this, sql);
    });
    const accepted = await ask("/api/score/batch", {
      json: manySamples(150),
      headers: bearer(ADMIN_KEY),
      vars: { JUDGE: "offline" },
    });
    expect(accepted.status).toBe(202);
    const { job_id } = (await accepted.json()) as { job_id: string };
    const from = Date.now();
    const all = await Promise.all(
      Array.from({ length: LISTENERS }, () => listen(job_id, bearer(ADMIN_KEY))),
    );
    await eventually(() => all.every((heard) => heard.closed() === 1000));
    const seconds = (Date.now() - from) / 1000;
    for (const heard of all) expect(heard.events().at(-1)).toBe("done");
    // Besides: the first two who come, and the end, which waits for nobody.
    expect(reads).toBeLessThanOrEqual(Math.ceil(seconds) + 3);
    expect(reads).toBeGreaterThan(0);
    await waitForQuiet();
  });
});
