import { type ChannelKindDefinition, judgeCode } from "./channel-kind.ts";
import { drawMarkdown } from "./draw-markdown.ts";

const TOO_FREQUENT = 45009;
const BUSY = -1;
const REST_MS = 60_000;
/** Of UTF-8: some 1,365 Chinese characters. */
const MOST_TEXT_BYTES = 4096;

/**
 * 企业微信. Whatever else it says than these two is for good: 93000 the address is none (any more), 40058 too long or a wrong
 * parameter, 40008 a wrong type, 44004 nothing in it.
 */
export const wecom: ChannelKindDefinition = {
  hasSecret: false,
  hasKeyword: false,
  mostBytes: 8000,

  recognise: ({ hostname, pathname }) =>
    hostname === "qyapi.weixin.qq.com" && pathname === "/cgi-bin/webhook/send",

  build: (notice) => ({
    msgtype: "markdown",
    markdown: {
      content: drawMarkdown(notice, {
        heading: (title) => `### ${title}`,
        fact: (name, value) => `<font color="comment">${name}</font> ${value}`,
        separator: "\n",
        mostBytes: MOST_TEXT_BYTES,
      }),
    },
  }),

  judge: (status, body) =>
    judgeCode(
      status,
      body,
      { code: "errcode", message: "errmsg" },
      { [TOO_FREQUENT]: REST_MS, [BUSY]: 0 },
    ),
};
