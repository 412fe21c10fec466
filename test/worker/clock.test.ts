import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { JobContext } from "../../src/jobs/context.ts";
import { sweepJobs, sweepOnTraffic } from "../../src/jobs/sweep.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { JudgeUnavailable } from "../../src/scoring/judge.ts";
import { readPause } from "../../src/storage/breaker.ts";
import { said } from "../../src/words/said.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import {
  accept,
  acceptRows,
  consumeNext,
  count,
  createWorld,
  emptyTables,
  manySamples,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G";
const URL = "https://hooks.example.com/";

/** Time goes by, with a cron every minute and whatever messages are due. */
async function live(world: World, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    world.clock.now += MINUTE;
    await sweepJobs(world.context);
    for (let n = 0; n < 200; n++) {
      world.queue.sort((a, b) => a.at - b.at);
      if ((world.queue[0]?.at ?? Number.POSITIVE_INFINITY) > world.clock.now) break;
      await consumeNext(world);
    }
  }
}

/** A consumer of the same jobs that dies at its first judge call and stays dead: nothing it writes reaches anybody. */
function createMortal(world: World): World {
  let isDead = false;
  const die = () => {
    isDead = true;
    throw new Error("this consumer is dead");
  };
  const db = new Proxy(world.context.db, {
    get: (alive, name) => {
      if (isDead) return die;
      const value: unknown = Reflect.get(alive, name);
      return typeof value === "function" ? value.bind(alive) : value;
    },
  });
  const chooseJudge: JobContext["chooseJudge"] = async (request) => ({
    ...(await world.context.chooseJudge(request)),
    judge: { name: "mortal", fill: die },
  });
  return { ...world, context: { ...world.context, db, chooseJudge } };
}

/** Everything a wrong time could hold: a lost message, dead consumers of each kind, a pause, a report and a webhook. */
async function fillWithWork(world: World): Promise<number> {
  const scoreUntilItDies = async (
    begin: () => Promise<unknown>,
    messages: number,
    consumer: World = world,
  ) => {
    world.queue.length = 0;
    await begin();
    for (let n = 0; n < messages; n++) await consumeNext(consumer).catch(() => undefined);
    world.queue.length = 0;
  };
  await scoreUntilItDies(() => accept(world, SAMPLE_ZH), 0);
  // Sessions and webhooks of jobs that are done.
  await scoreUntilItDies(() => accept(world, { ...SAMPLE_EN, session_id: "s-时" }), 1);
  await scoreUntilItDies(() => accept(world, { ...SAMPLE_EN, callback_url: URL }), 1);
  for (const begin of [
    () => accept(world, { ...SAMPLE_ZH, question: "第二个？" }),
    () => acceptRows(world, manySamples(3)),
  ]) {
    await scoreUntilItDies(begin, 3, createMortal(world));
  }
  await scoreUntilItDies(() => acceptRows(world, manySamples(2)), 0);
  await env.DB.prepare("UPDATE batches SET lease_until = ?1 WHERE planned_at IS NULL")
    .bind(world.clock.now + 20_000)
    .run();
  return 6;
}

