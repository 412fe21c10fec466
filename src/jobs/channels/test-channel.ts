import { describeEvent } from "../../channels/notice.ts";
import type { ChannelTest } from "../../contract/channel.ts";
import { AppError } from "../../errors.ts";
import { type ChannelRecord, closeChannel, openChannel } from "../../storage/channels.ts";
import { takeTurn } from "../../storage/facts.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";
import type { JobContext } from "../context.ts";
import { blankEvent } from "./load-events.ts";
import { sendMessage } from "./send.ts";
import { wakeChannels } from "./wake-channels.ts";

/** Twelve tests a minute and two messages are what the strictest bot takes with room to spare. */
const TEST_EVERY_MS = 5000;

/** One message at once. What a bot says to it holds for the channel: a yes opens it, a no for good closes it. */
export async function testChannel(
  context: JobContext,
  channel: ChannelRecord,
  reader: Reader,
): Promise<ChannelTest> {
  const now = context.now();
  const { id, project, language, origin } = channel;
  if (!(await takeTurn(context.db, `channel_test:${id}`, now, now + TEST_EVERY_MS))) {
    throw new AppError(said("rate_limited.channel_test"), {
      retryAfterSeconds: TEST_EVERY_MS / 1000,
    });
  }
  const event = { ...blankEvent({ event: "channel.test", createdAt: now }, project), path: "/" };
  const sent = await sendMessage(context, channel, {
    id: `msg_${context.newId()}`,
    notice: describeEvent(event, { language, origin }),
    event: { type: event.name, timestamp: new Date(now).toISOString(), data: { project } },
    scored: null,
  });
  if (sent.outcome === "ok" && channel.state === "refused") {
    await openChannel(context.db, channel, now);
    await wakeChannels(context);
  }
  if (sent.outcome === "refused" && channel.state === "on") {
    await closeChannel(context.db, channel, {
      state: "refused",
      refusal: sent.reply,
      refusedAt: now,
    });
  }
  const ours = sent.error ?? (channel.kind === "teams" ? said("bot_took_it") : null);
  const reply =
    channel.kind !== "teams" && sent.reply !== "" ? sent.reply : ours && say(ours, reader);
  return { outcome: sent.outcome, status: sent.status, reply: reply ?? "" };
}
