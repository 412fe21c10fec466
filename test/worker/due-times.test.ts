import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { checkAlerts } from "../../src/jobs/check-alerts.ts";
import { DUE_THINGS } from "../../src/jobs/due.ts";
import { forgetOldJobs } from "../../src/jobs/forget-old-jobs.ts";
import { WAKE_PAUSE_MS } from "../../src/jobs/job.ts";
import { lookAgainAt, sweepJobs } from "../../src/jobs/sweep.ts";
import { deliverWebhook } from "../../src/jobs/webhook/deliver.ts";
import { insertAlert } from "../../src/storage/alerts.ts";
import { nextDueAt } from "../../src/storage/due-rows.ts";
import wranglerToml from "../../wrangler.toml?raw";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";
import {
  accept,
  consumeNext,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  type World,
} from "./job-world.ts";
import { watchQueryPlans } from "./query-plans.ts";
import { untilNoneRuns } from "./running.ts";

watchQueryPlans();

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CRON_MINUTES = Number(/^crons = \["\*\/(\d+) \* \* \* \*"\]$/m.exec(wranglerToml)?.[1]);
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

beforeEach(async () => {
  await emptyTables();
  await env.DB.batch(
    ["alert_rules", "trends"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
});

/** Time goes by; the cron comes as wrangler.toml says, messages as they are due. Gives back how often the Worker ran. */
async function live(world: World, ms: number): Promise<{ crons: number; messages: number }> {
  const runs = { crons: 0, messages: 0 };
  const end = world.clock.now + ms;
  const every = CRON_MINUTES * MINUTE;
  let cron = Math.ceil((world.clock.now + 1) / every) * every;
  for (;;) {
    world.queue.sort((a, b) => a.at - b.at);
    const message = world.queue[0]?.at ?? Number.POSITIVE_INFINITY;
    const next = Math.min(message, cron);
    if (next > end) break;
    world.clock.now = Math.max(world.clock.now, next);
    if (message <= cron) {
      runs.messages += 1;
      await consumeNext(world);
    } else {
      runs.crons += 1;
      cron += every;
      await sweepJobs(world.context);
      await checkAlerts(world.context);
      await forgetOldJobs(world.context);
    }
  }
  world.clock.now = end;
  return runs;
}

const looks = (world: World) =>
  world.queue.flatMap(({ message, at }) => (message.kind === "sweep" ? [at] : []));

/** A delivery that has failed and is tried again after hours. */
async function leaveDelivery(world: World): Promise<number> {
  await accept(world, { ...SAMPLE_ZH, callback_url: "https://hooks.example.com/" });
  await drain(world, 1).catch(() => undefined);
  world.queue.length = 0;
  await env.DB.prepare("UPDATE deliveries SET attempts = 5, next_at = ?1")
    .bind(world.clock.now)
    .run();
  const id = (await env.DB.prepare("SELECT id FROM deliveries").first<string>("id")) ?? "";
  await deliverWebhook(world.context, { project: "default", id });
  world.queue.length = 0;
  return count("SELECT next_at AS n FROM deliveries");
}

const createFailingReceiver = () =>
  createWorld({
    settings: { webhookSecret: SECRET },
    outside: { fetch: async () => new Response(null, { status: 500 }) },
  });

describe("the queue wakes when the next thing is due", () => {
  it("a message comes at the earliest time, hours ahead if need be, and only one", async () => {
    const world = createFailingReceiver();
    const at = await leaveDelivery(world);
    expect(at - world.clock.now).toBeGreaterThan(9 * HOUR);
    for (let n = 0; n < 3; n++) await sweepJobs(world.context);
    expect(looks(world)).toHaveLength(1);
    expect((looks(world)[0] ?? 0) - at).toBeGreaterThanOrEqual(0);
    expect((looks(world)[0] ?? 0) - at).toBeLessThan(SECOND);
  });

  it("something nearer overtakes it, and the far message that is under way is not sent again", async () => {
    const world = createFailingReceiver();
    const at = await leaveDelivery(world);
    await sweepJobs(world.context);
    for (let n = 0; n < 3; n++) {
      const { id } = await accept(world, { ...SAMPLE_EN, question: `问题 ${n}` });
      await sweepJobs(world.context);
      expect(Math.min(...looks(world))).toBe(world.clock.now + WAKE_PAUSE_MS);
      await live(world, 5 * MINUTE);
      expect(await jobOf(id)).toMatchObject({ status: "completed" });
    }
    expect(looks(world)).toHaveLength(1);
    expect(Math.abs((looks(world)[0] ?? 0) - at)).toBeLessThan(SECOND);
  });

  it("nothing is sent for what lies more than a day ahead, which a cron will see in time", async () => {
    const world = createWorld();
    await accept(world);
    world.queue.length = 0;
    // An honest clock writes no such time for a job; a schedule may.
    await env.DB.prepare("UPDATE jobs SET wake_at = ?1")
      .bind(world.clock.now + 3 * DAY)
      .run();
    const next = await nextDueAt(env.DB, DUE_THINGS, world.clock.now);
    expect(next).toBe(world.clock.now + 3 * DAY);
    await lookAgainAt(world.context, next ?? 0);
    expect(world.queue).toEqual([]);
  });

  it("what waits to be taken is not sent again every second", async () => {
    const world = createWorld();
    await accept(world, { ...SAMPLE_ZH, session_id: "会话" });
    await consumeNext(world);
    expect(await count("SELECT count(*) AS n FROM sessions WHERE due_at IS NOT NULL")).toBe(1);
    world.queue.length = 0;
    world.clock.now += MINUTE;
    await sweepJobs(world.context);
    expect(world.queue.map(({ message }) => message.kind)).toEqual(["report", "sweep"]);
    expect(looks(world)).toEqual([world.clock.now + WAKE_PAUSE_MS]);
  });

  it("a page that was full is followed at once by the next", async () => {
    const world = createWorld();
    for (let n = 0; n < 61; n++) await accept(world, { ...SAMPLE_EN, question: `${n}?` });
    world.queue.length = 0;
    world.clock.now += WAKE_PAUSE_MS;
    expect(await sweepJobs(world.context)).toBe(60);
    expect(looks(world)).toEqual([world.clock.now + SECOND]);
  });

  it("what only waits in line is not sent again, what was lost is in minutes", async () => {
    const world = createWorld();
    await accept(world);
    world.queue.length = 0;
    world.context.backlog = async () => 500;
    world.clock.now += MINUTE;
    expect(await sweepJobs(world.context)).toBe(0);
    expect(looks(world)).toEqual([world.clock.now + WAKE_PAUSE_MS]);
    world.clock.now += 5 * MINUTE;
    expect(await sweepJobs(world.context)).toBe(1);
  });

  it("an answer of 202 has a look planned, once for many of them", async () => {
    const sent: { body: { kind: string }; delaySeconds?: number }[] = [];
    const spy = vi.spyOn(env.JOBS, "sendBatch").mockImplementation(async (messages) => {
      sent.push(...(messages as Iterable<(typeof sent)[number]>));
      return {} as never;
    });
    for (const question of ["第一？", "second?", "第三？"]) {
      const answer = await send("/api/score/async", { json: { ...SAMPLE_EN, question } });
      expect(answer.status).toBe(202);
    }
    await vi.waitFor(() =>
      expect(sent.filter(({ body }) => body.kind === "sweep").length).toBeGreaterThan(0),
    );
    // The others plan one too, and would do so in the tables of the next test.
    await untilNoneRuns(60_000);
    spy.mockRestore();
    expect(sent.filter(({ body }) => body.kind === "score")).toHaveLength(3);
    const [look, ...more] = sent.filter(({ body }) => body.kind === "sweep");
    expect(look?.delaySeconds).toBeLessThanOrEqual(WAKE_PAUSE_MS / SECOND);
    expect(more).toEqual([]);
  });
});

describe("the cron is the net", () => {
  it("comes every quarter of an hour", () => {
    expect(CRON_MINUTES).toBe(15);
  });

  it("a job whose messages are all lost ends within it", async () => {
    const world = createWorld();
    const { id } = await accept(world);
    await sweepJobs(world.context);
    expect(looks(world)).toHaveLength(1);
    world.queue.length = 0;
    await live(world, 16 * MINUTE);
    expect(await jobOf(id)).toMatchObject({ status: "completed" });
  });

  it("of an idle deployment is nearly all that runs: at most 3,000 times a month", async () => {
    let attempts = 0;
    const world = createWorld({
      settings: { webhookSecret: SECRET },
      outside: { fetch: async () => new Response(null, { status: attempts++ < 3 ? 500 : 204 }) },
    });
    await accept(world, { ...SAMPLE_EN, session_id: "s-闲" });
    await accept(world, { ...SAMPLE_ZH, callback_url: "https://hooks.example.com/" });
    await live(world, 3 * HOUR);
    expect(await count("SELECT count(*) AS n FROM jobs WHERE status = 'completed'")).toBe(2);
    expect(await count("SELECT count(*) AS n FROM deliveries WHERE state = 'delivered'")).toBe(1);
    const day = await live(world, DAY);
    expect(day.messages).toBe(0);
    expect(31 * (day.crons + day.messages)).toBeLessThanOrEqual(3000);
  });
});

describe("alerts", () => {
  it("are looked at when a run has come, though no cron and no request does", async () => {
    const world = createWorld();
    const rule = { project: "default", id: "alert_1", metric: "faithfulness", threshold: 0.8 };
    await insertAlert(env.DB, {
      ...rule,
      ...{ tag: "", side: "below", state: "ok", windowDays: 3, webhookUrl: null, seen: null },
      ...{ createdAt: world.clock.now, createdBy: "test", changedAt: null },
    });
    await accept(world, SAMPLE_ZH);
    await sweepJobs(world.context);
    const { crons } = await live(world, MINUTE);
    expect(crons).toBeLessThanOrEqual(1);
    const [seen] = (await env.DB.prepare("SELECT seen, due_at FROM alert_rules").all()).results;
    expect(JSON.parse(String(seen?.seen))).toMatchObject({ n: 1 });
    expect(seen?.due_at).toBeNull();
  });
});

describe("retention", () => {
  it("goes on once a minute while there is more, by one message", async () => {
    const world = createWorld({ settings: { retentionDays: 30 } });
    world.context.newId = () => ulid(world.clock.now);
    const { id } = await accept(world);
    await drain(world);
    const old = world.clock.now - 40 * DAY;
    const ids = Array.from({ length: 60 }, () => `job_${ulid(old)}`);
    const { results } = await env.DB.prepare("SELECT name FROM pragma_table_info('jobs')").all();
    const names = results.map(({ name }) => String(name)).filter((name) => name !== "dedupe_key");
    const values = names.map((name) => (name === "id" ? "value" : `jobs.${name}`));
    await env.DB.prepare(
      `INSERT INTO jobs (${names}) SELECT ${values} FROM jobs, json_each(?1) WHERE jobs.id = ?2`,
    )
      .bind(JSON.stringify(ids), id)
      .run();
    // Its time is over after the first page.
    const { now } = world.context;
    world.context.now = () => (world.clock.now += 10 * SECOND);
    expect(await forgetOldJobs(world.context)).toBe(50);
    world.context.now = now;
    const [message, ...more] = world.queue;
    expect(message).toEqual({ message: { kind: "forget" }, at: world.clock.now + MINUTE });
    expect(more).toEqual([]);
    await drain(world);
    expect(await count("SELECT count(*) AS n FROM jobs")).toBe(1);
    expect(world.queue).toEqual([]);
  });
});
