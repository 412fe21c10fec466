import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { toBase64 } from "../base64.ts";
import { type ChannelKindDefinition, judgeCode } from "./channel-kind.ts";
import { drawMarkdown } from "./draw-markdown.ts";
import { withoutMarkdown } from "./plain-text.ts";

const TOO_FREQUENT = 130101;
const BUSY = -1;
/** Above twenty messages a minute the robot is silent for ten. */
const SILENCE_MS = 11 * 60_000;
/** The robot's documentation names no length; this is below every number people measured. */
const MOST_TEXT_BYTES = 12_000;

/** 钉钉. No `at`, so nobody is called whatever the text holds. */
export const dingtalk: ChannelKindDefinition = {
  hasSecret: true,
  hasKeyword: true,
  mostBytes: 15_000,

  recognise: ({ hostname, pathname }) =>
    ["oapi.dingtalk.com", "oapi.dingtalk.io", "api.dingtalk.io"].includes(hostname) &&
    pathname === "/robot/send",

  build: (notice) => ({
    msgtype: "markdown",
    markdown: {
      title: withoutMarkdown(notice.title),
      text: drawMarkdown(notice, {
        heading: (title) => `#### ${title}`,
        fact: (name, value) => `**${name}** ${value}`,
        separator: "\n\n",
        mostBytes: MOST_TEXT_BYTES,
      }),
    },
    at: { atMobiles: [], atUserIds: [], isAtAll: false },
  }),

  sign(message, secret, nowMs) {
    const timestamp = String(nowMs);
    const sign = toBase64(
      hmac(sha256, utf8ToBytes(secret), utf8ToBytes(`${timestamp}\n${secret}`)),
    );
    return { message, query: { timestamp, sign } };
  },

  judge: (status, body) =>
    judgeCode(
      status,
      body,
      { code: "errcode", message: "errmsg" },
      { [TOO_FREQUENT]: SILENCE_MS, [BUSY]: 0 },
    ),
};
