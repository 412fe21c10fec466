import { Webhook } from "standardwebhooks";
import { said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { NO_ANSWER, post, type ReceiverAnswer } from "./post.ts";

/** Posts one event to a receiver, signed as the Standard Webhooks say: with its own secret, or with that of this server. */
export async function postSigned(
  context: JobContext,
  message: { url: string; id: string; payload: object; secret?: string | null },
): Promise<ReceiverAnswer> {
  const secret = message.secret ?? context.settings.webhookSecret;
  if (secret === null) return { ...NO_ANSWER, error: said("webhook_no_secret") };
  const sentAt = new Date(context.now());
  const body = JSON.stringify(message.payload);
  return post(context, message.url, {
    body,
    headers: {
      "webhook-id": message.id,
      "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(message.id, sentAt, body),
    },
  });
}
