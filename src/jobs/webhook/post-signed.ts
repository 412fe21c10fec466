import { Webhook } from "standardwebhooks";
import type { JobContext } from "../context.ts";
import { findCallbackProblem, isPublicAddress } from "./callback.ts";
import { readRetryAfter } from "./schedule.ts";

const TIMEOUT_MS = 20_000;

export interface ReceiverAnswer {
  /** null: none came. */
  status: number | null;
  error: string | null;
  retryAfterMs: number | null;
}

/** Posts one signed event to a receiver, if it may be asked at all. Never throws. */
export async function postSigned(
  context: JobContext,
  message: { url: string; id: string; payload: object },
): Promise<ReceiverAnswer> {
  const failed = (error: string): ReceiverAnswer => ({ status: null, error, retryAfterMs: null });
  const { webhookSecret, accessMode } = context.settings;
  if (webhookSecret === null) return failed("WEBHOOK_SECRET is not set.");
  const problem = await findHostProblem(context, message.url, accessMode === "open");
  if (problem !== null) return failed(problem);
  const sentAt = new Date(context.now());
  const body = JSON.stringify(message.payload);
  try {
    const response = await context.outside.fetch(message.url, {
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
    // Nobody reads it, and an unread body would hold the connection.
    await response.body?.cancel().catch(() => undefined);
    return {
      status: response.status,
      error: isAccepted(response) ? null : `The receiver answered ${response.status}.`,
      retryAfterMs: readRetryAfter(response.headers.get("retry-after"), context.now()),
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return failed(
      isTimeout ? "The receiver did not answer within 20 s." : "The receiver could not be reached.",
    );
  }
}

/** A redirect is a failure; it could lead anywhere. */
export function isAccepted({ status }: { status: number | null }): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** The name is looked up again before every attempt: it may lead elsewhere by now. */
async function findHostProblem(
  context: JobContext,
  url: string,
  isLocalhostAllowed: boolean,
): Promise<string | null> {
  const problem = findCallbackProblem(url, isLocalhostAllowed);
  if (problem !== null) return `The address ${problem}`;
  const { hostname, protocol } = new URL(url);
  if (protocol === "http:" || isPublicAddress(hostname.replace(/^\[|\]$/g, ""))) return null;
  const addresses = await context.outside.resolve(hostname).catch(() => []);
  if (addresses.length === 0) return "The name of the receiver could not be resolved.";
  return addresses.every(isPublicAddress)
    ? null
    : "The name of the receiver leads to an address that is not public.";
}
