import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tellChannel } from "../../src/jobs/channels/tell-channel.ts";
import { wakeChannels } from "../../src/jobs/channels/wake-channels.ts";
import { listLogOfChannel } from "../../src/storage/channel-messages.ts";
import { getChannel } from "../../src/storage/channels.ts";
import {
  BOT_KINDS,
  createBotChannel,
  createChannelWorld,
  eventsIn,
  happen,
  logOfBot,
  setUpBot,
} from "./channel-world.ts";
import { consume, drain, emptyTables } from "./job-world.ts";

beforeEach(emptyTables);

const MINUTE = 60_000;

describe.each(BOT_KINDS)("%s", (kind) => {
  it("is told at once, signed, and what it took stands in the log", async () => {
    const world = createChannelWorld();
    const { channel, bot } = await createBotChannel(world, kind);
    await happen(world, "alert.firing");
    await wakeChannels(world.context);
    await drain(world);
    const { shown, refused } = await logOfBot(bot);
    expect(refused).toEqual([]);
    expect(shown).toHaveLength(1);
    expect(JSON.stringify(shown[0]?.message)).toContain("0.550");
    const [line] = await listLogOfChannel(env.DB, channel, 10);
    expect(line).toMatchObject({
      event: "alert.firing",
      state: kind === "teams" ? "accepted" : "delivered",
      attempts: 1,
      log: [{ status: kind === "teams" ? 202 : 200, error: null }],
    });
  });

  it("500 events in a minute arrive as the limits allow, each in one message or counted in one", async () => {
    const world = createChannelWorld();
    const { bot } = await createBotChannel(world, kind);
    const startedAt = world.clock.now;
    for (let n = 0; n < 500; n++) {
      const at = startedAt + Math.floor((n * MINUTE) / 500);
      // What is due before it happens first.
      while ((world.queue[0]?.at ?? Number.POSITIVE_INFINITY) <= at) {
        const next = world.queue.shift();
        world.clock.now = Math.max(world.clock.now, next?.at ?? 0);
        if (next) await consume(world, next.message);
        world.queue.sort((a, b) => a.at - b.at);
      }
      world.clock.now = at;
      await happen(world, n % 7 === 0 ? "gate.failed" : "alert.firing");
      await wakeChannels(world.context);
      world.queue.sort((a, b) => a.at - b.at);
    }
    await drain(world);
    const { shown, refused } = await logOfBot(bot);
    expect(refused).toEqual([]);
    expect(shown.reduce((sum, { message }) => sum + eventsIn(message), 0)).toBe(500);
    expect(shown.length).toBeLessThanOrEqual(5);
    const { results } = await env.DB.prepare("SELECT DISTINCT state FROM deliveries").all();
    expect(results).toEqual([{ state: kind === "teams" ? "accepted" : "delivered" }]);
  });

  it("that is away for a while is tried again, with what has happened meanwhile", async () => {
    const world = createChannelWorld();
    const { channel, bot } = await createBotChannel(world, kind, { trouble: "down" });
    await happen(world, "alert.firing");
    await tellChannel(world.context, { project: "default", id: channel.id });
    await happen(world, "alert.resolved");
    await setUpBot(kind, bot);
    await drain(world);
    const { shown, refused } = await logOfBot(bot);
    expect(refused).toMatchObject([{ status: 503 }]);
    expect(shown.map(({ message }) => eventsIn(message))).toEqual([2]);
    const lines = await listLogOfChannel(env.DB, channel, 10);
    expect(lines.map(({ log }) => log.length).sort()).toEqual([1, 2]);
  });

  it("a page of HTML with 200 is no delivery", async () => {
    const world = createChannelWorld();
    const { channel, bot } = await createBotChannel(world, kind, { trouble: "html" });
    await happen(world, "alert.firing");
    await tellChannel(world.context, { project: "default", id: channel.id });
    const [line] = await listLogOfChannel(env.DB, channel, 10);
    // A workflow's 200 says no more than its 202.
    expect(line?.state).toBe(kind === "teams" ? "accepted" : "pending");
    expect((await logOfBot(bot)).shown).toEqual([]);
  });
});

describe("a refusal for good", () => {
  it.each([
    ["feishu", { keyword: "密码" }, "19024 Key Words Not Found"],
    ["feishu", { secret: "another" }, "19021 sign match fail"],
    ["feishu", { trouble: "ip" }, "19022 Ip Not Allowed"],
    ["dingtalk", { keyword: "密码" }, "310000 keywords not in content"],
    ["dingtalk", { secret: "another" }, "310000 sign not match"],
    ["dingtalk", { trouble: "ip" }, "310000 ip 203.0.113.7 not in whitelist"],
    ["dingtalk", { trouble: "dismissed" }, "400013 group has been dismissed"],
    ["feishu", { trouble: "gone" }, "19001 param invalid: incoming webhook access token invalid"],
    ["dingtalk", { trouble: "gone" }, "300005 token is not exist"],
    ["wecom", { trouble: "gone" }, "93000 invalid webhook url"],
    ["slack", { trouble: "gone" }, "404 no_service"],
    ["teams", { trouble: "gone" }, "No such workflow."],
    ["slack", { trouble: "archived" }, "410 channel_is_archived"],
    ["teams", { trouble: "dismissed" }, "404"],
  ] as const)("%s %o closes the channel with the bot's own words", async (kind, setup, words) => {
    const world = createChannelWorld();
    const { channel, bot } = await createBotChannel(world, kind, setup);
    await happen(world, "alert.firing");
    await tellChannel(world.context, { project: "default", id: channel.id });
    await happen(world, "alert.resolved");
    await drain(world);
    const { shown, refused } = await logOfBot(bot);
    expect(shown).toEqual([]);
    // Said no once, it is left alone.
    expect(refused).toHaveLength(1);
    const closed = await getChannel(env.DB, "default", channel.id);
    expect(closed).toMatchObject({ state: "refused", nextAt: null });
    expect(closed?.refusal).toContain(words);
    const lines = await listLogOfChannel(env.DB, channel, 10);
    expect(lines.map(({ state }) => state)).toEqual(["disabled", "disabled"]);
    const told = lines.find(({ event }) => event === "alert.firing");
    expect(JSON.stringify(told?.log[0]?.error)).toContain(words);
  });
});

describe("limits of the bots", () => {
  it("钉钉 that is silent is left alone for longer than that", async () => {
    const world = createChannelWorld();
    const { bot } = await createBotChannel(world, "dingtalk");
    // Somebody else writes to the same group.
    const address = await setUpBot("dingtalk", bot);
    for (let n = 0; n < 21; n++) {
      const body = JSON.stringify({ msgtype: "text", text: { content: `试金石 ${n}` } });
      const headers = { "x-now": String(world.clock.now) };
      await (await fetch(address, { method: "POST", body, headers })).text();
    }
    const silentAt = world.clock.now;
    await happen(world, "alert.firing");
    await wakeChannels(world.context);
    await drain(world);
    const { shown, refused } = await logOfBot(bot);
    expect(refused).toHaveLength(2);
    expect(shown.at(-1)?.at).toBeGreaterThan(silentAt + 10 * MINUTE);
  });
});
