import type { ChannelKind } from "../contract/channel.ts";
import { type Said, said } from "../words/said.ts";
import type { ChannelKindDefinition } from "./channel-kind.ts";
import { dingtalk } from "./dingtalk.ts";
import { feishu } from "./feishu.ts";
import { isLangfuse } from "./langfuse.ts";
import { slack } from "./slack.ts";
import { teams } from "./teams.ts";
import { wecom } from "./wecom.ts";

/** Kinds of bots. The others are systems: a webhook is sent what happened as data, Langfuse the scores of a trace. */
export type BotKind = Exclude<ChannelKind, "webhook" | "langfuse">;

/** The one list: a kind of the contract that is missing here does not compile. */
export const BOTS: Readonly<Record<BotKind, ChannelKindDefinition>> = {
  feishu,
  dingtalk,
  wecom,
  slack,
  teams,
};

/** Whose address this is: a bot's kind, null for any other, or why it cannot be used. It is a URL. */
export function recogniseBot(url: string): BotKind | null | Said {
  const parsed = new URL(url);
  for (const kind of ["feishu", "dingtalk", "wecom", "slack", "teams"] as const) {
    const found = BOTS[kind].recognise(parsed);
    if (typeof found === "object") return found;
    if (found) return kind;
  }
  return null;
}

export function isBot(kind: ChannelKind): kind is BotKind {
  return kind in BOTS;
}

/** What an address tells of its kind; null: nothing, or why it cannot be used. */
export function recogniseKind(url: string): ChannelKind | null | Said {
  return recogniseBot(url) ?? (isLangfuse(new URL(url)) ? "langfuse" : null);
}

/** The kind of a channel, as somebody wishes it or as its address tells; or why there is none. */
export function chooseKind(url: string, wish: ChannelKind | null): ChannelKind | Said {
  const known = recogniseKind(url);
  if (known === null) return wish ?? said("channel_kind_unknown");
  if (typeof known === "object" || wish === null || wish === known) return known;
  return said("channel_kind_other", { kind: known });
}

/** An address as people may see it: whoever knows the whole of one may write to the group. */
export function maskAddress(url: string, kind: ChannelKind): string {
  if (kind === "langfuse") return url;
  const { origin } = new URL(url);
  return `${origin}/…${url.slice(-4)}`;
}
