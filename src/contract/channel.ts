import * as z from "zod";
import { Delivery } from "./delivery.ts";
import { Language } from "./outcome.ts";

/** Where people are told; `langfuse`: scores go back to the traces they are of. */
export const ChannelKind = z.enum([
  "feishu",
  "dingtalk",
  "wecom",
  "slack",
  "teams",
  "webhook",
  "langfuse",
]);
export type ChannelKind = z.infer<typeof ChannelKind>;

/** What people are told of. `trace.scored`, an answer that came with a trace: for systems, not for groups. */
export const ChannelEventName = z.enum([
  "alert.firing",
  "alert.resolved",
  "gate.failed",
  "job.failed",
  "judge.paused",
  "quota.reached",
  "trace.scored",
  "schedule.finished",
]);
export type ChannelEventName = z.infer<typeof ChannelEventName>;

const name = z.string().trim().min(1).max(100);
const url = z.string().trim().min(1).max(2000);
const secret = z.string().trim().min(1).max(200).nullable();
const events = z.array(ChannelEventName).min(1);

/** `POST /api/channels`: tell a group of people, or a system, what happens in this project. */
export const CreateChannel = z.strictObject({
  name,
  /** Left out: found from the address. */
  kind: ChannelKind.nullable().default(null),
  /** Whoever knows it may write to the group: kept encrypted, and never shown again as a whole. */
  url,
  /** What the bot checks signatures with (飞书, 钉钉), a webhook's `whsec_…`, or `pk-lf-…:sk-lf-…` of Langfuse; kept encrypted and never shown. */
  secret: secret.default(null),
  events,
  /** Of what is written there. */
  language: Language.default("zh"),
});
export type CreateChannel = z.infer<typeof CreateChannel>;

/** `PATCH /api/channels/{channel_id}`: what is left out stays. */
export const ChangeChannel = z.strictObject({
  name: name.optional(),
  /** Another origin deletes the secret, unless a new one comes with it. */
  url: url.optional(),
  secret: secret.optional(),
  events: events.optional(),
  language: Language.optional(),
  /** `true` also opens what a bot had refused, and sends what waited for it. */
  enabled: z.boolean().optional(),
});
export type ChangeChannel = z.infer<typeof ChangeChannel>;

export const Channel = z.object({
  channel_id: z.string(),
  name: z.string(),
  kind: ChannelKind,
  /** Its origin and last characters. */
  url: z.string(),
  has_secret: z.boolean(),
  events: z.array(ChannelEventName),
  language: Language,
  /** `refused`: the bot said no for good; nothing is sent until somebody changes or tests it. */
  state: z.enum(["on", "off", "refused"]),
  /** What it said, in its own words. */
  refusal: z.string().nullable(),
  refused_at: z.string().nullable(),
  created_at: z.string(),
  created_by: z.string(),
});
export type Channel = z.infer<typeof Channel>;

export const ChannelList = z.object({ channels: z.array(Channel) });
export type ChannelList = z.infer<typeof ChannelList>;

/** What came of a message: `retry` may work later, `refused` will not. */
export const ChannelOutcome = z.enum(["ok", "retry", "refused"]);
export type ChannelOutcome = z.infer<typeof ChannelOutcome>;

export const ChannelTest = z.object({
  outcome: ChannelOutcome,
  /** HTTP status of the receiver; null when no answer came. */
  status: z.number().nullable(),
  /** What the receiver said, in its own words; ours where it said nothing. */
  reply: z.string(),
});
export type ChannelTest = z.infer<typeof ChannelTest>;

export const ChannelLog = z.object({
  deliveries: z.array(
    Delivery.extend({
      /** The message that told of it: one of several is a digest. */
      message_id: z.string().nullable(),
    }),
  ),
});
export type ChannelLog = z.infer<typeof ChannelLog>;
