import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { SamplePage } from "../../src/contract/report.ts";
import type { Session } from "../../src/contract/session.ts";
import { removeJob } from "../../src/jobs/change-job.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { getRun } from "../../src/storage/runs.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";
import {
  accept,
  acceptRows,
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

describe("calls with one id", () => {
  const open = async (runId: string, id: string) =>
    (await (await send(`/api/runs/${runId}/samples/${encodeURIComponent(id)}`)).json()) as {
      sample: { sample_id: string; question: string };
      evidence: { id: string };
    };

  it("are samples of their own, and each can be opened", async () => {
    const world = createWorld();
    const same = { ...SAMPLE_ZH, id: "第一题", session_id: SESSION };
    const jobs = [];
    for (const question of ["年假几天？", "How many days?", "病假几天？"]) {
      jobs.push(await accept(world, { ...same, question }));
    }
    await drain(world);
    const runId = jobs[0]?.id.replace("job_", "run_") ?? "";
    const ids = ["第一题", `第一题#${jobs[1]?.id}`, `第一题#${jobs[2]?.id}`];
    const page = (await (await send(`/api/runs/${runId}/samples`)).json()) as {
      samples: { sample_id: string; session_id: string }[];
    };
    expect(page.samples.map(({ sample_id }) => sample_id)).toEqual(ids);
    expect(page.samples.map(({ session_id }) => session_id)).toEqual(Array(3).fill(SESSION));
    const opened = await Promise.all(ids.map((id) => open(runId, id)));
    expect(opened.map(({ sample }) => sample.question)).toEqual([
      "年假几天？",
      "How many days?",
      "病假几天？",
    ]);
    expect(opened.map(({ evidence }) => evidence.id)).toEqual(ids);
    const lines = (await artifactsOf(runId))["evidence.jsonl"]?.trim().split("\n") ?? [];
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(ids);
  });

  it("keep their id in sessions of their own, in other projects and without a session", async () => {
    const world = createWorld();
    const sampleIds = () =>
      env.DB.prepare("SELECT sample_id FROM samples ORDER BY job_id").all<{ sample_id: string }>();
    await accept(world, { ...SAMPLE_EN, id: "q", session_id: "a" });
    await accept(world, { ...SAMPLE_EN, id: "q", session_id: "b" });
    await accept(world, { ...SAMPLE_EN, id: "q" });
    await env.DB.prepare("UPDATE jobs SET project = 'other' WHERE session_id = 'b'").run();
    const last = await accept(world, { ...SAMPLE_EN, id: "q", session_id: "b" });
    const { results } = await sampleIds();
    expect(results.map(({ sample_id }) => sample_id)).toEqual(["q", "q", "q", "q"]);
    const again = await accept(world, { ...SAMPLE_EN, id: "q", session_id: "b" });
    expect((await sampleIds()).results.at(-1)?.sample_id).toBe(`q#${again.id}`);
    expect(last.id).not.toBe(again.id);
  });

  it("of a batch neither, even where a row has the name another would get", async () => {
    const world = createWorld();
    const ids = ["x#3", "x", "x", "x#3", "x", "5"];
    const job = await acceptRows(
      world,
      ids.map((id, n) => ({ ...SAMPLE_ZH, id, question: `问题 ${n}？` })),
    );
    await drain(world);
    const { results } = await env.DB.prepare("SELECT sample_id FROM samples WHERE job_id = ?1")
      .bind(job.id)
      .all<{ sample_id: string }>();
    expect(results).toHaveLength(ids.length);
    expect(new Set(results.map(({ sample_id }) => sample_id)).size).toBe(ids.length);
  });
});

describe("a session whose calls came in a batch", () => {
  const rows = [
    { ...SAMPLE_ZH, id: "m1", session_id: "会话甲", feedback: "like" },
    { ...SAMPLE_EN, id: "m2", session_id: "conversation b" },
    { ...SAMPLE_ZH, id: "m3", session_id: "会话甲", answer: "十五天。", feedback: "dislike" },
    { ...SAMPLE_EN, id: "m4", feedback: { rating: "dislike" } },
    { ...SAMPLE_EN, id: "m5", feedback: "rather good" },
  ];
  const read = async (path: string) => (await send(path)).json();
  const sessionPath = (id: string) => `/api/score/sessions/${encodeURIComponent(id)}`;

  it("is found by its name, with its means, its batch and its samples", async () => {
    const world = createWorld();
    const job = await acceptRows(world, rows);
    await drain(world);
    const runId = job.id.replace("job_", "run_");
    const session = (await read(sessionPath("会话甲"))) as Session;
    expect(session).toMatchObject({ call_count: 2, run_id: runId, has_more: false });
    expect(session.jobs.map(({ job_id }) => job_id)).toEqual([job.id]);
    const page = (await read(
      `/api/runs/${runId}/samples?session_id=${encodeURIComponent("会话甲")}`,
    )) as SamplePage;
    expect(page.samples.map(({ sample_id }) => sample_id)).toEqual(["m1", "m3"]);
    const values = page.samples.map(({ scores }) => scores.faithfulness ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(session.metric_means.faithfulness).toBeCloseTo(mean, 12);
    expect((await send(sessionPath("会话乙"))).status).toBe(404);
    await removeJob(world.context, await jobOf(job.id));
    expect((await send(sessionPath("会话甲"))).status).toBe(404);
  });

  it("adds up with calls of the same session that were sent alone", async () => {
    const world = createWorld();
    const batch = await acceptRows(world, rows);
    const alone = await accept(world, { ...SAMPLE_ZH, session_id: "会话甲" });
    await drain(world);
    const session = (await read(sessionPath("会话甲"))) as Session;
    expect(session).toMatchObject({ call_count: 3, run_id: alone.id.replace("job_", "run_") });
    expect(session.jobs.map(({ job_id }) => job_id)).toEqual([alone.id, batch.id]);
  });

  it("feedback orders what to review, stays with a rescored run, and is nobody's agreement", async () => {
    const world = createWorld();
    const job = await acceptRows(world, rows);
    await drain(world);
    const runId = job.id.replace("job_", "run_");
    const order = async (run: string) => {
      const page = (await read(`/api/runs/${run}/samples?sort=feedback`)) as SamplePage;
      return page.samples.map(({ sample_id, feedback }) => [sample_id, feedback]);
    };
    const sorted = await order(runId);
    expect(sorted.map(([, feedback]) => feedback)).toEqual([
      "dislike",
      "dislike",
      null,
      null,
      "like",
    ]);
    expect(sorted[0]?.[0]).toBe("m3");
    expect((await jobOf(job.id)).warnings).toMatchObject([{ code: "feedback_unreadable" }]);
    expect(await read(`/api/runs/${runId}`)).not.toHaveProperty("people");
    expect((await send(`/api/runs/${runId}/samples?metric=feedback&below=1`)).status).toBe(422);
    const answer = await send(`/api/runs/${runId}/rescore`, {
      json: { metrics: ["faithfulness"] },
    });
    const { run_id } = (await answer.json()) as { run_id: string };
    expect((await order(run_id)).map(([, feedback]) => feedback)).toEqual(
      sorted.map(([, feedback]) => feedback),
    );
    expect((await read(sessionPath("会话甲"))) as Session).toMatchObject({ call_count: 2 });
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
    for (const [metric, { mean }] of Object.entries(run?.metrics ?? {})) {
      expect(session.metric_means).toHaveProperty(metric, expect.closeTo(mean ?? 0, 10));
    }
    expect((await send("/api/score/sessions/nobody")).status).toBe(404);
  });
});
