import { utf8ToBytes } from "@noble/hashes/utils.js";
import { openSecret } from "../../access/sealed-secret.ts";
import { toBase64 } from "../../base64.ts";
import type { Verdict } from "../../channels/channel-kind.ts";
import { BOTS } from "../../channels/kinds.ts";
import {
  buildScores,
  judgeLangfuse,
  LANGFUSE_PATHS,
  type ScoredTrace,
} from "../../channels/langfuse.ts";
import type { Notice } from "../../channels/notice.ts";
import type { ChannelOutcome } from "../../contract/channel.ts";
import { AppError } from "../../errors.ts";
import type { ChannelRecord } from "../../storage/channels.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { post, type ReceiverAnswer } from "../webhook/post.ts";
import { postSigned } from "../webhook/post-signed.ts";

/** What a channel is sent: people read the notice, a system the event as data, Langfuse the scores. */
export interface Message {
  id: string;
  notice: Notice;
  event: { type: string; timestamp: string; data: unknown };
  /** What Langfuse is sent; null: it is only asked whether it knows us. */
  scored: ScoredTrace | null;
}

export interface Sent {
  outcome: ChannelOutcome;
  status: number | null;
  /** Why it counts as no delivery; null where it is one. */
  error: Said | null;
  /** The receiver's own words; empty: none. */
  reply: string;
  /** Not again before so many milliseconds, where the receiver says so. */
  waitMs: number | null;
}

type Addressed = Pick<ChannelRecord, "project" | "id" | "kind" | "address" | "secret">;

/** Makes one attempt and says what came of it. Never throws for what the receiver does or what is configured. */
export async function sendMessage(
  context: JobContext,
  channel: Addressed,
  message: Message,
): Promise<Sent> {
  try {
    return await sendOpened(context, channel, message);
  } catch (error) {
    // The key that opens address and secret is missing or another one: to be mended by the operator.
    if (!(error instanceof AppError)) throw error;
    return { outcome: "retry", status: null, error: error.said, reply: "", waitMs: null };
  }
}

async function sendOpened(
  context: JobContext,
  { project, id, kind, ...sealed }: Addressed,
  message: Message,
): Promise<Sent> {
  const open = (field: "address" | "secret", text: string) =>
    openSecret(context.settings, { project, row: id, field }, text);
  const url = await open("address", sealed.address);
  const secret = sealed.secret === null ? null : await open("secret", sealed.secret);
  if (kind === "webhook") {
    const answer = await postSigned(context, {
      url,
      id: message.id,
      payload: message.event,
      secret,
    });
    const outcome = answer.error === null ? "ok" : answer.status === 410 ? "refused" : "retry";
    return sentOf(answer, outcome, answer.status === null ? "" : String(answer.status));
  }
  if (kind === "langfuse") return writeScores(context, { url, keys: secret ?? "" }, message.scored);
  const bot = BOTS[kind];
  const built = bot.build(message.notice);
  const signed =
    secret === null || bot.sign === undefined
      ? { message: built, query: {} }
      : bot.sign(built, secret, context.now());
  const answer = await post(context, url, {
    body: JSON.stringify(signed.message),
    query: signed.query,
  });
  return judged(answer, bot.judge);
}

/** One after the other, up to the first that is not taken; what is sent again takes the place of the first. */
async function writeScores(
  context: JobContext,
  { url, keys }: { url: string; keys: string },
  scored: ScoredTrace | null,
): Promise<Sent> {
  const headers = { Authorization: `Basic ${toBase64(utf8ToBytes(keys))}` };
  const addressOf = (path: string) => new URL(path, url.endsWith("/") ? url : `${url}/`).href;
  if (scored === null) {
    const asked = await post(context, addressOf(LANGFUSE_PATHS.ask), { headers, method: "GET" });
    return judged(asked, judgeLangfuse);
  }
  let sent: Sent = { outcome: "ok", status: null, error: null, reply: "", waitMs: null };
  for (const score of buildScores(scored)) {
    const body = JSON.stringify(score);
    const answer = await post(context, addressOf(LANGFUSE_PATHS.write), { headers, body });
    sent = judged(answer, judgeLangfuse);
    if (sent.outcome !== "ok") return sent;
  }
  return sent;
}

function judged(answer: ReceiverAnswer, judge: (status: number, body: string) => Verdict): Sent {
  if (answer.status === null) return sentOf(answer, "retry", "");
  const verdict = judge(answer.status, answer.body);
  const waitMs = Math.max(answer.retryAfterMs ?? 0, verdict.restMs ?? 0);
  const error = verdict.outcome === "ok" ? null : said("bot_said", { reply: verdict.reply });
  return { ...sentOf(answer, verdict.outcome, verdict.reply), error, waitMs };
}

function sentOf(
  { status, error, retryAfterMs }: ReceiverAnswer,
  outcome: ChannelOutcome,
  reply: string,
): Sent {
  return { outcome, status, error, reply, waitMs: retryAfterMs };
}
