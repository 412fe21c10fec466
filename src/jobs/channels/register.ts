import { sealSecret } from "../../access/sealed-secret.ts";
import { BOTS, chooseKind, isBot, maskAddress } from "../../channels/kinds.ts";
import type { ChannelEventName, ChannelKind } from "../../contract/channel.ts";
import type { Language } from "../../contract/outcome.ts";
import { AppError, refuseField } from "../../errors.ts";
import { openDestination } from "../../net/destination.ts";
import { digestHex } from "../../sha256.ts";
import {
  CHANNEL_PREFIX,
  type ChannelRecord,
  findChannelByAddress,
  getChannel,
  insertChannel,
  listChannels,
} from "../../storage/channels.ts";
import { said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { webhookReach } from "../webhook/post.ts";

/** Of those people have chosen, and as many that `callback_url`s brought: who may only submit takes no place of theirs. */
const MOST_OF_A_SORT = 20;
/** Of a project: a list a person can still read. */
export const MOST_CHANNELS = 2 * MOST_OF_A_SORT;

export interface ChannelWish {
  project: string;
  name: string;
  kind: ChannelKind | null;
  url: string;
  secret: string | null;
  events: ChannelEventName[];
  language: Language;
  /** Of the dashboard that links lead to. */
  origin: string | null;
  createdBy: string;
}

/**
 * Writes a channel; null: the project has one with this address.
 * @throws AppError for an address or secret that cannot be used, when there are too many, or without SECRETS_KEY
 */
export async function addChannel(
  context: JobContext,
  wish: ChannelWish,
): Promise<ChannelRecord | null> {
  const { db, settings, now, newId } = context;
  const { project, name, url, secret, events, language, origin, createdBy } = wish;
  const id = `${CHANNEL_PREFIX}${newId()}`;
  const row = { project, id };
  const address = await sealAddress(context, row, { url, kind: wish.kind });
  if (address.kind === "webhook" && secret === null && settings.webhookSecret === null) {
    throw refuseField("secret", said("set_webhook_secret"));
  }
  checkFit(address.kind, { hasSecret: secret !== null, events });
  await checkRoom(db, project, events);
  const isNew = await insertChannel(db, {
    ...row,
    ...address,
    secret: secret === null ? null : await sealSecretOf(context, row, address.kind, secret),
    ...{ name, events, language, origin, createdBy, createdAt: now() },
  });
  if (!isNew) return null;
  return getChannel(db, project, id);
}

/** A channel that wants to know of nothing is there for the callbacks that name it. @throws AppError when there are too many */
export async function checkRoom(
  db: D1Database,
  project: string,
  events: readonly ChannelEventName[],
): Promise<void> {
  const isChosen = events.length > 0;
  const channels = await listChannels(db, project, MOST_CHANNELS);
  const alike = channels.filter((channel) => channel.events.length > 0 === isChosen);
  if (alike.length < MOST_OF_A_SORT) return;
  const problem = isChosen ? "conflict.channels" : "conflict.callback_channels";
  throw new AppError(said(problem, { limit: MOST_OF_A_SORT }));
}

/** The channel a bot's address of a callback belongs to; the first that names it adds it. */
export async function channelOfCallback(
  context: JobContext,
  wish: Pick<ChannelWish, "project" | "url" | "language" | "origin" | "createdBy">,
): Promise<string> {
  const digest = await digestOf(wish.url);
  const find = () => findChannelByAddress(context.db, wish.project, digest);
  const known = await find();
  if (known !== null) return known.id;
  const name = new URL(wish.url).hostname;
  const added = await addChannel(context, { ...wish, name, kind: null, secret: null, events: [] });
  const channel = added ?? (await find());
  if (channel === null) throw new AppError(said("not_found.channel", { id: name }));
  return channel.id;
}

/** @throws AppError for what a kind cannot be without, or cannot be told of */
export function checkFit(
  kind: ChannelKind,
  { hasSecret, events }: { hasSecret: boolean; events: readonly ChannelEventName[] },
): void {
  if (kind === "langfuse" && !hasSecret) throw refuseField("secret", said("channel_langfuse_keys"));
  const isFit = (event: ChannelEventName) =>
    kind === "webhook" || (event === "trace.scored") === (kind === "langfuse");
  const other = events.find((event) => !isFit(event));
  if (other !== undefined) throw refuseField("events", said("channel_events", { event: other }));
}

/** The columns of an address, encrypted. */
export async function sealAddress(
  { settings }: Pick<JobContext, "settings">,
  { project, id }: { project: string; id: string },
  { url, kind: wish }: { url: string; kind: ChannelKind | null },
): Promise<Pick<ChannelRecord, "kind" | "address" | "addressDigest" | "masked">> {
  const receiver = openDestination(url, webhookReach(settings));
  if ("code" in receiver) throw refuseField("url", said("url", { problem: receiver }));
  const kind = chooseKind(url, wish);
  if (typeof kind === "object")
    throw refuseField(kind.code === "channel_kind_unknown" ? "kind" : "url", kind);
  return {
    kind,
    address: await sealSecret(settings, { project, row: id, field: "address" }, url),
    addressDigest: await digestOf(url),
    masked: maskAddress(url, kind),
  };
}

export async function sealSecretOf(
  { settings }: Pick<JobContext, "settings">,
  { project, id }: { project: string; id: string },
  kind: ChannelKind,
  secret: string,
): Promise<string> {
  if (isBot(kind) && !BOTS[kind].hasSecret) {
    throw refuseField("secret", said("channel_no_secret", { kind }));
  }
  if (kind === "webhook" && !/^(?:whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/.test(secret)) {
    throw refuseField("secret", said("channel_webhook_secret"));
  }
  if (kind === "langfuse" && !/^[^\s:]+:[^\s:]+$/.test(secret)) {
    throw refuseField("secret", said("channel_langfuse_keys"));
  }
  return sealSecret(settings, { project, row: id, field: "secret" }, secret);
}

function digestOf(url: string): Promise<string> {
  return digestHex(new URL(url).href);
}
