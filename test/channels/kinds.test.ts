import { describe, expect, it } from "vitest";
import { BOTS, chooseKind, maskAddress, recogniseBot } from "../../src/channels/kinds.ts";
import { describeEvent, describeMany } from "../../src/channels/notice.ts";
import { EVENT, ORIGIN } from "./scene.ts";

const HEX = "a".repeat(64);

describe("an address tells whose it is", () => {
  it.each([
    ["https://open.feishu.cn/open-apis/bot/v2/hook/6e2e3a9c-1111-4222-8333-444455556666", "feishu"],
    ["https://open.larksuite.com/open-apis/bot/v2/hook/x", "feishu"],
    [`https://oapi.dingtalk.com/robot/send?access_token=${HEX}`, "dingtalk"],
    ["https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx", "wecom"],
    ["https://hooks.slack.com/services/T00/B00/XXXX", "slack"],
    ["https://hooks.slack-gov.com/services/T00/B00/XXXX", "slack"],
    [
      "https://prod-01.westus.logic.azure.com:443/workflows/ab/triggers/manual/paths/invoke?sig=x",
      "teams",
    ],
    [
      "https://x.1a.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/ab/triggers/manual/paths/invoke?sig=x",
      "teams",
    ],
    ["https://hooks.example.com/touchstone", null],
    ["https://open.feishu.cn.evil.example/open-apis/bot/v2/hook/x", null],
    ["https://evil.example/?u=https://oapi.dingtalk.com/robot/send", null],
  ] as const)("%s", (url, kind) => {
    expect(recogniseBot(url)).toBe(kind);
  });

  it.each([
    [
      "https://contoso.webhook.office.com/webhookb2/x@y/IncomingWebhook/z/w",
      "bot_office_connector",
    ],
    ["https://outlook.office.com/webhook/x", "bot_office_connector"],
    ["https://hooks.slack.com/triggers/T00/1/x", "bot_slack_workflow"],
    ["https://hooks.slack.com/workflows/T00/A/1/x", "bot_slack_workflow"],
    ["https://open.feishu.cn/open-apis/bot/hook/abc", "bot_feishu_old"],
  ] as const)("%s cannot be used, and why", (url, code) => {
    expect(recogniseBot(url)).toMatchObject({ code });
    expect(chooseKind(url, "teams")).toMatchObject({ code });
  });

  it("and who names another is told", () => {
    const slack = "https://hooks.slack.com/services/T00/B00/XXXX";
    expect(chooseKind(slack, null)).toBe("slack");
    expect(chooseKind(slack, "slack")).toBe("slack");
    expect(chooseKind(slack, "webhook")).toMatchObject({ code: "channel_kind_other" });
    expect(chooseKind("https://relay.example.com/x", null)).toMatchObject({
      code: "channel_kind_unknown",
    });
    expect(chooseKind("https://relay.example.com/x", "feishu")).toBe("feishu");
  });

  it("and is shown without what opens the group", () => {
    const address = `https://oapi.dingtalk.com/robot/send?access_token=${HEX}`;
    const shown = maskAddress(address, "dingtalk");
    expect(shown).toBe("https://oapi.dingtalk.com/…aaaa");
  });
});

describe("signatures", () => {
  it("飞书: seconds and the secret are the key, the message is empty, and both go into the body", () => {
    expect(BOTS.feishu.sign?.({ msg_type: "text" }, "SECtest", 1_700_000_000_000)).toEqual({
      message: {
        msg_type: "text",
        timestamp: "1700000000",
        sign: "G7XpBpG8NgG02fJOAhX6FRAObIljmFoxVReo8I62pEk=",
      },
      query: {},
    });
  });

  it("钉钉: milliseconds and the secret are the message, and both go into the address", () => {
    expect(BOTS.dingtalk.sign?.({ msgtype: "text" }, "SECtest", 1_700_000_000_000)).toEqual({
      message: { msgtype: "text" },
      query: {
        timestamp: "1700000000000",
        sign: "aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=",
      },
    });
  });

  it("the others know none", () => {
    for (const kind of ["wecom", "slack", "teams"] as const) {
      expect(BOTS[kind].sign).toBeUndefined();
      expect(BOTS[kind].hasSecret).toBe(false);
    }
  });
});

