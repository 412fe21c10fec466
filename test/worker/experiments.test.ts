import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { AskList, Experiment } from "../../src/contract/experiment.ts";
import type { AskedTarget } from "../../src/contract/target.ts";
import type { AppKind } from "../fakes/fake-app.ts";
import {
  beginIn,
  connect,
  countWork,
  createExperimentWorld,
  createSet,
  emptyExperiments,
  items,
  logOfApp,
  read,
  runIn,
  setUpApp,
  start,
} from "./experiment-world.ts";
import { send, until } from "./http.ts";
import { consume, consumeNext, count } from "./job-world.ts";

beforeEach(emptyExperiments);

const untilEnded = (id: string) =>
  until(async () => {
    const experiment = await read(id);
    return experiment.status === "ended" && experiment;
  });

describe("a test set put to an app", () => {
  it.each([
    ["openai", undefined],
    ["http", undefined],
    ["ragflow", undefined],
    ["fastgpt", undefined],
    ["dify", "chat"],
    ["dify", "advanced-chat"],
    ["dify", "agent-chat"],
    ["dify", "agent"],
    ["dify", "completion"],
    ["dify", "workflow"],
  ] as [AppKind, string | undefined][])(
    "%s %s: is asked, judged and reported",
    async (kind, mode) => {
      const { app, target } = await connect(kind, mode === undefined ? {} : { mode });
      expect(target).toMatchObject({ kind, has_key: true, mode: mode ?? expect.any(String) });
      const tried = await send(`/api/targets/${target.target_id}/ask`, {
        json: { question: "年假有几天？" },
      });
      const trial = (await tried.json()) as AskedTarget;
      expect(trial).toMatchObject({ outcome: "answered", answer: "年假有几天：五天。", why: null });
      const isBlind = mode === "agent" || mode === "completion_";
      expect(trial.contexts?.length ?? 0).toBe(
        isBlind || mode === "workflow" ? (isBlind ? 0 : 2) : 2,
      );
      const { test_set_id } = await createSet(items(3));
      const started = await start({ test_set_id, targets: [{ target_id: target.target_id }] });
      const ended = await untilEnded(started.experiment_id);
      expect(ended.runs).toMatchObject([
        {
          status: "completed",
          outcomes: { answered: 3 },
          progress: { asked: 3, judged: 3, total: 3 },
          error: null,
        },
      ]);
      const report = await send(`/api/runs/${ended.runs[0]?.run_id}/samples`);
      const { samples } = (await report.json()) as {
        samples: { sample_id: string; answer: string }[];
      };
      expect(samples.map(({ sample_id }) => sample_id).sort()).toEqual(["q000", "q001", "q002"]);
      expect((await logOfApp(app)).worked).toHaveLength(4);
      const job = await (await send(`/api/score/jobs/${ended.runs[0]?.job_id}`)).json();
      expect(job).toMatchObject({ source: "test-set", kind: "batch" });
    },
  );

  it("is a job from the 202 on, and cancel stops asking and judging", async () => {
    const { app, target } = await connect("openai", { delayMs: 3000 });
    const { test_set_id } = await createSet(items(40));
    const started = await start({
      test_set_id,
      targets: [{ target_id: target.target_id }],
      name: "取消",
    });
    const [run] = started.runs;
    const job = (await (await send(`/api/score/jobs/${run?.job_id}`)).json()) as { status: string };
    expect(job.status).toBe("running");
    await until(async () => (await logOfApp(app)).worked.length > 1);
    const answer = await send(`/api/experiments/${started.experiment_id}/cancel`, {
      method: "POST",
    });
    const cancelled = (await answer.json()) as Experiment;
    expect(cancelled).toMatchObject({ status: "ended", runs: [{ status: "cancelled" }] });
    const asks = (await (
      await send(`/api/experiments/${started.experiment_id}/runs/${run?.job_id}/asks`)
    ).json()) as AskList;
    expect(asks.asks.every(({ state }) => state === "done")).toBe(true);
    expect(asks.asks.filter(({ outcome }) => outcome === "not_asked").length).toBeGreaterThan(30);
    const world = createExperimentWorld();
    await consume(world, { kind: "ask", project: "default", id: target.target_id });
    expect(world.logs.filter(({ event }) => event === "ask.finished")).toEqual([]);
    expect((await logOfApp(app)).worked.length).toBeLessThan(10);
  });

  it("costs at most 20 written rows an item, scoring and all", async () => {
    const counted = countWork(env.DB);
    const world = createExperimentWorld({ db: counted.db });
    const { target } = await connect("dify", { mode: "advanced-chat" });
    const { test_set_id } = await createSet(items(50));
    counted.rows = 0;
    await runIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    expect(await env.DB.prepare("SELECT min(status) AS s FROM jobs").first("s")).toBe("completed");
    expect(counted.rows / 50).toBeLessThanOrEqual(20);
    // Answers are rows of the job now, and nowhere else.
    expect(
      await env.DB.prepare("SELECT count(*) AS n FROM asks WHERE reply IS NOT NULL").first("n"),
    ).toBe(0);
  });

  it("one message asks 300 questions, and stays within the thousand queries of a consumer", async () => {
    const { target } = await connect("dify");
    const { test_set_id } = await createSet(items(400));
    const counted = countWork(env.DB);
    const world = createExperimentWorld({ db: counted.db });
    await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    counted.trips = 0;
    await consumeNext(world);
    const asked = await count("SELECT count(*) AS n FROM asks WHERE state = 'done'");
    expect(asked).toBeGreaterThanOrEqual(300);
    expect(asked).toBeLessThan(400);
    // What may still be looked after when the last has begun takes five minutes at most, a query a second.
    expect(counted.trips).toBeLessThan(1000 - 300);
    expect(world.queue.map(({ message }) => message.kind)).toEqual(["ask"]);
  });

  it("begins with its first message, and one of which nothing can be asked ends", async () => {
    const { target } = await connect("dify");
    const { test_set_id } = await createSet(items(2));
    const world = createExperimentWorld();
    const targets = [{ target_id: target.target_id }];
    await beginIn(world, { test_set_id, targets });
    const message = { kind: "ask", project: "default", id: target.target_id };
    expect(world.queue.splice(0)).toEqual([{ message, at: world.clock.now }]);
    const { target: blind } = await connect("openai");
    const withFiles = items(2, () => ({ files: [{ type: "image", url: "https://a.test/1.png" }] }));
    const id = await runIn(world, {
      test_set_id: (await createSet(withFiles)).test_set_id,
      targets: [...targets, { target_id: blind.target_id }],
    });
    expect(await read(id)).toMatchObject({
      status: "ended",
      runs: [{ outcomes: { answered: 2 } }, { outcomes: { not_asked: 2 } }],
    });
  });

  it.each(["openai", "dify"] as const)(
    "%s: between an answer and the next question lies one trip to the database",
    async (kind) => {
      const { target } = await connect(kind);
      const { test_set_id } = await createSet(items(8));
      await env.DB.prepare("UPDATE targets SET slots = 1, streak = -100").run();
      const counted = countWork(env.DB);
      const world = createExperimentWorld({ db: counted.db });
      const { outside } = world.context;
      const between: number[] = [];
      world.context.outside = {
        ...outside,
        fetch: async (...call) => {
          between.push(counted.trips);
          const answer = await outside.fetch(...call);
          const text = await answer.text();
          counted.trips = 0;
          return new Response(text, answer);
        },
      };
      await runIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
      expect(await env.DB.prepare("SELECT min(status) AS s FROM jobs").first("s")).toBe(
        "completed",
      );
      // Dify names the conversation in its answer, which is written down at once.
      expect(between.slice(1)).toEqual(Array(7).fill(kind === "dify" ? 2 : 1));
    },
  );

  it("whose key is wrong is refused in the app's words, and its key is nowhere in clear", async () => {
    const { app, target } = await connect("dify", { mode: "chat" });
    await setUpApp(app, { key: "another" });
    const tried = await send(`/api/targets/${target.target_id}/ask`, { json: { question: "?" } });
    expect(await tried.json()).toMatchObject({
      outcome: "app_error",
      why: expect.stringContaining("Access token is invalid"),
    });
    const row = JSON.stringify(await env.DB.prepare("SELECT * FROM targets").first());
    const list = await (await send("/api/targets")).text();
    for (const text of [row, list, JSON.stringify(target)])
      expect(text).not.toContain("app-secret-7788");
  });
});