describe("a clock that is set back", () => {
  it.each([
    ["five minutes", 5 * MINUTE],
    ["an hour", 60 * MINUTE],
    ["a day", DAY],
    ["three years", 1100 * DAY],
  ])("by %s strands nothing", async (_name, back) => {
    const world = createWorld({
      settings: { webhookSecret: SECRET },
      outside: { fetch: async () => new Response(null, { status: 204 }) },
    });
    const jobs = await fillWithWork(world);
    await sweepJobs(world.context);
    world.queue.length = 0;
    expect(await count("SELECT count(*) AS n FROM samples WHERE status = 'running'")).toBe(1);
    expect(
      await count("SELECT count(*) AS n FROM chunks WHERE lease_until IS NOT NULL"),
    ).toBeGreaterThan(0);
    world.clock.now -= back;
    await live(world, 50);
    expect(
      await count("SELECT count(*) AS n FROM jobs WHERE status = 'completed' AND failed = 0"),
      JSON.stringify(
        (await env.DB.prepare("SELECT * FROM jobs WHERE status <> 'completed'").all()).results,
      ),
    ).toBe(jobs);
    expect(await count("SELECT count(*) AS n FROM sessions WHERE due_at IS NOT NULL")).toBe(0);
    expect(
      await count("SELECT count(*) AS n FROM deliveries WHERE state = 'delivered'"),
      JSON.stringify([
        world.clock.now,
        (await env.DB.prepare("SELECT * FROM deliveries").all()).results,
        world.logs.filter(({ event }) => /webhook|failed|clock/.test(event)),
      ]),
    ).toBe(1);
  });

  it("by an hour holds no second attempt of a webhook back", async () => {
    let answers = 0;
    const world = createWorld({
      settings: { webhookSecret: SECRET },
      outside: { fetch: async () => new Response(null, { status: ++answers === 1 ? 500 : 204 }) },
    });
    await accept(world, { ...SAMPLE_EN, callback_url: URL });
    await consumeNext(world);
    await sweepJobs(world.context);
    await consumeNext(world);
    expect(await count("SELECT count(*) AS n FROM deliveries WHERE attempts = 1")).toBe(1);
    world.queue.length = 0;
    // Something else whose time no clock of today could have written, so that it is noticed.
    await accept(world, SAMPLE_ZH);
    world.queue.length = 0;
    world.clock.now -= 60 * MINUTE;
    await live(world, 10);
    expect(await count("SELECT count(*) AS n FROM deliveries WHERE state = 'delivered'")).toBe(1);
  });

  it("ends a pause of the judge that lies a day ahead", async () => {
    const world = createWorld();
    world.judge.kind = "llm";
    const honest = createOfflineJudge();
    world.judge.current = {
      name: "away",
      fill: () =>
        Promise.reject(new JudgeUnavailable(said("told", { text: "503" }), { isRetryable: true })),
    };
    for (let n = 0; n < 8; n++) await accept(world, { ...SAMPLE_EN, question: `${n}` });
    await live(world, 3);
    expect(await readPause(env.DB, world.clock.now)).not.toBeNull();
    world.judge.current = {
      name: "back",
      fill: async (...args) => {
        const table = await honest.fill(...args);
        return { ...table, usage: { ...table.usage, judge_calls: 1 } };
      },
    };
    world.queue.length = 0;
    world.clock.now -= DAY;
    await live(world, 10);
    expect(await readPause(env.DB, world.clock.now)).toBeNull();
    expect(await count("SELECT count(*) AS n FROM jobs WHERE status = 'completed'")).toBe(8);
  });

  it("does not keep the sweep of API traffic from coming", async () => {
    const world = createWorld();
    await accept(world, SAMPLE_ZH);
    await sweepOnTraffic(world.context);
    world.queue.length = 0;
    world.clock.now -= DAY;
    for (let n = 0; n < 4; n++) {
      world.clock.now += MINUTE;
      await sweepOnTraffic(world.context);
    }
    expect(world.queue.map(({ message }) => message.kind)).toContain("score");
  });

  it("leaves times alone that may lie ahead", async () => {
    const world = createWorld({
      settings: { webhookSecret: SECRET },
      outside: { fetch: async () => new Response(null, { status: 500 }) },
    });
    await accept(world, { ...SAMPLE_EN, callback_url: URL });
    await live(world, 50);
    const due = await count("SELECT next_at AS n FROM deliveries");
    // The fourth attempt comes two hours after the third.
    expect(due - world.clock.now).toBeGreaterThan(60 * MINUTE);
    await live(world, 2);
    expect(await count("SELECT next_at AS n FROM deliveries")).toBe(due);
  });
});
