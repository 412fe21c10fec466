import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import type { Schedule } from "../../src/contract/experiment.ts";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import { createBotChannel, logOfBot } from "./channel-world.ts";
import {
  connect,
  createExperimentWorld,
  createSet,
  emptyExperiments,
  items,
  logOfApp,
  read,
  setUpApp,
} from "./experiment-world.ts";
import { send } from "./http.ts";
import { consume, type World } from "./job-world.ts";

beforeEach(emptyExperiments);

const HOUR = 60 * 60 * 1000;

/** Consumes what is due within the hour: the queue also keeps the next day's look, and after it the next. */
async function drain(world: World): Promise<void> {
  const until = world.clock.now + HOUR;
  for (;;) {
    world.queue.sort((a, b) => a.at - b.at);
    const next = world.queue[0];
    if (next === undefined || next.at > until) break;
    world.queue.shift();
    world.clock.now = Math.max(world.clock.now, next.at);
    await consume(world, next.message);
  }
  world.queue.length = 0;
}

async function createSchedule(more: object = {}): Promise<{ schedule: Schedule; app: string }> {
  const { app, target } = await connect("dify", { mode: "advanced-chat" });
  const { test_set_id } = await createSet(items(24, () => ({ tags: { topic: "假期" } })));
  const experiment = { test_set_id, targets: [{ target_id: target.target_id }], ...more };
  const answer = await send("/api/schedules", {
    json: { name: "每晚回归", experiment, every_hours: 24 },
  });
  expect(answer.status).toBe(201);
  return { schedule: await answer.json(), app };
}

const experimentIds = async () =>
  (
    await env.DB.prepare("SELECT id FROM experiments ORDER BY id").all<{ id: string }>()
  ).results.map(({ id }) => id);

it("starts when its time has come, once however often it is woken, and is compared with the one before", async () => {
  const { schedule, app } = await createSchedule({ rules: ["faithfulness not worse than base"] });
  const world = createExperimentWorld();
  const { bot } = await createBotChannel(world, "feishu");
  const wake = { kind: "schedule", project: "default", id: schedule.schedule_id } as const;
  await sweepJobs(world.context);
  expect(await experimentIds()).toEqual([]);
  world.clock.now += 24 * HOUR + 1000;
  world.queue.push({ message: wake, at: world.clock.now }, { message: wake, at: world.clock.now });
  await drain(world);
  const [first = ""] = await experimentIds();
  expect(await experimentIds()).toHaveLength(1);
  expect(await read(first)).toMatchObject({
    status: "ended",
    schedule_id: schedule.schedule_id,
    result: { base_run_id: null, runs: [{ gate: "inconclusive", worse: [] }] },
  });
  expect((await logOfApp(app)).worked).toHaveLength(24);

  await setUpApp(app, { answers: { "": "九十九天，与资料无关。" } });
  world.clock.now += 24 * HOUR;
  await sweepJobs(world.context);
  await drain(world);
  const [, second = ""] = await experimentIds();
  const ended = await read(second);
  expect(ended.result?.base_run_id).toBe((await read(first)).runs[0]?.run_id);
  expect(ended.result?.runs[0]?.worse).toContain("faithfulness");
  expect(ended.result?.runs[0]).toMatchObject({ gate: "fail", worse_tags: ["topic=假期"] });
  const told = JSON.stringify((await logOfBot(bot)).shown);
  expect(told).toContain("每晚回归");
  expect(told).toContain("还没有可比较的运行");
  // With the gate it failed, in one message.
  expect(told).toContain("门禁未通过：每晚回归");
  const [listed] = ((await (await send("/api/schedules")).json()) as { schedules: Schedule[] })
    .schedules;
  expect(Date.parse(listed?.next_at ?? "")).toBeGreaterThan(world.clock.now);
});

it("that cannot start says why, and tries again at its next time; one that is switched off does not", async () => {
  const { schedule } = await createSchedule();
  const world = createExperimentWorld();
  await send(`/api/test-sets/${schedule.experiment.test_set_id}`, { method: "DELETE" });
  world.clock.now += 25 * HOUR;
  await sweepJobs(world.context);
  await drain(world);
  const path = `/api/schedules/${schedule.schedule_id}`;
  const list = (await (await send("/api/schedules")).json()) as { schedules: Schedule[] };
  expect(list.schedules).toMatchObject([{ problem: expect.stringContaining("set_") }]);
  const off = await send(path, { method: "PATCH", json: { enabled: false } });
  expect(await off.json()).toMatchObject({ next_at: null });
  const on = await send(path, { method: "PATCH", json: { enabled: true, every_hours: 1 } });
  expect(await on.json()).toMatchObject({ next_at: expect.any(String), every_hours: 1 });
});

it("further ahead than the queue keeps a message is looked for on the way", async () => {
  const { schedule } = await createSchedule();
  const next = new Date(Date.now() + 7 * 24 * HOUR).toISOString();
  await send(`/api/schedules/${schedule.schedule_id}`, {
    method: "PATCH",
    json: { next_at: next, every_hours: 168 },
  });
  const world = createExperimentWorld();
  for (let day = 0; day < 6; day++) {
    world.clock.now += 24 * HOUR;
    await sweepJobs(world.context);
    await drain(world);
  }
  expect(await experimentIds()).toEqual([]);
  world.clock.now += 25 * HOUR;
  await sweepJobs(world.context);
  await drain(world);
  expect(await experimentIds()).toHaveLength(1);
});
