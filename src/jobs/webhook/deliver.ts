import { Webhook } from "standardwebhooks";
import {
  claimDelivery,
  type DeliveryAttempt,
  type DeliveryRecord,
  type DeliveryState,
  settleDelivery,
} from "../../storage/deliveries.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import type { JobContext } from "../context.ts";
import { tryWake } from "../wake.ts";
import { findCallbackProblem, isPublicAddress } from "./callback.ts";
import { nextWaitMs, readRetryAfter } from "./schedule.ts";

const TIMEOUT_MS = 20_000;
const LEASE_MS = 60_000;

/** Makes one attempt at a webhook that is due, and plans the next when it fails. */
export async function deliverWebhook(
  context: JobContext,
  target: { project: string; id: string },
): Promise<void> {
  const now = context.now();
  const delivery = await claimDelivery(context.db, target, { now, leaseUntil: now + LEASE_MS });
  if (!delivery) return;
  const job = await getJob(context.db, delivery.project, delivery.jobId);
  const answer = await attempt(context, delivery, job);
  const state = stateAfter(answer);
  const waitMs =
    state === "pending"
      ? nextWaitMs(delivery.attempts, (now % 1000) / 1000, answer.retryAfterMs)
      : null;
  const nextAt = waitMs === null ? null : now + waitMs;
  const attemptLog: DeliveryAttempt = {
    at: now,
    status: answer.status,
    error: answer.error,
    ms: context.now() - now,
  };
  const settled: DeliveryState = state === "pending" && waitMs === null ? "failed" : state;
  await settleDelivery(context.db, delivery, { state: settled, nextAt, attempt: attemptLog });
  context.log({
    event: `webhook.${settled}`,
    job_id: delivery.jobId,
    attempt: delivery.attempts,
    status: answer.status,
    ms: attemptLog.ms,
  });
  if (waitMs === null) return;
  const message = { kind: "deliver", project: delivery.project, id: delivery.id } as const;
  await tryWake(context, [{ message, delaySeconds: Math.ceil(waitMs / 1000) }]);
}

interface Answer {
  status: number | null;
  error: string | null;
  retryAfterMs: number | null;
}

/** 410 says: never again to this address. A redirect is a failure; it could lead anywhere. */
function stateAfter({ status }: Answer): DeliveryState {
  if (status !== null && status >= 200 && status < 300) return "delivered";
  return status === 410 ? "disabled" : "pending";
}

async function attempt(
  context: JobContext,
  delivery: DeliveryRecord,
  job: JobRecord | null,
): Promise<Answer> {
  const failed = (error: string): Answer => ({ status: null, error, retryAfterMs: null });
  const { webhookSecret, accessMode } = context.settings;
  if (webhookSecret === null) return failed("WEBHOOK_SECRET is not set.");
  const problem = await findHostProblem(context, delivery.url, accessMode === "open");
  if (problem !== null) return failed(problem);
  const sentAt = new Date(context.now());
  const body = JSON.stringify(payloadOf(delivery, job));
  try {
    const response = await context.outside.fetch(delivery.url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Touchstone-Webhooks/1",
        "webhook-id": delivery.id,
        "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
        "webhook-signature": new Webhook(webhookSecret).sign(delivery.id, sentAt, body),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // Nobody reads it, and an unread body would hold the connection.
    await response.body?.cancel().catch(() => undefined);
    const isFine = response.status >= 200 && response.status < 300;
    return {
      status: response.status,
      error: isFine ? null : `The receiver answered ${response.status}.`,
      retryAfterMs: readRetryAfter(response.headers.get("retry-after"), context.now()),
    };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return failed(
      isTimeout ? "The receiver did not answer within 20 s." : "The receiver could not be reached.",
    );
  }
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

/** Thin: what ended and where to read it. Scores stay behind the key of whoever may read them. */
function payloadOf(delivery: DeliveryRecord, job: JobRecord | null) {
  const type = delivery.event;
  const timestamp = new Date(delivery.createdAt).toISOString();
  if (delivery.payload !== null) return { type, timestamp, data: JSON.parse(delivery.payload) };
  return {
    type,
    timestamp,
    data: {
      job_id: delivery.jobId,
      status: delivery.event.replace(/^job\./, ""),
      run_id: job?.runId ?? null,
      session_id: job?.sessionId ?? null,
      name: job?.name ?? null,
      status_url: job?.origin ? `${job.origin}/api/score/jobs/${delivery.jobId}` : null,
      report_url: job?.origin ? `${job.origin}/jobs/${delivery.jobId}` : null,
    },
  };
}
