import { Webhook } from "standardwebhooks";
import { addressAt, findLookupProblem, openDestination } from "../../net/destination.ts";
import { drop } from "../../net/read-answer.ts";
import { readRetryAfter } from "../../net/retry-after.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { webhookReach } from "./callback.ts";

const TIMEOUT_MS = 20_000;

export interface ReceiverAnswer {
  /** null: none came. */
  status: number | null;
  error: Said | null;
  retryAfterMs: number | null;
}

/** Posts one signed event to a receiver, if it may be asked at all. Never throws. */
export async function postSigned(
  context: JobContext,
  message: { url: string; id: string; payload: object },
): Promise<ReceiverAnswer> {
  const failed = (error: Said): ReceiverAnswer => ({ status: null, error, retryAfterMs: null });
  const { webhookSecret } = context.settings;
  if (webhookSecret === null) return failed(said("webhook_no_secret"));
  const receiver = openDestination(message.url, webhookReach(context.settings));
  if ("code" in receiver) return failed(said("webhook_address", { problem: receiver }));
  const problem = await findLookupProblem(receiver, context.outside.resolve);
  if (problem !== null) return failed(problem);
  const sentAt = new Date(context.now());
  const body = JSON.stringify(message.payload);
  try {
    const response = await context.outside.fetch(addressAt(receiver).href, {
      method: "POST",
      redirect: "manual",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Touchstone-Webhooks/1",
        "webhook-id": message.id,
        "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
        "webhook-signature": new Webhook(webhookSecret).sign(message.id, sentAt, body),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await drop(response);
    return {
      status: response.status,
      error: isAccepted(response) ? null : said("receiver_status", { status: response.status }),
      retryAfterMs: readRetryAfter(response.headers.get("retry-after"), context.now()),
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return failed(
      isTimeout
        ? said("receiver_slow", { seconds: TIMEOUT_MS / 1000 })
        : said("receiver_unreachable"),
    );
  }
}

/** A redirect is a failure; it could lead anywhere. */
export function isAccepted({ status }: { status: number | null }): boolean {
  return status !== null && status >= 200 && status < 300;
}
