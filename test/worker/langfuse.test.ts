import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { buildScores } from "../../src/channels/langfuse.ts";
import type { Channel, ChannelLog, ChannelTest } from "../../src/contract/channel.ts";
import type { LangfuseLog, LangfuseSetup } from "../fakes/langfuse-server.ts";
import { makeConversations, SENDERS, seeded } from "../fakes/trace-senders.ts";
import { createChannelWorld, setUpBot } from "./channel-world.ts";
import { SAMPLE_ZH, send } from "./http.ts";
import { accept, drain, emptyTables, jobOf, type World } from "./job-world.ts";
import { acceptedRuns, assembleAll, deliver, emptyTraces } from "./trace-world.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SECRET = "sk-lf-test";

beforeEach(async () => {
  await emptyTables();
  await emptyTraces();
});

async function setUp(setup: Partial<LangfuseSetup> = {}, id = `pk-lf-${crypto.randomUUID()}`) {
  const body = JSON.stringify({ secret: SECRET, ...setup });
  await (await fetch(`${inject("botsUrl")}/_langfuse/${id}`, { method: "PUT", body })).text();
  return id;
}

async function logOf(id: string): Promise<LangfuseLog> {
  return (await (await fetch(`${inject("botsUrl")}/_langfuse/${id}`)).json()) as LangfuseLog;
}

const wish = (keys: string) => ({
  name: "Langfuse 客服",
  kind: "langfuse",
  url: inject("botsUrl"),
  secret: keys,
  events: ["trace.scored"],
});

async function create(id: string): Promise<string> {
  const answer = await send("/api/channels", { json: wish(`${id}:${SECRET}`) });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as Channel).channel_id;
}

async function score(world: World, traceparent: string | null): Promise<string> {
  const { id } = await accept(world, SAMPLE_ZH, { traceparent });
  await drain(world);
  return id;
}

const traceparent = (trace = TRACE) => `00-${trace}-00f067aa0ba902b7-01`;

