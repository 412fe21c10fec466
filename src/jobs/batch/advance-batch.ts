import { errorForLog } from "../../error-for-log.ts";
import {
  type BatchRecord,
  type BatchStage,
  claimBatch,
  extendBatchLease,
  getBatch,
  holdsBatch,
  releaseBatch,
} from "../../storage/batches.ts";
import { listDueChunks } from "../../storage/chunks.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { failJob } from "../../storage/moves/end-job.ts";
import { waitForJudge } from "../breaker.ts";
import type { JobContext } from "../context.ts";
import { wakeAsks } from "../experiments/wake-asks.ts";
import { keepAlive } from "../heartbeat.ts";
import { LEASE_MS } from "../job.ts";
import { decideRetry } from "../retry-policy.ts";
import { tryWake } from "../wake.ts";
import { wakeAllTold } from "../webhook/wake-deliveries.ts";
import { planBatch } from "./plan-batch.ts";
import { reportBatch } from "./report-batch.ts";

interface Target {
  project: string;
  id: string;
}

/** Does whatever a batch needs next. Safe to call at any time, any number of times. */
export async function advanceBatch(context: JobContext, target: Target): Promise<void> {
  const { project, id } = target;
  const batch = await getBatch(context.db, id);
  if (!batch) return;
  if (batch.isAsking) return wakeAsks(context, target);
  if (batch.plannedAt === null) return runStage(context, target, "plan");
  const { due, isAnyOpen } = await listDueChunks(context.db, id, LANES, context.now());
  if (!isAnyOpen) return runStage(context, target, "report");
  await tryWake(
    context,
    due.map((n) => ({ message: { kind: "chunk", project, id, n } as const })),
  );
  await waitForJudge(context, { project, jobId: id });
}

/** Makes the report of a batch whose samples are all done; nothing otherwise. */
export async function reportWhenDone(context: JobContext, target: Target): Promise<void> {
  await runStage(context, target, "report");
}

async function runStage(context: JobContext, target: Target, stage: BatchStage): Promise<void> {
  const now = context.now();
  const claim = await claimBatch(context.db, { project: target.project, jobId: target.id }, stage, {
    now,
    leaseUntil: now + LEASE_MS,
  });
  if (!claim) return;
  const { job, batch } = claim;
  const holder = { project: job.project, jobId: job.id, attempt: batch.attempt };
  const life = keepAlive({
    extend: () => extendBatchLease(context.db, holder, context.now() + LEASE_MS),
    isHeld: () => holdsBatch(context.db, holder),
  });
  try {
    const isDone =
      stage === "plan"
        ? await planBatch(context, job, batch, life.signal)
        : await reportBatch(context, job, batch);
    context.log({
      event: isDone ? `batch.${stage === "plan" ? "planned" : "reported"}` : "batch.fenced",
      job_id: job.id,
      attempt: batch.attempt,
      ms: context.now() - now,
    });
    if (!isDone) return;
    if (stage === "report") return await wakeAllTold(context, job);
    context.live.tell(job, "moved");
    await context.bucket.delete(batch.uploadKey).catch(() => undefined);
    await advanceBatch(context, target);
  } catch (error) {
    if (life.signal.aborted) return;
    await handleFailure(context, job, batch, error);
  } finally {
    life.end();
  }
}

async function handleFailure(
  context: JobContext,
  job: JobRecord,
  batch: BatchRecord,
  error: unknown,
): Promise<void> {
  const now = context.now();
  const decision = decideRetry(error, batch.failures + 1, (now % 1000) / 1000);
  context.log({
    event: decision.action === "fail" ? "job.failed" : "job.retrying",
    job_id: job.id,
    attempt: batch.attempt,
    code: decision.error.code,
    error: errorForLog(error),
  });
  const who = { project: job.project, jobId: job.id, attempt: batch.attempt };
  if (decision.action === "fail") {
    await failJob(context.db, { ...who, attempt: null }, now, decision.error);
    return wakeAllTold(context, job);
  }
  const { delaySeconds } = decision;
  await releaseBatch(context.db, who, { now, wakeAt: now + delaySeconds * 1000 }, decision.error);
  const message = { kind: "plan", project: job.project, id: job.id } as const;
  await tryWake(context, [{ message, delaySeconds }]);
}

/**
 * Messages of one batch under way at once, each in a lane of its own: as many as the queue works on at the same time
 * (`max_concurrency` × `max_batch_size`). The rest of a batch waits in the table, not in the queue, so a job that is
 * submitted meanwhile does not stand behind thousands of messages.
 */
export const LANES = 50;
