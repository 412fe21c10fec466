import { said } from "../words/said.ts";
import { type ChannelKindDefinition, judgeStatus, quote } from "./channel-kind.ts";
import type { Notice } from "./notice.ts";

const COLORS: Readonly<Record<Notice["tone"], string>> = {
  bad: "Attention",
  good: "Good",
  neutral: "Default",
};

/** Teams by a workflow. Texts are runs of rich text, which know no Markdown. */
export const teams: ChannelKindDefinition = {
  hasSecret: false,
  hasKeyword: false,
  mostBytes: 28_000,

  recognise({ hostname, pathname }) {
    if (/\.webhook\.office\.com$|^outlook\.office(365)?\.com$/.test(hostname)) {
      return said("bot_office_connector");
    }
    const isWorkflow = hostname.endsWith(".logic.azure.com") && pathname.startsWith("/workflows/");
    const isPowerAutomate =
      hostname.endsWith(".environment.api.powerplatform.com") &&
      pathname.startsWith("/powerautomate/automations/direct/workflows/");
    return (isWorkflow || isPowerAutomate) && pathname.includes("/triggers/manual/paths/invoke");
  },

  build: ({ tone, title, facts, list, link }) => ({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          msteams: { width: "Full" },
          body: [
            rich({ text: title, size: "Large", weight: "Bolder", color: COLORS[tone] }),
            ...facts.map(({ name, value }) =>
              rich({ text: `${name}: `, weight: "Bolder" }, { text: value }),
            ),
            ...(list === null
              ? []
              : [
                  rich({ text: list.title, weight: "Bolder" }),
                  ...list.lines.map((line) => rich({ text: `• ${line}` })),
                ]),
          ],
          actions:
            link === null
              ? []
              : [{ type: "Action.OpenUrl", title: inert(link.title), url: link.href }],
        },
      },
    ],
  }),

  /** 202 says that the workflow took it; a card that Teams does not like fails in the workflow's history alone. */
  judge(status, body) {
    const verdict = judgeStatus(status, body);
    if (verdict) return verdict;
    const isTaken = status >= 200 && status < 300;
    return { outcome: isTaken ? "ok" : "refused", reply: quote(`${status} ${body}`) };
  },
};

function rich(...runs: { text: string; size?: string; weight?: string; color?: string }[]) {
  const inlines = runs.map(({ text, ...look }) => ({
    type: "TextRun",
    text: inert(text),
    ...look,
  }));
  return { type: "RichTextBlock", inlines };
}

/** Cards compute what stands in double braces, such as dates, and fill in `${…}`. */
function inert(text: string): string {
  return text.replace(/[{}]/g, (brace) => (brace === "{" ? "｛" : "｝"));
}
