import { type ChannelKindDefinition, judgeCode } from "./channel-kind.ts";
import { drawMarkdown } from "./draw-markdown.ts";

const TOO_FREQUENT = 45009;
const BUSY = -1;
const REST_MS = 60_000;

/** 企业微信. */
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
        // Of UTF-8.
        mostBytes: 4096,
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
