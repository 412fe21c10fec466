import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { forgetProjects } from "../../src/access/recent-projects.ts";
import { addChannel } from "../../src/jobs/channels/register.ts";
import { wakeChannels } from "../../src/jobs/channels/wake-channels.ts";
import { checkAlerts } from "../../src/jobs/check-alerts.ts";
import { JudgeUnavailable } from "../../src/scoring/judge.ts";
import { noteJudgeFailure } from "../../src/storage/breaker.ts";
import { getChannel, listChannels } from "../../src/storage/channels.ts";
import { putGateVerdict } from "../../src/storage/gate-verdicts.ts";
import { getProject } from "../../src/storage/projects.ts";
import { said } from "../../src/words/said.ts";
import {
  createBotChannel,
  createChannelWorld,
  happen,
  logOfBot,
  setUpBot,
} from "./channel-world.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import { accept, drain, emptyTables, type World } from "./job-world.ts";

let world: World;

beforeEach(async () => {
  await emptyTables();
  await env.DB.batch(
    ["alert_rules", "trends", "gate_verdicts"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  );
  await storeTexts(true);
  world = createChannelWorld();
});

async function storeTexts(does: boolean): Promise<void> {
  await env.DB.prepare("UPDATE projects SET store_text = ?1").bind(Number(does)).run();
  forgetProjects();
}

const shownBy = async (bot: string) => JSON.stringify((await logOfBot(bot)).shown);

/** A mean that is proven to be below the line. */
async function fireAlert(webhookUrl: string | null = null): Promise<void> {
  const day = new Date(world.clock.now).toISOString().slice(0, 10);
  await env.DB.batch([
    env.DB.prepare(
      `INSERT OR REPLACE INTO trends (project, tag, day, sums)
       VALUES ('default', '', ?1, json_object('faithfulness', json_array(40, 8, 1.6)))`,
    ).bind(day),
    env.DB.prepare(
      `INSERT INTO alert_rules (project, id, metric, side, threshold, window_days, webhook_url, created_at, created_by)
       VALUES ('default', 'alert_1', 'faithfulness', 'below', 0.8, 7, ?1, 1, 'test')`,
    ).bind(webhookUrl),
  ]);
  world.clock.now += 61_000;
  await checkAlerts(world.context);
  await drain(world);
}

describe("people are told", () => {
  it("of an alert, with its mean, interval and the weakest samples", async () => {
    const { bot } = await createBotChannel(world, "feishu");
    await accept(world, SAMPLE_ZH);
    await accept(world, { ...SAMPLE_EN, answer: "The X200 has no warranty whatsoever." });
    await drain(world);
    await fireAlert();
    const shown = await shownBy(bot);
    expect(shown).toContain("告警：忠实");
    expect(shown).toContain("0.200（95% 区间");
    expect(shown).toContain("不低于 0.800");
    expect(shown).toContain("How long is the warranty of the X200?");
    expect(shown).toContain("https://touchstone.test/runs");
  });

  it("without a text where the project keeps none", async () => {
    const { bot } = await createBotChannel(world, "wecom");
    await accept(world, SAMPLE_ZH);
    await drain(world);
    await storeTexts(false);
    await fireAlert();
    const shown = await shownBy(bot);
    expect(shown).toContain("告警：忠实");
    expect(shown).not.toContain("年假");
  });

  it("of a job that failed, with the reason", async () => {
    const { bot } = await createBotChannel(world, "slack");
    world.judge.current = {
      name: "broken",
      fill: () =>
        Promise.reject(
          new JudgeUnavailable(said("told", { text: "没有余额" }), { isRetryable: false }),
        ),
    };
    const job = await accept(world, { ...SAMPLE_EN, name: "夜间回归" });
    await drain(world);
    const shown = await shownBy(bot);
    expect(shown).toContain("评分失败：夜间回归");
    expect(shown).toContain("没有余额");
    expect(shown).toContain(`https://touchstone.test/jobs/${job.id}`);
  });

  it("of a gate that is not passed, once however often it is asked", async () => {
    const { bot } = await createBotChannel(world, "teams");
    const job = await accept(world, { ...SAMPLE_ZH, name: "回归" });
    await drain(world);
    const run = { project: "default", runId: job.id.replace("job_", "run_") };
    for (const verdict of ["fail", "fail", "pass", "pass"] as const) {
      world.clock.now += 1000;
      const record = {
        verdict,
        metrics: ["faithfulness"],
        baseRunId: null,
        judgedAt: world.clock.now,
      };
      await putGateVerdict(env.DB, run, record);
    }
    await wakeChannels(world.context);
    await drain(world);
    const { shown } = await logOfBot(bot);
    expect(shown).toHaveLength(1);
    expect(JSON.stringify(shown)).toContain("门禁未通过：回归");
    expect(JSON.stringify(shown)).toContain(`/runs/${run.runId}`);
  });

  it("of a judge that stopped answering, once an outage", async () => {
    const { bot } = await createBotChannel(world, "dingtalk");
    for (let n = 0; n < 8; n++) {
      await noteJudgeFailure(env.DB, world.clock.now, said("told", { text: "连接被拒绝" }));
    }
    world.clock.now += 60_000;
    for (let n = 0; n < 8; n++) {
      await noteJudgeFailure(env.DB, world.clock.now, said("told", { text: "连接被拒绝" }));
    }
    await wakeChannels(world.context);
    await drain(world);
    const { shown } = await logOfBot(bot);
    expect(shown).toHaveLength(1);
    expect(JSON.stringify(shown)).toContain("连接被拒绝");
  });

  it("of a quota that is used up, once a day", async () => {
    const { bot } = await createBotChannel(world, "feishu");
    const settings = await getProject(env.DB, "default");
    if (!settings) throw new Error("no project");
    const { acceptJob } = await import("../../src/jobs/accept.ts");
    const { ScoreRequest } = await import("../../src/contract/score-request.ts");
    for (let n = 0; n < 3; n++) {
      const submitted = acceptJob(world.context, {
        project: "default",
        submittedBy: "test",
        request: ScoreRequest.parse({ ...SAMPLE_ZH, question: `第 ${n} 问` }),
        fingerprint: `quota ${n}`,
        idempotencyKey: null,
        warnings: [],
        contextsReceived: 0,
        contextsParsed: 0,
        traceparent: null,
        source: "api",
        queued: true,
        settings: { ...settings, samplesPerDay: 0 },
      });
      await expect(submitted).rejects.toThrow("quota_exceeded");
    }
    await drain(world);
    expect((await logOfBot(bot)).shown).toHaveLength(1);
    expect(await shownBy(bot)).toContain("当日限额已用完");
  });
});

describe("the address of a bot", () => {
  const address = (id: string) => `https://oapi.dingtalk.com/robot/send?access_token=${id}`;

  it("as callback_url of a job is told of its end in words the bot reads, and stands among the channels", async () => {
    const bot = `dingtalk-${crypto.randomUUID()}`;
    await setUpBot("dingtalk", bot, { keyword: "Touchstone" });
    const callback_url = address(bot);
    const job = await accept(world, { ...SAMPLE_ZH, name: "夜间回归", callback_url });
    expect(job.callbackUrl).toMatch(/^chn_/);
    await accept(world, { ...SAMPLE_EN, name: "second", callback_url });
    await drain(world);
    const { shown, refused } = await logOfBot(bot);
    expect(refused).toEqual([]);
    expect(shown.length).toBeGreaterThan(0);
    expect(JSON.stringify(shown)).toContain("评分完成：夜间回归");
    const channels = await listChannels(env.DB, "default", 10);
    expect(channels).toMatchObject([{ kind: "dingtalk", events: [], state: "on" }]);
    const kept = JSON.stringify(
      await env.DB.batch(
        ["jobs", "deliveries", "channels"].map((table) => env.DB.prepare(`SELECT * FROM ${table}`)),
      ),
    );
    expect(kept).not.toContain(bot);
  });

  it("that refuses is shown with its words and asked no more", async () => {
    const bot = `dingtalk-${crypto.randomUUID()}`;
    await setUpBot("dingtalk", bot, { secret: "SECnobody" });
    const job = await accept(world, { ...SAMPLE_ZH, callback_url: address(bot) });
    await drain(world);
    expect(await getChannel(env.DB, "default", job.callbackUrl ?? "")).toMatchObject({
      state: "refused",
      refusal: "310000 invalid timestamp",
    });
    const { results } = await env.DB.prepare("SELECT state FROM deliveries").all();
    expect(results).toEqual([{ state: "disabled" }]);
    await accept(world, { ...SAMPLE_EN, callback_url: address(bot) });
    await drain(world);
    expect((await logOfBot(bot)).refused).toHaveLength(1);
  });

  it("that takes no messages is refused with a sentence", async () => {
    for (const [url, code] of [
      ["https://contoso.webhook.office.com/webhookb2/x", "bot_office_connector"],
      ["https://hooks.slack.com/triggers/T0/1/x", "bot_slack_workflow"],
      ["https://open.feishu.cn/open-apis/bot/hook/x", "bot_feishu_old"],
    ] as const) {
      await expect(accept(world, { ...SAMPLE_ZH, callback_url: url })).rejects.toMatchObject({
        said: { code: "invalid_request.callback_bot", params: { problem: { code } } },
      });
    }
  });

  it("of an alert takes the same way", async () => {
    const { channel, bot } = await createBotChannel(world, "wecom");
    await env.DB.prepare("UPDATE channels SET events = '[]'").run();
    await fireAlert(channel.id);
    const { shown } = await logOfBot(bot);
    expect(shown).toHaveLength(1);
    expect(JSON.stringify(shown)).toContain("告警：忠实");
  });
});

describe("a webhook as a channel", () => {
  const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G";

  it("gets each event by itself, as data, signed with its own secret", async () => {
    const received: { type: string; data: Record<string, unknown> }[] = [];
    world.context.outside.fetch = async (_url, init) => {
      const headers = init.headers as Record<string, string>;
      received.push(new Webhook(SECRET).verify(String(init.body), headers) as never);
      return new Response(null, { status: 204 });
    };
    const channel = await addChannel(world.context, {
      ...{ project: "default", name: "系统", kind: "webhook", secret: SECRET, language: "zh" },
      url: "https://hooks.example.com/touchstone",
      events: ["alert.firing", "quota.reached"],
      ...{ origin: null, createdBy: "test" },
    });
    expect(channel?.kind).toBe("webhook");
    for (const name of ["alert.firing", "quota.reached", "gate.failed"] as const) {
      await happen(world, name);
    }
    await wakeChannels(world.context);
    await drain(world);
    expect(received.map(({ type }) => type).sort()).toEqual(["alert.firing", "quota.reached"]);
    expect(received.find(({ type }) => type === "alert.firing")?.data).toMatchObject({
      metric: "faithfulness",
      mean: 0.55,
    });
  });
});
