import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { removeJob } from "../../src/jobs/change-job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { getRun } from "../../src/storage/runs.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";
import {
  accept,
  artifactsOf,
  consumeNext,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

const SESSION = "会话 1/2";
const call = (world: World, n: number) =>
  accept(world, {
    ...(n % 2 === 0 ? SAMPLE_ZH : SAMPLE_EN),
    question: `${SAMPLE_ZH.question} (${n})`,
    session_id: SESSION,
  });

/** Scores what is queued now and leaves the reports for later. */
async function scoreQueued(world: World): Promise<void> {
  const scores = world.queue.filter(({ message }) => message.kind === "score").length;
  world.queue.sort(
    (a, b) => Number(b.message.kind === "score") - Number(a.message.kind === "score"),
  );
  for (let n = 0; n < scores; n++) await consumeNext(world);
}

describe("the run of a session", () => {
  const tag = { name: "app", value: '客服,"app":"x"' };
  const ofTag = async (name: "runs" | "jobs", value: { name: string; value: string }) => {
    const query = new URLSearchParams({ tag: `${value.name}=${value.value}` });
    const path = name === "runs" ? "/api/runs" : "/api/score/jobs";
    const page = (await (await send(`${path}?${query}`)).json()) as Record<string, object[]>;
    return page[name]?.length;
  };
  const tagsLeft = () => count("SELECT count(*) AS n FROM job_tags");

  it("is found by its tag when its first call goes, and leaves nothing when the last one does", async () => {
    const world = createWorld();
    const tags = { [tag.name]: tag.value };
    const first = await accept(world, { ...SAMPLE_ZH, session_id: SESSION, tags });
    const second = await accept(world, { ...SAMPLE_EN, session_id: SESSION, tags });
    await drain(world);
    expect([await ofTag("runs", tag), await ofTag("jobs", tag)]).toEqual([1, 2]);
    await removeJob(world.context, await jobOf(first.id));
    await drain(world);
    expect([await ofTag("runs", tag), await ofTag("jobs", tag)]).toEqual([1, 1]);
    expect(await ofTag("runs", { name: "app", value: "x" })).toBe(0);
    await removeJob(world.context, await jobOf(second.id));
    expect(await tagsLeft()).toBe(0);
  });

  it("has the tags of the call it was named after or of a later one; that call keeps its own", async () => {
    const world = createWorld();
    const first = await accept(world, { ...SAMPLE_ZH, session_id: SESSION });
    await accept(world, { ...SAMPLE_EN, session_id: SESSION, tags: { [tag.name]: tag.value } });
    await env.DB.batch(
      ["samples", "jobs"].map((table) =>
        env.DB.prepare(
          `UPDATE ${table} SET status = 'failed' WHERE ${table === "jobs" ? "id" : "job_id"} = ?1`,
        ).bind(first.id),
      ),
    );
    await drain(world);
    expect([await ofTag("runs", tag), await ofTag("jobs", tag)]).toEqual([1, 1]);
    expect(await tagsLeft()).toBe(2);
  });
});

describe("the calls of a session", () => {
  it("share one run, named after the first; its report follows and holds every call once", async () => {
    const world = createWorld();
    const first = await call(world, 0);
    const second = await call(world, 1);
    await drain(world);
    const runId = first.id.replace("job_", "run_");
    expect(await jobOf(second.id)).toMatchObject({ status: "completed", runId });
    expect(await getRun(env.DB, "default", runId)).toMatchObject({
      mode: "session",
      totalSamples: 2,
      validSamples: 2,
      sessionId: SESSION,
    });
    const third = await call(world, 2);
    await drain(world);
    expect(await getRun(env.DB, "default", runId)).toMatchObject({ totalSamples: 3 });
    expect(await count("SELECT count(*) AS n FROM runs")).toBe(1);
    const lines = (await artifactsOf(runId))["evidence.jsonl"]?.trim().split("\n") ?? [];
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([first.id, second.id, third.id]);
  });

  it("many calls at once wake one build, and builds are five seconds apart", async () => {
    const world = createWorld();
    const jobs = [];
    for (let n = 0; n < 6; n++) jobs.push(await call(world, n));
    await scoreQueued(world);
    expect(world.queue.map(({ message }) => message.kind)).toEqual(["report"]);
    await drain(world);
    const builtAt = world.clock.now;
    await call(world, 6);
    await scoreQueued(world);
    expect(world.queue).toHaveLength(1);
    await drain(world);
    expect(world.clock.now - builtAt).toBeGreaterThanOrEqual(5000);
    expect(world.logs.filter(({ event }) => event === "session.reported")).toHaveLength(2);
    const runId = jobs[0]?.id.replace("job_", "run_") ?? "";
    const prefixes = (await env.ARTIFACTS.list({ prefix: `default/runs/${runId}/` })).objects
      .map(({ key }) => key)
      .filter((key) => key.endsWith("summary.md"));
    expect(prefixes).toHaveLength(1);
  });

  it("a call that ends while the report is built has it built again", async () => {
    const world = createWorld();
    const first = await call(world, 0);
    await scoreQueued(world);
    const late = await call(world, 1);
    const { wake, bucket } = world.context;
    const report = world.queue.find(({ message }) => message.kind === "report");
    world.queue = world.queue.filter((item) => item !== report);
    let isLate = false;
    world.context.bucket = new Proxy(bucket, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (name !== "put" || isLate)
          return typeof value === "function" ? value.bind(target) : value;
        return async (...args: unknown[]) => {
          isLate = true;
          await scoreQueued(world);
          return Reflect.apply(bucket.put, bucket, args);
        };
      },
    });
    world.clock.now = Math.max(world.clock.now, report?.at ?? 0);
    world.queue.unshift({ message: report?.message ?? { kind: "sweep" }, at: world.clock.now });
    await consumeNext(world);
    world.context.wake = wake;
    await drain(world);
    expect(isLate).toBe(true);
    expect(await jobOf(late.id)).toMatchObject({ status: "completed" });
    expect(await getRun(env.DB, "default", first.id.replace("job_", "run_"))).toMatchObject({
      totalSamples: 2,
    });
  });

  it("a lost report message is found by the sweep", async () => {
    const world = createWorld();
    const first = await call(world, 0);
    await scoreQueued(world);
    world.queue.length = 0;
    world.clock.now += 60_000;
    await sweepJobs(world.context);
    await drain(world);
    expect(await getRun(env.DB, "default", first.id.replace("job_", "run_"))).toMatchObject({
      totalSamples: 1,
    });
  });

  it("a deleted call leaves the report; with the last one the run goes", async () => {
    const world = createWorld();
    const first = await call(world, 0);
    const second = await call(world, 1);
    await drain(world);
    await removeJob(world.context, await jobOf(first.id));
    await drain(world);
    const runId = first.id.replace("job_", "run_");
    expect(await getRun(env.DB, "default", runId)).toMatchObject({ totalSamples: 1 });
    await removeJob(world.context, await jobOf(second.id));
    await drain(world);
    for (const table of ["runs", "sessions", "jobs", "samples"]) {
      expect(await count(`SELECT count(*) AS n FROM ${table}`), table).toBe(0);
    }
    expect((await env.ARTIFACTS.list({ prefix: `default/runs/${runId}/` })).objects).toEqual([]);
  });

  it("are read with their means and first page", async () => {
    const world = createWorld();
    for (let n = 0; n < 3; n++) await call(world, n);
    await drain(world);
    const response = await send(`/api/score/sessions/${encodeURIComponent(SESSION)}?limit=2`);
    expect(response.status).toBe(200);
    const session = (await response.json()) as Record<string, unknown> & { jobs: unknown[] };
    expect(session).toMatchObject({ session_id: SESSION, call_count: 3, has_more: true });
    expect(session.jobs).toHaveLength(2);
    const run = await getRun(env.DB, "default", String(session.run_id));
    for (const [metric, mean] of Object.entries(run?.metricMeans ?? {})) {
      expect(session.metric_means).toHaveProperty(metric, expect.closeTo(mean ?? 0, 10));
    }
    expect((await send("/api/score/sessions/nobody")).status).toBe(404);
  });
});
