import { actorOf, audit } from "../../access/audit.ts";
import { recogniseKind } from "../../channels/kinds.ts";
import type { Channel } from "../../contract/channel.ts";
import { AppError } from "../../errors.ts";
import { type Http, originOf, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import {
  addChannel,
  checkFit,
  checkRoom,
  MOST_CHANNELS,
  sealAddress,
  sealSecretOf,
} from "../../jobs/channels/register.ts";
import { testChannel } from "../../jobs/channels/test-channel.ts";
import { wakeChannels } from "../../jobs/channels/wake-channels.ts";
import { listLogOfChannel } from "../../storage/channel-messages.ts";
import {
  type ChannelChange,
  type ChannelRecord,
  changeChannel,
  closeChannel,
  deleteChannel,
  getChannel,
  listChannels,
  openChannel,
} from "../../storage/channels.ts";
import { said } from "../../words/said.ts";
import { viewDelivery } from "../jobs/deliveries.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { CHANNEL_ROUTES } from "./routes.ts";

const LOG_ROWS = 100;

export const CHANNEL_HANDLERS = {
  async list_channels(http) {
    const channels = await listChannels(
      http.get("jobs").db,
      http.get("caller").project,
      MOST_CHANNELS,
    );
    return { channels: channels.map(viewChannel) };
  },

  async create_channel(http, { body: wish }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const channel = await addChannel(context, {
      ...wish,
      project: caller.project,
      origin: originOf(http),
      createdBy: actorOf(caller),
    });
    if (channel === null) throw new AppError(said("conflict.channel_address"));
    const detail = { kind: channel.kind, name: channel.name };
    await audit(context, caller, { action: "channel.created", target: channel.id, detail });
    return viewChannel(channel);
  },

  /** What it was told for goes on as it is; another address or secret opens what was refused. */
  async change_channel(http, { params, body: wish }) {
    const context = http.get("jobs");
    const channel = await findChannel(http, params.channel_id);
    const { enabled, url, secret, ...plain } = wish;
    if (plain.events !== undefined && channel.events.length === 0) {
      await checkRoom(context.db, channel.project, plain.events);
    }
    const address = url === undefined ? {} : await moveTo(http, channel, url);
    const kind = address.kind ?? channel.kind;
    const kept = address.secret === undefined ? channel.secret : address.secret;
    checkFit(kind, {
      hasSecret: (secret === undefined ? kept : secret) !== null,
      events: plain.events ?? channel.events,
    });
    const sealed =
      secret === undefined || secret === null
        ? { secret }
        : { secret: await sealSecretOf(context, channel, kind, secret) };
    const changes: ChannelChange = {
      ...plain,
      ...address,
      ...(sealed.secret === undefined ? {} : { secret: sealed.secret }),
      origin: originOf(http),
    };
    if (!(await changeChannel(context.db, channel, changes))) {
      throw new AppError(said("conflict.channel_address"));
    }
    const isMended = (url !== undefined || secret !== undefined) && channel.state === "refused";
    if (enabled === true || (isMended && enabled === undefined)) {
      await openChannel(context.db, channel, context.now());
      await wakeChannels(context);
    } else if (enabled === false) {
      await closeChannel(context.db, channel, { state: "off", refusal: null, refusedAt: null });
    }
    return viewChannel(await findChannel(http, channel.id));
  },

  async delete_channel(http, { params: { channel_id: id } }) {
    const isGone = await deleteChannel(http.get("jobs").db, http.get("caller").project, id);
    if (!isGone) throw channelNotFound(id);
  },

  async test_channel(http, { params }) {
    const channel = await findChannel(http, params.channel_id);
    return testChannel(http.get("jobs"), channel, readerOf(http));
  },

  async list_channel_deliveries(http, { params }) {
    const channel = await findChannel(http, params.channel_id);
    const log = await listLogOfChannel(http.get("jobs").db, channel, LOG_ROWS);
    return {
      deliveries: log.map((delivery) => ({
        ...viewDelivery(delivery, readerOf(http)),
        message_id: delivery.messageId,
      })),
    };
  },
} satisfies Partial<Handlers<typeof CHANNEL_ROUTES>>;

/** Another origin is somebody else, who must not learn how the last one was signed for. */
async function moveTo(http: Http, channel: ChannelRecord, url: string): Promise<ChannelChange> {
  const isKnown = URL.canParse(url) && recogniseKind(url) !== null;
  const address = await sealAddress(http.get("jobs"), channel, {
    url,
    kind: isKnown ? null : channel.kind,
  });
  const isElsewhere = new URL(url).origin !== new URL(channel.masked).origin;
  return isElsewhere || address.kind !== channel.kind ? { ...address, secret: null } : address;
}

async function findChannel(http: Http, id: string): Promise<ChannelRecord> {
  const channel = await getChannel(http.get("jobs").db, http.get("caller").project, id);
  if (channel === null) throw channelNotFound(id);
  return channel;
}

function channelNotFound(id: string): AppError {
  return new AppError(said("not_found.channel", { id: id.slice(0, 100) }));
}

function viewChannel(channel: ChannelRecord): Channel {
  return {
    channel_id: channel.id,
    name: channel.name,
    kind: channel.kind,
    url: channel.masked,
    has_secret: channel.secret !== null,
    events: channel.events,
    language: channel.language,
    state: channel.state,
    refusal: channel.refusal,
    refused_at: channel.refusedAt === null ? null : isoTime(channel.refusedAt),
    created_at: isoTime(channel.createdAt),
    created_by: channel.createdBy,
  };
}
