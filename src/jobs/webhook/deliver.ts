import { claimDelivery, type DeliveryRecord, settleDelivery } from "../../storage/deliveries.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import type { DeliveryAttempt, DeliveryState } from "../../storage/schema.ts";
import type { JobContext } from "../context.ts";
import { tryWake } from "../wake.ts";
import { isAccepted, type ReceiverAnswer } from "./post.ts";
import { postSigned } from "./post-signed.ts";
import { nextWaitMs } from "./schedule.ts";

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
  const answer = await postSigned(context, {
    url: delivery.url,
    id: delivery.id,
    payload: payloadOf(delivery, job),
  });
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

/** 410 says: never again to this address. */
function stateAfter(answer: ReceiverAnswer): DeliveryState {
  if (isAccepted(answer)) return "delivered";
  return answer.status === 410 ? "disabled" : "pending";
}

/** Thin: what ended and where to read it. Scores stay behind the key of whoever may read them. */
export function payloadOf(
  delivery: Pick<DeliveryRecord, "event" | "createdAt" | "payload" | "jobId">,
  job: JobRecord | null,
) {
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
