import { maskTexts } from "../access/mask-texts.ts";
import { ScoreRequest } from "../contract.ts";
import { scoringOptions } from "../intake/scoring-options.ts";
import { toSample } from "../intake/to-sample.ts";
import { scoreSample } from "../scoring/score-sample.ts";
import { getInput } from "../storage/artifacts.ts";
import {
  type ClaimedSample,
  claimSamples,
  extendLease,
  failJob,
  releaseSample,
} from "../storage/job-moves.ts";
import type { JobRecord } from "../storage/job-records.ts";
import type { JobContext } from "./context.ts";
import { finishSingle } from "./finish-single.ts";
import { HEARTBEAT_MS, LEASE_MS } from "./job.ts";
import { decideRetry } from "./retry-policy.ts";

export type RunResult =
  /** Nothing was free: done, cancelled, unknown, or held by a living consumer. */
  { kind: "nothing" } | { kind: "ended" } | { kind: "retry"; delaySeconds: number };

/**
 * Claims one sample of a job, scores it, writes the report and finishes. Safe to call any number of times, by any
 * number of consumers at once: the claim picks one, the attempt fences the others.
 */
export async function runJob(
  context: JobContext,
  target: { project: string; id: string; from: number; to: number },
): Promise<RunResult> {
  const now = context.now();
  const claim = await claimSamples(
    context.db,
    { project: target.project, jobId: target.id, from: target.from, to: target.to },
    { now, leaseUntil: now + LEASE_MS },
  );
  const [sample] = claim?.samples ?? [];
  if (!claim || !sample) return { kind: "nothing" };
  return runClaimed(context, claim.job, sample);
}

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
  const cancelled = new AbortController();
  const startedAt = context.now();
  const heartbeat = setInterval(async () => {
    const isHeld = await extendLease(context.db, holder, context.now() + LEASE_MS).catch(
      () => true,
    );
    if (!isHeld) cancelled.abort();
  }, HEARTBEAT_MS);
  try {
    const request = await readInput(context, claimed);
    const keepsNoTexts = request.store_text === false;
    const chosen = context.chooseJudge({
      judge: request.judge,
      judgeModel: request.judge_model,
      embeddingModel: request.embedding_model,
      keepsNoTexts,
    });
    const scored = await scoreSample(toSample(request), {
      id: claimed.sampleId,
      metrics: job.metrics,
      judge: chosen.judge,
      ...scoringOptions(request),
      signal: cancelled.signal,
    });
    const result = keepsNoTexts ? { ...scored, evidence: maskTexts(scored.evidence) } : scored;
    const isWinner = await finishSingle(context, {
      job,
      holder,
      sampleId: claimed.sampleId,
      result,
      chosen,
      keepsNoTexts,
    });
    if (isWinner && keepsNoTexts && claimed.inputKey) await context.bucket.delete(claimed.inputKey);
    context.log({
      event: isWinner ? "job.finished" : "job.fenced",
      job_id: job.id,
      attempt: claimed.attempt,
      ms: context.now() - startedAt,
      judge_calls: result.usage.judge_calls,
      tokens: result.usage.prompt_tokens + result.usage.completion_tokens,
    });
    return { kind: "ended" };
  } catch (error) {
    if (cancelled.signal.aborted) return { kind: "nothing" };
    return handleFailure(context, holder, error);
  } finally {
    clearInterval(heartbeat);
  }
}

async function handleFailure(
  context: JobContext,
  holder: { project: string; jobId: string; seq: number; attempt: number },
  error: unknown,
): Promise<RunResult> {
  const now = context.now();
  const decision = decideRetry(error, holder.attempt, (now % 1000) / 1000);
  context.log({
    event: decision.action === "fail" ? "job.failed" : "job.retrying",
    job_id: holder.jobId,
    attempt: holder.attempt,
    code: decision.error.code,
    error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : "unknown",
  });
  if (decision.action === "fail") {
    await failJob(context.db, holder, now, decision.error);
    return { kind: "ended" };
  }
  const wakeAt = now + decision.delaySeconds * 1000;
  await releaseSample(context.db, holder, { now, wakeAt }, decision.error);
  return { kind: "retry", delaySeconds: decision.delaySeconds };
}

async function readInput(context: JobContext, claimed: ClaimedSample): Promise<ScoreRequest> {
  const text =
    claimed.input ?? (claimed.inputKey ? await getInput(context.bucket, claimed.inputKey) : null);
  if (text === null) throw new Error(`the input of sample ${claimed.seq} is gone`);
  return ScoreRequest.parse(JSON.parse(text));
}