describe("what an answer means", () => {
  const feishu = (code: number, msg: string) => JSON.stringify({ code, msg, data: {} });
  const errcode = (code: number, errmsg: string) => JSON.stringify({ errcode: code, errmsg });

  it.each([
    ["feishu", 200, feishu(0, "success"), "ok"],
    ["feishu", 200, feishu(19024, "Key Words Not Found"), "refused"],
    ["feishu", 200, feishu(19021, "sign match fail"), "refused"],
    ["feishu", 200, feishu(19022, "Ip Not Allowed"), "refused"],
    ["feishu", 200, feishu(19001, "param invalid: access token invalid"), "refused"],
    ["feishu", 200, feishu(19036, "too big"), "refused"],
    ["feishu", 400, feishu(9499, "Bad Request"), "refused"],
    ["feishu", 200, feishu(11232, "frequency limited"), "retry"],
    ["feishu", 502, "<html>", "retry"],
    ["feishu", 200, "<html>维护中</html>", "retry"],
    ["feishu", 200, "", "retry"],
    ["feishu", 200, "null", "retry"],
    ["feishu", 200, '{"code":"0"}', "retry"],
    ["dingtalk", 200, errcode(0, "ok"), "ok"],
    ["dingtalk", 200, errcode(310000, "keywords not in content"), "refused"],
    ["dingtalk", 200, errcode(310000, "sign not match"), "refused"],
    ["dingtalk", 200, errcode(310000, "invalid timestamp"), "refused"],
    ["dingtalk", 200, errcode(310000, "ip 1.2.3.4 not in whitelist"), "refused"],
    ["dingtalk", 200, errcode(300001, "token is not exist"), "refused"],
    ["dingtalk", 200, errcode(40035, "缺少参数 json"), "refused"],
    ["dingtalk", 200, errcode(400013, "group has been dismissed"), "refused"],
    ["dingtalk", 200, errcode(130101, "send too fast"), "retry"],
    ["dingtalk", 200, errcode(-1, "系统繁忙"), "retry"],
    ["wecom", 200, errcode(0, "ok"), "ok"],
    ["wecom", 200, errcode(93000, "invalid webhook url"), "refused"],
    ["wecom", 200, errcode(40058, "exceed max length 4096"), "refused"],
    ["wecom", 200, errcode(40008, "invalid message type"), "refused"],
    ["wecom", 200, errcode(44004, "empty content"), "refused"],
    ["wecom", 200, errcode(45009, "api freq out of limit"), "retry"],
    ["wecom", 200, errcode(-1, "system busy"), "retry"],
    ["slack", 200, "ok", "ok"],
    ["slack", 200, "<html>", "retry"],
    ["slack", 400, "invalid_payload", "refused"],
    ["slack", 400, "user_not_found", "refused"],
    ["slack", 403, "action_prohibited", "refused"],
    ["slack", 403, "invalid_token", "refused"],
    ["slack", 404, "channel_not_found", "refused"],
    ["slack", 404, "no_service", "refused"],
    ["slack", 410, "channel_is_archived", "refused"],
    ["slack", 429, "", "retry"],
    ["slack", 500, "rollup_error", "retry"],
    ["teams", 202, "", "ok"],
    ["teams", 400, "bad schema", "refused"],
    ["teams", 401, "bad sig", "refused"],
    ["teams", 403, "bad sig", "refused"],
    ["teams", 404, "gone", "refused"],
    ["teams", 410, "gone", "refused"],
    ["teams", 413, "too large", "refused"],
    ["teams", 302, "", "refused"],
    ["teams", 429, "", "retry"],
    ["teams", 503, "", "retry"],
  ] as const)("%s %i %s: %s", (kind, status, body, outcome) => {
    expect(BOTS[kind].judge(status, body).outcome).toBe(outcome);
  });

  it("with the bot's own words", () => {
    expect(BOTS.feishu.judge(200, feishu(19024, "Key Words Not Found")).reply).toBe(
      "19024 Key Words Not Found",
    );
    expect(BOTS.slack.judge(404, "no_service").reply).toBe("404 no_service");
    expect(BOTS.dingtalk.judge(200, errcode(40035, "缺少参数\n json")).reply).toBe(
      "40035 缺少参数 json",
    );
  });

  it("钉钉 is left alone for longer than it is silent", () => {
    const { restMs } = BOTS.dingtalk.judge(200, errcode(130101, "send too fast"));
    expect(restMs).toBeGreaterThanOrEqual(10 * 60_000);
  });
});

describe("a message", () => {
  it("begins with the name in both languages, because a bot may ask for either as its keyword", () => {
    for (const language of ["zh", "en"] as const) {
      const { title } = describeEvent(EVENT, { language, origin: ORIGIN });
      expect(title.startsWith("试金石 Touchstone · ")).toBe(true);
      expect(describeMany([EVENT, EVENT], { language, origin: ORIGIN }).title).toContain(
        "试金石 Touchstone",
      );
    }
  });

  it("tells metric, mean with interval, line, the weakest three and where to read on", () => {
    expect(describeEvent(EVENT, { language: "zh", origin: ORIGIN })).toEqual({
      tone: "bad",
      title: "试金石 Touchstone · 告警：忠实度",
      facts: [
        { name: "指标", value: "忠实度" },
        { name: "均值", value: "0.550（95% 区间 0.510 至 0.590）" },
        { name: "界线", value: "不低于 0.800" },
        { name: "样本数", value: "40" },
        { name: "标签", value: "app=客服" },
        { name: "项目", value: "默认项目" },
      ],
      list: {
        title: "最弱的样本",
        lines: ["0.100 入职满一年有几天年假？", "0.250 How long is the warranty?", "0.300 s3"],
      },
      link: { title: "打开报告", href: `${ORIGIN}/runs/run_01HZX` },
    });
    expect(describeEvent(EVENT, { language: "en", origin: ORIGIN }).facts[1]).toEqual({
      name: "Mean",
      value: "0.550 (95 % interval 0.510 to 0.590)",
    });
  });

  it("of many counts every one and names the first", () => {
    const failed = { ...EVENT, name: "job.failed", subject: "夜间回归" } as const;
    const many = [...Array(30).fill(failed), ...Array(470).fill(EVENT)];
    expect(describeMany(many, { language: "zh", origin: null })).toEqual({
      tone: "bad",
      title: "试金石 Touchstone · 500 条通知",
      facts: [
        { name: "评分失败", value: "30 条" },
        { name: "告警", value: "470 条" },
      ],
      list: {
        title: "其中",
        lines: [...Array(8).fill("评分失败：夜间回归"), "还有 492 条"],
      },
      link: null,
    });
  });

  it("of many says why, where something says so", () => {
    const done = { ...EVENT, name: "schedule.finished", subject: "每晚回归" } as const;
    const many = [{ ...done, why: "faithfulness 变差\n@所有人" }, done];
    const { list } = describeMany(many, { language: "zh", origin: null });
    const [first, second] = list?.lines ?? [];
    expect(first).toBe(`${second} – faithfulness 变差 ＠所有人`);
  });
});
