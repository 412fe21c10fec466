import { env } from "cloudflare:workers";
import { inject } from "vitest";
import { type Channel, ChannelEventName } from "../../src/contract/channel.ts";
import { addChannel } from "../../src/jobs/channels/register.ts";
import { tellChannels } from "../../src/storage/channel-messages.ts";
import type { ChannelRecord } from "../../src/storage/channels.ts";
import { transact } from "../../src/storage/sql.ts";
import { type BotLog, type BotName, botAddress } from "../fakes/bots.ts";
import { createWorld, type World } from "./job-world.ts";

export const BOT_KINDS = ["feishu", "dingtalk", "wecom", "slack", "teams"] as const;

/** A world whose outside is the network, where the fakes answer; they are told its time. */
export function createChannelWorld(): World {
  const world: World = createWorld({
    settings: { secretsKey: env.SECRETS_KEY ?? null },
    outside: {
      fetch: (url, init) =>
        fetch(toFake(url), {
          ...init,
          headers: {
            ...(init.headers as Record<string, string>),
            "x-now": String(world.clock.now),
          },
        }),
    },
  });
  return world;
}

/** The fakes answer for the real hosts too: the path tells which bot is meant. */
function toFake(url: string): string {
  const { pathname, search } = new URL(url);
  return `${inject("botsUrl")}${pathname}${search}`;
}

/** Makes a bot, or changes one. */
export async function setUpBot(kind: BotName, id: string, setup: object = {}): Promise<string> {
  const body = JSON.stringify({ kind, ...setup });
  await (await fetch(`${inject("botsUrl")}/_bots/${id}`, { method: "PUT", body })).text();
  return botAddress(inject("botsUrl"), kind, id);
}

export async function logOfBot(id: string): Promise<BotLog> {
  return (await (await fetch(`${inject("botsUrl")}/_bots/${id}`)).json()) as BotLog;
}

/** A channel to a new bot that checks whatever its kind can check. */
export async function createBotChannel(
  world: World,
  kind: BotName,
  setup: object = {},
): Promise<{ channel: ChannelRecord; bot: string }> {
  const bot = `${kind}-${crypto.randomUUID()}`;
  const signs = kind === "feishu" || kind === "dingtalk";
  const checks = signs ? { secret: "SECtest", keyword: "试金石" } : {};
  const url = await setUpBot(kind, bot, { ...checks, ...setup });
  const channel = await addChannel(world.context, {
    project: "default",
    name: `${kind} 群`,
    kind,
    url,
    secret: signs ? "SECtest" : null,
    events: ChannelEventName.options.filter((name) => name !== "trace.scored"),
    language: "zh",
    origin: "https://touchstone.test",
    createdBy: "test",
  });
  if (channel === null) throw new Error("no channel");
  return { channel, bot };
}

let occasions = 0;

const ALERT = {
  ...{ metric: "faithfulness", side: "below", threshold: 0.8, window_days: 7 },
  ...{ n: 40, mean: 0.55, interval: [0.5, 0.6] },
};

/** Something happens, or several things at once, that every channel wants to know. */
export async function happen(world: World, ...names: Channel["events"]): Promise<void> {
  const at = world.clock.now;
  const told = names.map((event) => {
    const key = `occasion_${occasions++}`;
    const payload = event === "quota.reached" ? { unit: "samples", cap: 5 } : ALERT;
    return tellChannels({ project: "default", event, key, about: key, at, payload });
  });
  await transact(world.context.db, told);
}

/** How many events a message tells of. */
export function eventsIn(message: unknown): number {
  const text = JSON.stringify(message);
  const many = /Touchstone · (\d+) 条通知/.exec(text)?.[1];
  return many === undefined ? 1 : Number(many);
}
