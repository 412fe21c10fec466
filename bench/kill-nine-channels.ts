import type { Channel, ChannelLog } from "../src/contract/channel.ts";
import type { GateResult } from "../src/contract/gate.ts";
import type { SyncResult } from "../src/contract/job.ts";
import { pause, type RunningServer, startServer } from "../test/e2e/server.ts";
import { type BotLog, type BotName, botAddress, startFakeBots } from "../test/fakes/bots.ts";
import { atMost } from "./figures.ts";

const KINDS: readonly BotName[] = ["feishu", "dingtalk", "wecom", "slack", "teams"];
/** A project has twenty channels at most, five of each burst. */
const BURSTS_TOGETHER = 4;
const TIMES = 4;
const EVENTS = 20;
/** Every second kill comes at a random moment of the burst; the others while a bot has a message and waits to be believed. */
const WITHIN_BURST_MS = 1500;
const SECRETS_KEY = "dGhlIGtleSBvZiB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE=";
/** What a killed consumer held is free after a minute; then come quiet and further attempts. */
const TOLD_WITHIN_MS = 6 * 60_000;

interface Told {
  kind: BotName;
  id: string;
  bot: string;
  /** Kills it lived through. */
  kills: number;
  /** Events that were certainly written, and those whose answer a kill has swallowed. */
  sure: number;
  unsure: number;
}

interface Outcome {
  kind: BotName;
  kills: number;
  events: number;
  messages: number;
  doubled: number;
  lost: number;
  refused: number;
}

/** Kills the real server at random moments of bursts of events, with bots of all five kinds: none is lost, and at most one message doubled a kill. */
export async function benchKillNineChannels(): Promise<Record<string, unknown>> {
  let onShown = () => {};
  const bots = await startFakeBots(() => onShown());
  const server = await startServer({ SECRETS_KEY });
  try {
    const outcomes: Outcome[] = [];
    const killedAt: string[] = [];
    for (let time = 0; time < TIMES; time++) {
      const told: Told[] = [];
      for (let burst = 0; burst < BURSTS_TOGETHER; burst++) {
        const runs = await makeRuns(server.origin);
        for (const kind of KINDS) told.push(await addChannel(server.origin, bots.url, kind));
        const wait = Math.round(Math.random() * WITHIN_BURST_MS);
        const shownUntil = 1 + Math.floor(Math.random() * KINDS.length);
        let shown = 0;
        let isKilled = false;
        const kill = async (why: string) => {
          if (isKilled) return;
          isKilled = true;
          killedAt.push(why);
          await server.kill();
        };
        const isRandom = burst % 2 === 0;
        onShown = () => {
          if (!isRandom && ++shown === shownUntil) void kill(`message ${shown}`);
        };
        const timer = isRandom ? pause(wait).then(() => kill(`${wait} ms`)) : null;
        await failGates(server.origin, runs, told);
        await timer;
        await pause(isRandom ? 0 : WITHIN_BURST_MS);
        await kill("the end");
        onShown = () => {};
        for (const one of told) one.kills++;
        await server.restart();
        // As after a restart in real life: somebody looks.
        await fetch(`${server.origin}/api/score/jobs?limit=1`);
      }
      for (const one of told) outcomes.push(await waitForAll(server, bots.url, one));
      for (const { id } of told) {
        await fetch(`${server.origin}/api/channels/${id}`, { method: "DELETE" });
      }
    }
    const table = KINDS.map((kind) => sumOf(kind, outcomes));
    console.log(`killed at: ${killedAt.join(", ")}`);
    console.table(table);
    const doubledAKill = Math.max(...outcomes.map(({ doubled, kills }) => doubled / kills));
    const figures = [
      atMost("events lost", sum(outcomes, "lost"), 0),
      atMost("messages doubled in a channel, per kill", doubledAKill, 1),
      atMost(
        "most messages doubled in one channel",
        Math.max(...outcomes.map(({ doubled }) => doubled)),
        1,
      ),
      atMost("messages a bot refused", sum(outcomes, "refused"), 0),
    ];
    if (figures.some(({ holds }) => !holds)) {
      throw new Error(`something was lost or doubled: ${JSON.stringify(figures)}`);
    }
    return { kills: killedAt.length, killed_at: killedAt, table, figures };
  } finally {
    onShown = () => {};
    await server.close();
    await bots.close();
  }
}

