import { said } from "../words/said.ts";
import { type ChannelKindDefinition, judgeStatus, quote } from "./channel-kind.ts";

/** Slack. Texts are `plain_text`; the fallback is read as mrkdwn, so its three characters are escaped. */
export const slack: ChannelKindDefinition = {
  hasSecret: false,
  hasKeyword: false,
  mostBytes: 40_000,

  recognise({ hostname, pathname }) {
    if (hostname !== "hooks.slack.com" && hostname !== "hooks.slack-gov.com") return false;
    if (/^\/(triggers|workflows)\//.test(pathname)) return said("bot_slack_workflow");
    return pathname.startsWith("/services/");
  },

  build: ({ title, facts, list, link }) => ({
    text: escapeEntities(title),
    blocks: [
      { type: "header", text: plain(title) },
      // Ten fields at most stand in a section.
      ...(facts.length === 0
        ? []
        : [
            {
              type: "section",
              fields: facts.slice(0, 10).map(({ name, value }) => plain(`${name}: ${value}`)),
            },
          ]),
      ...(list === null
        ? []
        : [
            {
              type: "section",
              text: plain([list.title, ...list.lines.map((line) => `• ${line}`)].join("\n")),
            },
          ]),
      ...(link === null
        ? []
        : [
            {
              type: "actions",
              elements: [{ type: "button", text: plain(link.title), url: link.href }],
            },
          ]),
    ],
  }),

  judge(status, body) {
    const verdict = judgeStatus(status, body);
    if (verdict) return verdict;
    const reply = quote(body) || String(status);
    if (status === 200) return { outcome: body.trim() === "ok" ? "ok" : "retry", reply };
    return { outcome: "refused", reply: quote(`${status} ${body}`) };
  },
};

function plain(text: string) {
  return { type: "plain_text", text, emoji: false };
}

function escapeEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
