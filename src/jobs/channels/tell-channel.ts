import { isBot } from "../../channels/kinds.ts";
import type { ScoredTrace } from "../../channels/langfuse.ts";
import { describeEvent, describeMany } from "../../channels/notice.ts";
import { claimMessage, type HeldMessage, settleMessage } from "../../storage/channel-messages.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import type { JobContext } from "../context.ts";
import { tryWake } from "../wake.ts";
import { payloadOf } from "../webhook/deliver.ts";
import { nextWaitMs } from "../webhook/schedule.ts";
import { loadEvents } from "./load-events.ts";
import { type Message, type Sent, sendMessage } from "./send.ts";

const LEASE_MS = 60_000;
/**
 * Between two messages to a group, far below the limit of every bot: people read one message of thirty events, not
 * thirty messages, and a 钉钉 group that hears more than twenty a minute hears nothing for ten.
 */
const QUIET_MS = 30_000;

/** Sends what a channel has to tell, as one message. */
export async function tellChannel(
  context: JobContext,
  target: { project: string; id: string },
): Promise<void> {
  const now = context.now();
  const holder = `msg_${context.newId()}`;
  const held = await claimMessage(context.db, target, { now, leaseUntil: now + LEASE_MS, holder });
  if (held === null) return;
  const { channel, told } = held;
  const sent =
    told.length === 0 ? null : await sendMessage(context, channel, await compose(context, held));
  const settlement = settlementOf(held, sent, now, context.now());
  const nextAt = await settleMessage(context.db, held, settlement);
  context.log({
    event: `channel.${settlement.state}`,
    channel_id: channel.id,
    events: told.length,
    status: sent?.status ?? null,
    ms: settlement.attempt.ms,
  });
  if (nextAt === null) return;
  const delaySeconds = Math.max(0, Math.ceil((nextAt - context.now()) / 1000));
  await tryWake(context, [{ message: { kind: "tell", ...target }, delaySeconds }]);
}

async function compose(context: JobContext, held: HeldMessage): Promise<Message> {
  const { channel, told, messageId } = held;
  const [first] = told;
  const events = await loadEvents(context, channel, told);
  const [event] = events;
  if (first === undefined || event === undefined) throw new Error("a message tells of something");
  const describe = { language: channel.language, origin: channel.origin };
  const job =
    first.payload === null ? await getJob(context.db, channel.project, first.jobId) : null;
  const { data, ...payload } = payloadOf(first, job);
  return {
    id: messageId,
    notice: events.length === 1 ? describeEvent(event, describe) : describeMany(events, describe),
    event: { ...payload, data: event.why === null ? data : { ...data, reason: event.why } },
    scored: job === null ? null : scoredTrace(job, channel.origin),
  };
}

function scoredTrace(job: JobRecord, origin: string | null): ScoredTrace {
  return {
    project: job.project,
    traceparent: job.traceparent ?? "",
    subject: job.trace?.run ?? job.id,
    jobId: job.id,
    judge: job.judge,
    outcomes: job.outcomes,
    reportUrl: origin === null ? null : `${origin}/jobs/${job.id}`,
  };
}

function settlementOf(
  { channel }: HeldMessage,
  sent: Sent | null,
  startedAt: number,
  now: number,
): Parameters<typeof settleMessage>[2] {
  const attempt = {
    at: startedAt,
    status: sent?.status ?? null,
    error: sent?.error ?? null,
    ms: now - startedAt,
  };
  const over = {
    attempt,
    freeAt: isBot(channel.kind) ? now + QUIET_MS : now,
    retryAt: null,
    isKeptTogether: false,
    refusal: null,
  };
  if (sent === null) return { ...over, state: "delivered" };
  if (sent.outcome === "refused") {
    return { ...over, state: "disabled", refusal: sent.reply };
  }
  if (sent.outcome === "ok") {
    return { ...over, state: channel.kind === "teams" ? "accepted" : "delivered" };
  }
  const waitMs = nextWaitMs(channel.failures + 1, (startedAt % 1000) / 1000, sent.waitMs);
  if (waitMs === null) return { ...over, state: "failed" };
  const retryAt = now + waitMs;
  return { ...over, state: "pending", retryAt, isKeptTogether: sent.status === null };
}