async function post<T>(origin: string, path: string, body: object): Promise<T> {
  const response = await fetch(`${origin}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Runs that a gate will refuse, each of which is news once. */
async function makeRuns(origin: string): Promise<string[]> {
  const runs: string[] = [];
  for (let n = 0; n < EVENTS; n++) {
    const { run_id } = await post<SyncResult>(origin, "/api/score", {
      question: n % 2 === 0 ? `第${n}条：年假几天？` : `Item ${n}: how many days of leave?`,
      answer: n % 2 === 0 ? "年假20天。" : "There are 20 days of leave.",
      contexts: [n % 2 === 0 ? "年假为10天。" : "There are 10 days of leave."],
      judge: "offline",
    });
    runs.push(run_id ?? "");
  }
  return runs;
}

async function addChannel(origin: string, botsUrl: string, kind: BotName): Promise<Told> {
  const bot = `${kind}-${crypto.randomUUID()}`;
  const signs = kind === "feishu" || kind === "dingtalk";
  const setup = signs ? { kind, secret: "SECtest", keyword: "试金石" } : { kind };
  await fetch(`${botsUrl}/_bots/${bot}`, { method: "PUT", body: JSON.stringify(setup) });
  const { channel_id: id } = await post<Channel>(origin, "/api/channels", {
    name: bot,
    kind,
    url: botAddress(botsUrl, kind, bot),
    secret: signs ? "SECtest" : null,
    events: ["gate.failed"],
    language: "zh",
  });
  return { kind, id, bot, kills: 0, sure: 0, unsure: 0 };
}

/** One after the other, until all are asked or the server is gone. */
async function failGates(origin: string, runs: readonly string[], told: Told[]): Promise<void> {
  for (const run_id of runs) {
    const asked = { run_id, rules: "faithfulness >= 0.9" };
    const answer = await post<GateResult>(origin, "/api/gate", asked).catch(() => null);
    for (const one of told) {
      if (answer === null) one.unsure++;
      else if (answer.verdict === "fail") one.sure++;
    }
    if (answer === null) return;
  }
}

/** What the bot has seen beside what was written for it. */
async function waitForAll(server: RunningServer, botsUrl: string, one: Told): Promise<Outcome> {
  const until = Date.now() + TOLD_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`${server.origin}/api/channels/${one.id}/deliveries`);
    const { deliveries } = (await answer.json()) as ChannelLog;
    const open = deliveries.filter(({ state }) => state !== "delivered" && state !== "accepted");
    if (open.length > 0 && Date.now() < until) {
      await pause(1000);
      continue;
    }
    const log = (await (await fetch(`${botsUrl}/_bots/${one.bot}`)).json()) as BotLog;
    const messages = new Set(deliveries.map(({ message_id }) => message_id)).size;
    const missing = Math.max(0, one.sure - deliveries.length);
    const invented = Math.max(0, deliveries.length - one.sure - one.unsure);
    if (invented > 0) throw new Error(`${one.bot} was told ${invented} events too many`);
    return {
      kind: one.kind,
      kills: one.kills,
      events: deliveries.length,
      messages,
      doubled: log.shown.length - messages,
      lost: open.length + missing + unseen(deliveries, log),
      refused: log.refused.length,
    };
  }
}

/** Events of messages that no bot has shown: each message of the log must be found by how many events it tells of. */
function unseen(deliveries: ChannelLog["deliveries"], { shown }: BotLog): number {
  const left = shown.map(({ message }) => eventsIn(message));
  const sizes = new Map<string | null, number>();
  for (const { message_id } of deliveries) sizes.set(message_id, (sizes.get(message_id) ?? 0) + 1);
  let lost = 0;
  for (const size of sizes.values()) {
    const at = left.indexOf(size);
    if (at < 0) lost += size;
    else left.splice(at, 1);
  }
  return lost;
}

function eventsIn(message: unknown): number {
  return Number(/Touchstone · (\d+) 条通知/.exec(JSON.stringify(message))?.[1] ?? 1);
}

type Count = Exclude<keyof Outcome, "kind">;

function sum(outcomes: readonly Outcome[], name: Count): number {
  return outcomes.reduce((total, outcome) => total + outcome[name], 0);
}

function sumOf(kind: BotName, all: readonly Outcome[]): Outcome & { channels: number } {
  const outcomes = all.filter((outcome) => outcome.kind === kind);
  return {
    kind,
    channels: outcomes.length,
    kills: sum(outcomes, "kills"),
    events: sum(outcomes, "events"),
    messages: sum(outcomes, "messages"),
    doubled: sum(outcomes, "doubled"),
    lost: sum(outcomes, "lost"),
    refused: sum(outcomes, "refused"),
  };
}

if (import.meta.main) await benchKillNineChannels();
