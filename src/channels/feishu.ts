import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { toBase64 } from "../base64.ts";
import { said } from "../words/said.ts";
import { type ChannelKindDefinition, judgeCode } from "./channel-kind.ts";
import type { Notice } from "./notice.ts";

const HOSTS = ["open.feishu.cn", "open.larksuite.com", "open.larkoffice.com"];
const TEMPLATES: Readonly<Record<Notice["tone"], string>> = {
  bad: "red",
  good: "green",
  neutral: "blue",
};
const TOO_FREQUENT = 11232;
const REST_MS = 60_000;

/** 飞书 and Lark. Every text is `plain_text`, in which nothing is a mention, a link or an element. */
export const feishu: ChannelKindDefinition = {
  hasSecret: true,
  hasKeyword: true,
  mostBytes: 20_000,

  recognise({ hostname, pathname }) {
    if (!HOSTS.includes(hostname)) return false;
    if (pathname.startsWith("/open-apis/bot/hook/")) return said("bot_feishu_old");
    return pathname.startsWith("/open-apis/bot/v2/hook/");
  },

  build: ({ tone, title, facts, list, link }) => ({
    msg_type: "interactive",
    card: {
      config: { wide_screen_mode: true },
      header: { template: TEMPLATES[tone], title: plain(title) },
      elements: [
        ...facts.map(({ name, value }) => ({ tag: "div", text: plain(`${name}: ${value}`) })),
        ...(list === null
          ? []
          : [
              { tag: "hr" },
              { tag: "div", text: plain([list.title, ...list.lines.map(dash)].join("\n")) },
            ]),
        ...(link === null
          ? []
          : [
              {
                tag: "action",
                actions: [
                  { tag: "button", type: "primary", text: plain(link.title), url: link.href },
                ],
              },
            ]),
      ],
    },
  }),

  /** The key holds the time, and the signed message is empty. */
  sign(message, secret, nowMs) {
    const timestamp = String(Math.floor(nowMs / 1000));
    const digest = hmac(sha256, utf8ToBytes(`${timestamp}\n${secret}`), new Uint8Array());
    return { message: { timestamp, sign: toBase64(digest), ...message }, query: {} };
  },

  judge: (status, body) =>
    judgeCode(status, body, { code: "code", message: "msg" }, { [TOO_FREQUENT]: REST_MS }),
};

function plain(content: string) {
  return { tag: "plain_text", content };
}

function dash(line: string): string {
  return `- ${line}`;
}
