import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { sweepJobs } from "../../src/jobs/sweep.ts";
import type { BotName } from "../fakes/bots.ts";
import {
  BOT_KINDS,
  createBotChannel,
  createChannelWorld,
  eventsIn,
  happen,
  logOfBot,
} from "./channel-world.ts";
import { FAULTS, type Fault, type Steps, sabotage } from "./faults.ts";
import { consume, consumeNext, count, emptyTables, type World } from "./job-world.ts";

beforeEach(emptyTables);

const EVENTS = 5;
const MINUTE = 60_000;

/** Consumers come and go until all is told: whatever died is started again, and what it held in the queue is lost. */
async function liveThrough(world: World, steps: Steps): Promise<void> {
  for (let round = 0; round < 25; round++) {
    for (let n = 0; world.queue.length > 0 && n < 20; n++) {
      world.queue.sort((a, b) => a.at - b.at);
      world.clock.now = Math.max(world.clock.now, world.queue[0]?.at ?? 0);
      await consumeNext(world).catch(() => undefined);
    }
    steps.revive();
    if ((await count("SELECT count(*) AS n FROM deliveries WHERE state = 'pending'")) === 0) return;
    world.queue.length = 0;
    world.clock.now += 2 * MINUTE;
    await sweepJobs(world.context).catch(() => undefined);
  }
  throw new Error("some of it was never told");
}

/** One event, a message of it, and four more that wait for the next; step number `at` goes wrong. */
async function tellAll(kind: BotName, fault: Fault, at: number) {
  const world = createChannelWorld();
  const { channel, bot } = await createBotChannel(world, kind);
  await happen(world, "alert.firing");
  const steps = sabotage(world, fault, at);
  const told = { kind: "tell", project: "default", id: channel.id } as const;
  await consume(world, told).catch(() => undefined);
  steps.revive();
  for (let n = 1; n < EVENTS; n++) {
    // What happens is written by somebody whose database works.
    await happen({ ...world, context: { ...world.context, db: env.DB } }, "gate.failed");
  }
  await liveThrough(world, steps);
  return { steps, ...(await logOfBot(bot)) };
}

describe.each(FAULTS)("when a step %s", (fault) => {
  it.each(BOT_KINDS)(
    "of any number, nothing is lost and %s hears at most one message twice",
    async (kind) => {
      let struck = 0;
      for (let at = 1; ; at++) {
        await emptyTables();
        const { steps, shown, refused } = await tellAll(kind, fault, at);
        if (!steps.hasStruck()) break;
        struck++;
        expect(refused, `step ${at}`).toEqual([]);
        const messages = shown.map(({ message }) => JSON.stringify(without(message)));
        const doubled = messages.length - new Set(messages).size;
        expect(doubled, `step ${at}`).toBeLessThanOrEqual(1);
        const distinct = [...new Set(messages)].map((one) => eventsIn(JSON.parse(one)));
        expect(
          distinct.reduce((sum, n) => sum + n, 0),
          `step ${at}`,
        ).toBe(EVENTS);
      }
      expect(struck).toBeGreaterThan(8);
    },
  );
});

describe("without a fault", () => {
  it.each(BOT_KINDS)("%s: none comes twice", async (kind) => {
    const world = createChannelWorld();
    const { channel, bot } = await createBotChannel(world, kind);
    const told = { kind: "tell", project: "default", id: channel.id } as const;
    await happen(world, "job.failed").catch(() => undefined);
    await happen(world, "alert.firing");
    // The same message of the queue, doubled and at once.
    await consume(world, told, told, told);
    const { shown } = await logOfBot(bot);
    expect(shown).toHaveLength(1);
  });
});

/** What differs between two attempts at the same message. */
function without({ timestamp: _at, sign: _sign, ...message }: Record<string, unknown>) {
  return message;
}
