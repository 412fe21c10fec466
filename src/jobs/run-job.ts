import { ScoreRequest } from "../contract/score-request.ts";
import { errorForLog } from "../error-for-log.ts";
import { tokensTold } from "../scoring/usage.ts";
import { getInput } from "../storage/artifacts.ts";
import { noteJudgeFailure, readPause } from "../storage/breaker.ts";
import type { JobRecord } from "../storage/job-records.ts";
import {
  type ClaimedSample,
  claimSamples,
  extendLease,
  holdsSample,
} from "../storage/moves/claim-samples.ts";
import { failJob } from "../storage/moves/end-job.ts";
import { releaseSample } from "../storage/moves/release-sample.ts";
import { said } from "../words/said.ts";
import { waitForJudge } from "./breaker.ts";
import { wakeChannels } from "./channels/wake-channels.ts";
import type { JobContext } from "./context.ts";
import { finishSingle } from "./finish-single.ts";
import { keepAlive } from "./heartbeat.ts";
import { LEASE_MS, MAX_CRASHES } from "./job.ts";
import { decideRetry, LONGEST_DELAY_MS } from "./retry-policy.ts";
import { scoreOne } from "./score-one.ts";
import { toTelemetry } from "./telemetry/describe-scored.ts";
import { exportScored } from "./telemetry/export-scored.ts";
import { wakeAllTold, wakeDeliveries } from "./webhook/wake-deliveries.ts";

export type RunResult =
  /** Nothing was free: done, cancelled, unknown, held by a living consumer, or waiting for the judge. */
  { kind: "nothing" } | { kind: "ended" } | { kind: "retry"; delaySeconds: number };

export interface RunTarget {
  project: string;
  id: string;
  from: number;
  to: number;
}

/**
 * Claims one sample of a job, scores it, writes the report and finishes. Safe to call any number of times, by any
 * number of consumers at once: the claim picks one, the attempt fences the others.
 */
export async function runJob(context: JobContext, target: RunTarget): Promise<RunResult> {
  const [result] = runJobs(context, [target]);
  return result ?? { kind: "nothing" };
}

/** The same for several jobs at once; they are claimed together, then each goes its own way. */
export function runJobs(context: JobContext, targets: readonly RunTarget[]): Promise<RunResult>[] {
  const now = context.now();
  const claims = claimSamples(
    context.db,
    targets.map(({ id, ...target }) => ({ ...target, jobId: id })),
    { now, leaseUntil: now + LEASE_MS },
  );
  return targets.map(async ({ project, id }, at): Promise<RunResult> => {
    const claim = (await claims)[at] ?? null;
    const [sample] = claim?.samples ?? [];
    if (claim && sample) return runClaimed(context, claim.job, sample);
    await waitForJudge(context, { project, jobId: id });
    return { kind: "nothing" };
  });
}

const CRASHED = {
  code: "exhausted",
  message: said("cut_off"),
};

async function runClaimed(
  context: JobContext,
  job: JobRecord,
  claimed: ClaimedSample,
): Promise<RunResult> {
  const holder = {
    project: job.project,
    jobId: job.id,
    seq: claimed.seq,
    attempt: claimed.attempt,
  };
  const startedAt = context.now();
  context.live.tell(job, "moved");
  if (claimed.crashes > MAX_CRASHES) {
    await failJob(context.db, holder, startedAt, CRASHED);
    context.log({
      event: "job.failed",
      job_id: job.id,
      attempt: claimed.attempt,
      code: CRASHED.code,
    });
    await wakeAllTold(context, job);
    return { kind: "ended" };
  }
  const life = keepAlive({
    extend: () => extendLease(context.db, holder, context.now() + LEASE_MS),
    isHeld: () => holdsSample(context.db, holder),
  });
  try {
    const request = await readInput(context, claimed);
    const keepsNoTexts = request.store_text === false;
    const isPaused = job.fallback !== null && (await readPause(context.db, context.now())) !== null;
    const { project, metrics, fallback } = job;
    const sample = { project, id: claimed.sampleId, metrics, fallback };
    const one = await scoreOne(context, request, sample, isPaused, life.signal);
    const { result, chosen, warnings, failure } = one;
    const isWinner = await finishSingle(context, {
      job,
      holder,
      sampleId: claimed.sampleId,
      result,
      chosen,
      warnings,
      failure,
      keepsNoTexts,
      thresholds: request.thresholds,
    });
    const mayForget = keepsNoTexts && failure === null;
    if (isWinner && mayForget && claimed.inputKey) await context.bucket.delete(claimed.inputKey);
    context.log({
      event: !isWinner ? "job.fenced" : failure ? "job.failed" : "job.finished",
      job_id: job.id,
      attempt: claimed.attempt,
      ms: context.now() - startedAt,
      judge_calls: result.usage.judge_calls,
      tokens: tokensTold(result.usage),
      ...(failure ? { code: failure.code } : {}),
    });
    if (isWinner) {
      await (failure === null && job.traceparent === null ? wakeDeliveries : wakeAllTold)(
        context,
        job,
      );
      exportScored(context, job, [toTelemetry(one, holder)]);
    }
    return { kind: "ended" };
  } catch (error) {
    if (life.signal.aborted) return { kind: "nothing" };
    return handleFailure(context, job, holder, error);
  } finally {
    life.end();
  }
}

async function handleFailure(
  context: JobContext,
  job: JobRecord,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  error: unknown,
): Promise<RunResult> {
  const now = context.now();
  const decision = decideRetry(error, holder.attempt, (now % 1000) / 1000, now - job.createdAt);
  context.log({
    event: decision.action === "fail" ? "job.failed" : "job.retrying",
    job_id: holder.jobId,
    attempt: holder.attempt,
    code: decision.error.code,
    error: errorForLog(error),
  });
  if (decision.action === "fail") {
    await failJob(context.db, holder, now, decision.error);
    await wakeAllTold(context, job);
    return { kind: "ended" };
  }
  const pausedUntil = decision.isJudgeAway
    ? await noteJudgeFailure(context.db, now, decision.error.message, 1, decision.restMs)
    : null;
  if (pausedUntil !== null) await wakeChannels(context);
  const pauseMs = Math.min(LONGEST_DELAY_MS, (pausedUntil ?? now) - now);
  const wakeAt = now + Math.max(pauseMs, decision.delaySeconds * 1000);
  await releaseSample(context.db, holder, { now, wakeAt }, decision.error);
  context.live.tell(job, "moved");
  return { kind: "retry", delaySeconds: Math.ceil((wakeAt - now) / 1000) };
}

async function readInput(context: JobContext, claimed: ClaimedSample): Promise<ScoreRequest> {
  const text =
    claimed.input ?? (claimed.inputKey ? await getInput(context.bucket, claimed.inputKey) : null);
  if (text === null) throw new Error(`the input of sample ${claimed.seq} is gone`);
  return ScoreRequest.parse(JSON.parse(text));
}
