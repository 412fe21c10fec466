import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Channel, ChannelLog, ChannelTest } from "../../src/contract/channel.ts";
import { tellChannel } from "../../src/jobs/channels/tell-channel.ts";
import { getChannel } from "../../src/storage/channels.ts";
import { BOT_KINDS, createChannelWorld, happen, logOfBot, setUpBot } from "./channel-world.ts";
import { send } from "./http.ts";
import { emptyTables } from "./job-world.ts";

beforeEach(emptyTables);

const FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/6e2e3a9c-1111-4222-8333-44445555abcd";
const DINGTALK = `https://oapi.dingtalk.com/robot/send?access_token=${"b".repeat(64)}`;

async function create(
  fields: object,
): Promise<{ status: number; body: Channel & { detail?: string } }> {
  const answer = await send("/api/channels", {
    json: { name: "值班群", events: ["alert.firing"], ...fields },
  });
  return { status: answer.status, body: await answer.json() };
}

async function change(id: string, fields: object): Promise<Channel> {
  const answer = await send(`/api/channels/${id}`, { method: "PATCH", json: fields });
  expect(answer.status).toBe(200);
  return answer.json();
}

describe("a channel", () => {
  it("is found from its address, and shows neither address nor secret", async () => {
    const { status, body } = await create({ url: FEISHU, secret: "SECtest" });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      channel_id: expect.stringMatching(/^chn_/),
      kind: "feishu",
      url: "https://open.feishu.cn/…abcd",
      has_secret: true,
      language: "zh",
      state: "on",
      refusal: null,
    });
    const list = await (await send("/api/channels")).text();
    expect(list).toContain(body.channel_id);
    const row = JSON.stringify(await env.DB.prepare("SELECT * FROM channels").first());
    const audit = await (await send("/api/audit")).text();
    for (const text of [list, JSON.stringify(body), row, audit]) {
      expect(text).not.toContain("6e2e3a9c");
      expect(text).not.toContain("SECtest");
    }
  });

  it.each([
    [{ url: "https://relay.example.com/x" }, "kind"],
    [{ url: DINGTALK, kind: "feishu" }, "url"],
    [{ url: "http://open.feishu.cn/open-apis/bot/v2/hook/x" }, "url"],
    [{ url: "https://10.0.0.1/x", kind: "feishu" }, "url"],
    [{ url: "https://contoso.webhook.office.com/webhookb2/x" }, "url"],
    [{ url: "https://hooks.slack.com/triggers/T0/1/x" }, "url"],
    [{ url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", secret: "SEC" }, "secret"],
    [{ url: "https://relay.example.com/x", kind: "webhook" }, "secret"],
    [{ url: "https://relay.example.com/x", kind: "webhook", secret: "short" }, "secret"],
  ])("that cannot work is refused with a sentence: %o", async (fields, field) => {
    const answer = await send("/api/channels", {
      json: { name: "x", events: ["alert.firing"], ...fields },
      headers: { "Accept-Language": "zh" },
    });
    const body = (await answer.json()) as { detail: string; errors: { pointer: string }[] };
    expect(answer.status).toBe(422);
    expect(body.errors[0]?.pointer).toBe(`#/${field}`);
    expect(body.detail).toMatch(/\p{Script=Han}/u);
  });

  it("is there once by its address, and twenty times in a project", async () => {
    expect((await create({ url: FEISHU })).status).toBe(201);
    expect((await create({ url: FEISHU })).status).toBe(409);
    for (let n = 1; n < 20; n++) expect((await create({ url: `${FEISHU}${n}` })).status).toBe(201);
    expect((await create({ url: `${FEISHU}x` })).status).toBe(409);
  });

  it("that moves to another origin forgets its secret, and keeps it elsewhere", async () => {
    const { body } = await create({ url: FEISHU, secret: "SECtest" });
    const id = body.channel_id;
    expect(await change(id, { name: "夜班群" })).toMatchObject({
      name: "夜班群",
      has_secret: true,
    });
    expect(await change(id, { url: `${FEISHU}ef` })).toMatchObject({ has_secret: true });
    expect(await change(id, { url: DINGTALK })).toMatchObject({
      kind: "dingtalk",
      url: "https://oapi.dingtalk.com/…bbbb",
      has_secret: false,
    });
    expect(await change(id, { secret: "SECother" })).toMatchObject({ has_secret: true });
    expect(await change(id, { url: FEISHU, secret: "SECnew" })).toMatchObject({ has_secret: true });
    expect(await change(id, { secret: null })).toMatchObject({ has_secret: false });
  });

  it("is deleted with its log", async () => {
    const { body } = await create({ url: FEISHU });
    await happen(createChannelWorld(), "alert.firing");
    const remove = () => send(`/api/channels/${body.channel_id}`, { method: "DELETE" });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM deliveries").first("n")).toBe(0);
  });
});

