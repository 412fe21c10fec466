import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { stopJob } from "../../src/jobs/change-job.ts";
import { LEASE_MS, WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import { SWEEP_EVERY_MS, sweepJobs } from "../../src/jobs/sweep.ts";
import { claimChunk } from "../../src/storage/chunks.ts";
import { claimAsk, type HeldAsk, keepAsks } from "../../src/storage/held-asks.ts";
import { appAddress } from "../fakes/apps.ts";
import {
  beginIn,
  connect,
  createExperimentWorld,
  createSet,
  emptyExperiments,
  items,
  logOfApp,
  read,
} from "./experiment-world.ts";
import { send } from "./http.ts";
import {
  acceptRows,
  consume,
  consumeNext,
  count,
  createWorld,
  jobOf,
  manySamples,
  type World,
} from "./job-world.ts";
import { watchQueryPlans } from "./query-plans.ts";

watchQueryPlans();

beforeEach(emptyExperiments);

const MINUTE = 60_000;

/** The server dies again and again before anybody took up what the sweep had woken. */
async function loseManyWakeUps(world: World): Promise<void> {
  for (let n = 0; n < 8; n++) {
    world.queue.length = 0;
    world.clock.now += 11 * MINUTE;
    await sweepJobs(world.context);
  }
  world.queue.length = 0;
}

/** What a consumer held is free again after its lease, and somebody looks for it then. */
const SOON_MS = LEASE_MS + WAKE_PAUSE_MS + SWEEP_EVERY_MS;

/** The server is there again: the sweeps of its traffic, and whatever messages come of them in time. */
async function live(world: World, ms: number): Promise<void> {
  world.queue.length = 0;
  const end = world.clock.now + ms;
  for (let sweepAt = world.clock.now; sweepAt <= end; sweepAt += SWEEP_EVERY_MS) {
    world.clock.now = Math.max(world.clock.now, sweepAt);
    await sweepJobs(world.context);
    for (let n = 0; n < 500; n++) {
      world.queue.sort((a, b) => a.at - b.at);
      const at = world.queue[0]?.at ?? Number.POSITIVE_INFINITY;
      if (at > Math.min(end, sweepAt + SWEEP_EVERY_MS)) break;
      world.clock.now = Math.max(world.clock.now, at);
      await consumeNext(world);
    }
  }
  world.clock.now = end;
}

/** A consumer takes an ask, and nobody ever hears of it again. */
async function dieWithAsk(world: World, targetId: string): Promise<HeldAsk> {
  const { now } = world.clock;
  const target = { project: "default", id: targetId };
  const taking = { now, leaseUntil: now + LEASE_MS, day: "2026-12-01" };
  const taken = await claimAsk(env.DB, target, taking);
  if (taken === null) throw new Error("nothing was there to take");
  return taken.held;
}

const openAsks = () => count("SELECT count(*) AS n FROM asks WHERE state <> 'done'");

describe("an ask whose consumer died", () => {
  it.each([
    ["dify", "answered"],
    ["openai", "unknown"],
  ] as const)(
    "%s: is taken up when its lease has ended, however often its run was woken in vain",
    async (kind, outcome) => {
      const { app, target } = await connect(kind);
      const { test_set_id } = await createSet(items(4));
      const world = createExperimentWorld();
      const id = await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
      await loseManyWakeUps(world);
      await dieWithAsk(world, target.target_id);
      await consume(world, { kind: "ask", project: "default", id: target.target_id });
      expect(await openAsks()).toBe(1);
      await live(world, SOON_MS);
      expect(await openAsks()).toBe(0);
      const { runs } = await read(id);
      expect(runs[0]?.outcomes).toEqual(
        outcome === "answered" ? { answered: 4 } : { answered: 3, unknown: 1 },
      );
      expect((await logOfApp(app)).worked).toHaveLength(outcome === "answered" ? 4 : 3);
    },
  );

  it.each([
    ["chat", "chat-messages"],
    ["workflow", "workflows/run"],
  ])(
    "dify %s: what the app came to meanwhile is found, and it is not asked again",
    async (mode, path) => {
      const troubles = { "<a>": "error_after_start", "<b>": "failed" } as const;
      const { app, target } = await connect("dify", { mode, troubles });
      const questions = ["年假有几天？", "leave <a>?", "年假 <b>？"];
      const { test_set_id } = await createSet(questions.map((question) => ({ question })));
      const world = createExperimentWorld();
      const id = await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
      await env.DB.prepare("UPDATE targets SET slots = 5").run();
      for (const _ of questions) {
        const { jobId, seq, item } = await dieWithAsk(world, target.target_id);
        const { question: query } = item;
        const user = `touchstone-${jobId.replace("job_", "")}-${seq}`;
        const said = await fetch(`${appAddress(inject("appsUrl"), "dify", app)}/${path}`, {
          method: "POST",
          headers: { Authorization: "Bearer app-secret-7788", "Content-Type": "application/json" },
          body: JSON.stringify({ query, inputs: { query }, user, response_mode: "streaming" }),
        });
        expect(await said.text()).toContain("data:");
      }
      await live(world, SOON_MS);
      expect((await read(id)).runs[0]?.outcomes).toEqual({ answered: 1, app_error: 2 });
      expect((await logOfApp(app)).worked).toHaveLength(3);
      const answered = await env.DB.prepare(
        "SELECT why ->> 'code' AS why FROM asks WHERE job_id = ?1 AND outcome = 'answered'",
      ).bind((await read(id)).runs[0]?.job_id);
      // A workflow's log has what it put out and nothing of what it found.
      expect(await answered.first("why")).toBe(mode === "workflow" ? "ask_found" : null);
    },
  );

  it("does not hold up the other experiments of its app, however long they have waited", async () => {
    const { target } = await connect("openai");
    const { test_set_id } = await createSet(items(2));
    const world = createExperimentWorld();
    const wish = { test_set_id, targets: [{ target_id: target.target_id }] };
    for (let n = 0; n < 2; n++) await beginIn(world, wish);
    await loseManyWakeUps(world);
    // As many as the app bears.
    for (let n = 0; n < 2; n++) await dieWithAsk(world, target.target_id);
    await live(world, SOON_MS);
    expect(await openAsks()).toBe(0);
    expect(await count("SELECT count(*) AS n FROM asks WHERE outcome = 'answered'")).toBe(2);
  });

  it("is taken up after a clock was set back", async () => {
    const { target } = await connect("openai");
    const { test_set_id } = await createSet(items(3));
    const world = createExperimentWorld();
    await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    for (let n = 0; n < 2; n++) await dieWithAsk(world, target.target_id);
    world.clock.now -= 60 * MINUTE;
    await live(world, 2 * SOON_MS);
    expect(await openAsks()).toBe(0);
  });

  it("goes on no longer than it is held: its run was cancelled, or another has taken it", async () => {
    const { target } = await connect("openai");
    const { test_set_id } = await createSet(items(3));
    const world = createExperimentWorld();
    await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    const first = await dieWithAsk(world, target.target_id);
    const second = await dieWithAsk(world, target.target_id);
    const later = world.clock.now + 2 * LEASE_MS;
    expect(await keepAsks(env.DB, [first, second], null)).toEqual([first, second]);
    expect(await keepAsks(env.DB, [second], later)).toEqual([second]);
    world.clock.now += LEASE_MS + 1;
    const again = await dieWithAsk(world, target.target_id);
    expect(again).toMatchObject({ seq: first.seq, attempt: 2 });
    expect(await keepAsks(env.DB, [first, second], later)).toEqual([second]);
    await stopJob(world.context, await jobOf(second.jobId));
    expect(await keepAsks(env.DB, [again, second], null)).toEqual([]);
  });

  it("costs nothing once nothing is left to ask: no app is looked at again", async () => {
    const { target } = await connect("openai");
    const { test_set_id } = await createSet(items(3));
    const world = createExperimentWorld();
    await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
    await live(world, 5 * MINUTE);
    expect(await openAsks()).toBe(0);
    expect(await count("SELECT count(*) AS n FROM targets WHERE due_at IS NOT NULL")).toBe(0);
    world.clock.now += MINUTE;
    expect(await sweepJobs(world.context)).toBe(0);
  });
});

it("an app that is deleted while it is asked ends its runs, and says why", async () => {
  const { target } = await connect("dify");
  const { test_set_id } = await createSet(items(4));
  const world = createExperimentWorld();
  const id = await beginIn(world, { test_set_id, targets: [{ target_id: target.target_id }] });
  await dieWithAsk(world, target.target_id);
  expect((await send(`/api/targets/${target.target_id}`, { method: "DELETE" })).status).toBe(204);
  await live(world, 2 * SOON_MS);
  expect(await openAsks()).toBe(0);
  const experiment = await read(id);
  expect(experiment).toMatchObject({ status: "ended", runs: [{ outcomes: { not_asked: 4 } }] });
  expect(experiment.runs[0]?.stopped).toMatch(/连接已被删除|not connected any more/);
});

it("a chunk whose consumer died is taken up when its lease has ended, however often its batch was woken in vain", async () => {
  const world = createWorld();
  const { id } = await acceptRows(world, manySamples(60));
  await consumeNext(world);
  expect(await count("SELECT count(*) AS n FROM chunks")).toBeGreaterThan(1);
  await loseManyWakeUps(world);
  await consume(world, { kind: "chunk", project: "default", id, n: 0 });
  const { now } = world.clock;
  const chunk = { project: "default", jobId: id, n: 1 };
  expect(await claimChunk(env.DB, chunk, { now, leaseUntil: now + LEASE_MS })).not.toBeNull();
  await live(world, SOON_MS);
  expect(await jobOf(id)).toMatchObject({ status: "completed", done: 60 });
});