describe("scores of a trace go back to Langfuse", () => {
  it("with the trace, under ids that stay, and nothing of what was asked and answered", async () => {
    const project = await setUp();
    await create(project);
    const world = createChannelWorld();
    const id = await score(world, traceparent());
    const job = await jobOf(id);
    const { scores } = await logOf(project);
    const numbers = Object.entries(job.outcomes).filter(([, { value }]) => value !== null);
    expect(numbers.length).toBeGreaterThan(3);
    expect(Object.values(scores)).toHaveLength(numbers.length);
    for (const [metric, { value }] of numbers) {
      expect(Object.values(scores)).toContainEqual(
        expect.objectContaining({ traceId: TRACE, name: `touchstone.${metric}`, value }),
      );
    }
    for (const [key, { id: own }] of Object.entries(scores)) {
      expect(key).toMatch(/^touchstone-[0-9a-f]{32}$/);
      expect(own).toBe(key);
    }
    expect(JSON.stringify(scores)).not.toMatch(/年假|question|answer"/);
    // Another answer of the same trace has ids of its own.
    await score(world, traceparent());
    expect(Object.keys((await logOf(project)).scores)).toHaveLength(2 * numbers.length);
  });

  it("not without a trace", async () => {
    const project = await setUp();
    await create(project);
    await score(createChannelWorld(), null);
    expect(await logOf(project)).toEqual({ calls: [], scores: {} });
  });

  it("of live traffic too, where a run that is scored again takes the place of the first", async () => {
    const project = await setUp();
    const channel = await create(project);
    const world = createChannelWorld();
    const [talk] = makeConversations(1);
    if (talk === undefined) throw new Error("no conversation");
    const requests = SENDERS.openinference?.(talk, seeded(3)) ?? [];
    for (const batch of requests) await deliver(world, batch);
    await assembleAll(world);
    await drain(world);
    const [run] = await acceptedRuns();
    const first = (await logOf(project)).scores;
    expect(Object.values(first)[0]?.traceId).toBe(run?.trace.trace_id);
    const names = Object.values(first).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const log = (await (await send(`/api/channels/${channel}/deliveries`)).json()) as ChannelLog;
    expect(log.deliveries.map(({ event, state }) => [event, state])).toEqual([
      ["trace.scored", "delivered"],
    ]);
    const { outcomes, project: owner, judge } = await jobOf(run?.id ?? "");
    const again = buildScores({
      ...{ project: owner, judge, outcomes, reportUrl: null, jobId: "job_of_later" },
      traceparent: traceparent(String(run?.trace.trace_id)),
      subject: String(run?.trace.run),
    });
    expect(again.map(({ id }) => id).sort()).toEqual(Object.keys(first).sort());
  });

  it("once more, under the same ids, when it was away or busy, and with its own words when it refuses", async () => {
    const project = await setUp({ trouble: "limited" });
    const channel = await create(project);
    const world = createChannelWorld();
    await score(world, traceparent());
    const held = await logOf(project);
    expect(held.scores).toEqual({});
    expect(held.calls.length).toBeGreaterThan(1);
    expect(held.calls.every(({ status }) => status === 429)).toBe(true);
    await setUp({}, project);
    await send(`/api/channels/${channel}`, { method: "PATCH", json: { enabled: true } });
    await score(world, traceparent("0af7651916cd43dd8448eb211c80319c"));
    const traces = Object.values((await logOf(project)).scores).map(({ traceId }) => traceId);
    expect(traces).toContain("0af7651916cd43dd8448eb211c80319c");

    await setUp({ trouble: "no-access" }, project);
    await score(world, traceparent());
    const { channels } = (await (await send("/api/channels")).json()) as { channels: Channel[] };
    expect(channels).toMatchObject([
      { state: "refused", refusal: expect.stringContaining("Ingestion is suspended") },
    ]);
    const log = (await (await send(`/api/channels/${channel}/deliveries`)).json()) as ChannelLog;
    expect(log.deliveries.at(0)).toMatchObject({ state: "disabled", delivered_at: null });
  });
});

describe("a channel to Langfuse", () => {
  const test = async (id: string) => {
    await env.DB.prepare("DELETE FROM facts").run();
    return (await (
      await send(`/api/channels/${id}/test`, { method: "POST" })
    ).json()) as ChannelTest;
  };

  it("is found from its host, keeps its keys to itself and forgets none by mistake", async () => {
    const cloud = { ...wish("pk-lf-1:sk-lf-2"), kind: null, url: "https://us.cloud.langfuse.com" };
    const answer = await send("/api/channels", { json: cloud });
    const channel = (await answer.json()) as Channel;
    expect(channel).toMatchObject({ kind: "langfuse", url: cloud.url, has_secret: true });
    const row = JSON.stringify(await env.DB.prepare("SELECT * FROM channels").first());
    expect(row + JSON.stringify(channel)).not.toContain("sk-lf-2");
    const change = (json: object) =>
      send(`/api/channels/${channel.channel_id}`, { method: "PATCH", json });
    // Another server must not learn the keys of this one, and without keys nothing could be written.
    expect((await change({ url: "https://cloud.langfuse.com" })).status).toBe(422);
    expect((await change({ secret: null })).status).toBe(422);
    const moved = { url: "https://cloud.langfuse.com", secret: "pk-lf-3:sk-lf-4" };
    expect((await change(moved)).status).toBe(200);
  });

  it.each([
    [{ secret: null }, "secret"],
    [{ secret: "sk-lf-alone" }, "secret"],
    [{ events: ["trace.scored", "alert.firing"] }, "events"],
    [{ kind: "feishu", secret: null }, "events"],
  ])("that cannot work is refused with a sentence: %o", async (fields, field) => {
    const json = { ...wish("pk:sk"), ...fields };
    const answer = await send("/api/channels", { json, headers: { "Accept-Language": "zh" } });
    const body = (await answer.json()) as { detail: string; errors: { pointer: string }[] };
    expect([answer.status, body.errors[0]?.pointer]).toEqual([422, `#/${field}`]);
    expect(body.detail).toMatch(/\p{Script=Han}/u);
  });

  it("is tested by asking whose keys these are; nothing is written", async () => {
    const project = await setUp();
    const id = await create(project);
    expect(await test(id)).toEqual({ outcome: "ok", status: 200, reply: `客服 "${project}"` });
    await setUp({ secret: "sk-another" }, project);
    expect(await test(id)).toMatchObject({
      outcome: "refused",
      status: 401,
      reply: expect.stringContaining("Confirm that you've configured the correct host"),
    });
    expect((await logOf(project)).scores).toEqual({});
  });

  it("is no address for a callback: groups are, and what happens there stays apart", async () => {
    const bot = await setUpBot("wecom", `wecom-${crypto.randomUUID()}`);
    const answer = await send("/api/channels", {
      json: { name: "群", kind: "wecom", url: bot, events: ["trace.scored"] },
    });
    expect(answer.status).toBe(422);
  });
});