describe("the test of a channel", () => {
  const test = async (id: string, language = "zh") => {
    await env.DB.prepare("DELETE FROM facts").run();
    const headers = { "Accept-Language": language };
    const answer = await send(`/api/channels/${id}/test`, { method: "POST", headers });
    expect(answer.status).toBe(200);
    return (await answer.json()) as ChannelTest;
  };

  it.each(BOT_KINDS)("%s: arrives", async (kind) => {
    const bot = `${kind}-${crypto.randomUUID()}`;
    const { body } = await create({
      kind,
      url: await setUpBot(kind, bot, { keyword: "Touchstone" }),
    });
    expect(await test(body.channel_id)).toEqual({
      outcome: "ok",
      status: kind === "teams" ? 202 : 200,
      reply: expect.stringMatching(kind === "teams" ? /工作流/ : /ok|success/),
    });
    expect((await logOfBot(bot)).shown).toHaveLength(1);
  });

  it("that is refused closes the channel; one that works opens it and sends what waited", async () => {
    const bot = `feishu-${crypto.randomUUID()}`;
    const url = await setUpBot("feishu", bot, { keyword: "密码" });
    const { body } = await create({ kind: "feishu", url });
    const id = body.channel_id;
    expect(await test(id)).toEqual({
      outcome: "refused",
      status: 200,
      reply: "19024 Key Words Not Found",
    });
    const world = createChannelWorld();
    await happen(world, "alert.firing");
    const list = await (await send("/api/channels")).json();
    expect(list).toMatchObject({
      channels: [{ state: "refused", refusal: "19024 Key Words Not Found" }],
    });
    const log = (await (await send(`/api/channels/${id}/deliveries`)).json()) as ChannelLog;
    expect(log.deliveries).toMatchObject([{ state: "disabled", delivered_at: null }]);
    await setUpBot("feishu", bot, { keyword: "试金石" });
    expect(await test(id)).toMatchObject({ outcome: "ok" });
    expect(await getChannel(env.DB, "default", id)).toMatchObject({ state: "on", refusal: null });
    await tellChannel(world.context, { project: "default", id });
    expect((await logOfBot(bot)).shown).toHaveLength(2);
  });

  it("comes a moment after another is told to wait", async () => {
    const bot = `slack-${crypto.randomUUID()}`;
    const { body } = await create({ kind: "slack", url: await setUpBot("slack", bot) });
    await test(body.channel_id);
    const again = await send(`/api/channels/${body.channel_id}/test`, { method: "POST" });
    expect(again.status).toBe(429);
    expect(again.headers.get("Retry-After")).toBe("5");
    expect((await logOfBot(bot)).shown).toHaveLength(1);
  });
});

describe("an address of a bot where a webhook is expected", () => {
  it("becomes a channel of its own, which an alert tells", async () => {
    const bot = `wecom-${crypto.randomUUID()}`;
    const url = await setUpBot("wecom", bot);
    await create({ kind: "wecom", url });
    const teams = "https://contoso.webhook.office.com/webhookb2/x";
    const refused = await send("/api/alerts", {
      json: { metric: "faithfulness", threshold: 0.8, webhook_url: teams },
    });
    expect(refused.status).toBe(422);
    expect(((await refused.json()) as { detail: string }).detail).toContain("Workflows");
    const answer = await send("/api/alerts", {
      json: { metric: "faithfulness", threshold: 0.8, webhook_url: DINGTALK },
    });
    expect(await answer.json()).toMatchObject({ webhook_url: "https://oapi.dingtalk.com/…bbbb" });
    const { channels } = (await (await send("/api/channels")).json()) as { channels: Channel[] };
    expect(channels.map(({ kind, events }) => [kind, events.length])).toEqual([
      ["wecom", 1],
      ["dingtalk", 0],
    ]);
  });

  it("takes no place of a channel somebody has chosen, and is refused with words when there are many", async () => {
    const submit = (n: number) =>
      send("/api/score/async", {
        json: { question: "几天？", answer: "10天。", callback_url: `${FEISHU}-callback-${n}` },
        headers: { "Accept-Language": "zh" },
      });
    for (let n = 0; n < 20; n++) expect((await submit(n)).status).toBe(202);
    const refused = await submit(20);
    expect(refused.status).toBe(409);
    expect(((await refused.json()) as { detail: string }).detail).toContain("回调地址已用到 20 个");
    // One that is known goes on being told.
    expect((await submit(0)).status).toBe(202);
    for (let n = 0; n < 20; n++) expect((await create({ url: `${FEISHU}${n}` })).status).toBe(201);
    expect((await create({ url: `${FEISHU}x` })).status).toBe(409);
    const { channels } = (await (await send("/api/channels")).json()) as { channels: Channel[] };
    expect(channels).toHaveLength(40);
    const found = channels.find(({ events }) => events.length === 0)?.channel_id;
    const chosen = await send(`/api/channels/${found}`, {
      method: "PATCH",
      json: { events: ["alert.firing"] },
    });
    expect(chosen.status).toBe(409);
    await send(`/api/channels/${found}`, { method: "DELETE" });
    expect((await submit(20)).status).toBe(202);
  });
});
