import pLimit from "p-limit";
import { ScoreRequest } from "../../contract/score-request.ts";
import { errorForLog } from "../../error-for-log.ts";
import { scoredMetrics } from "../../intake/scored-metrics.ts";
import { NO_ANSWER } from "../../reports/report-input.ts";
import { getInput, inputKey } from "../../storage/artifacts.ts";
import { readPause } from "../../storage/breaker.ts";
import {
  type ChunkHolder,
  type ClaimedChunk,
  claimChunk,
  extendChunkLease,
  holdsChunk,
} from "../../storage/chunks.ts";
import { failJob } from "../../storage/moves/end-job.ts";
import { type Failure, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { keepAlive } from "../heartbeat.ts";
import { LEASE_MS, MAX_CRASHES } from "../job.ts";
import { letOthersIn } from "../let-others-in.ts";
import { type Decision, decideRetry } from "../retry-policy.ts";
import { scoreOne } from "../score-one.ts";
import { toTelemetry } from "../telemetry/describe-scored.ts";
import { exportScored } from "../telemetry/export-scored.ts";
import { tryWake } from "../wake.ts";
import { wakeAllTold } from "../webhook/wake-deliveries.ts";
import { LANES } from "./advance-batch.ts";
import type { ChunkInput } from "./chunk-writer.ts";
import { type ChunkEnd, type Scored, writeChunk } from "./write-chunk.ts";

/** Samples of a chunk worked on at once; the judge's own slots limit its calls. */
const SAMPLES_AT_ONCE = 5;
/** No sample is begun later than this: a consumer has 15 minutes, and a sample may take a few. */
const BEGIN_WITHIN_MS = 8 * 60_000;

/**
 * Scores what is still free of one chunk and writes it in one transaction. Samples that failed for now stay queued
 * and the chunk is due again later; the others are done and never scored again.
 */
export async function scoreChunk(
  context: JobContext,
  target: { project: string; id: string; n: number },
): Promise<void> {
  const startedAt = context.now();
  const { project, id, n } = target;
  const claimed = await claimChunk(
    context.db,
    { project, jobId: id, n },
    { now: startedAt, leaseUntil: startedAt + LEASE_MS },
  );
  if (!claimed) return;
  const holder: ChunkHolder = { project, jobId: id, n, attempt: claimed.attempt };
  const life = keepAlive({
    extend: () => extendChunkLease(context.db, holder, context.now() + LEASE_MS),
    isHeld: () => holdsChunk(context.db, holder),
  });
  try {
    const scored = await scoreSamples(context, claimed, holder, life.signal);
    if (life.signal.aborted) return;
    const fatal = scored.find((one) => !one.ok && isFatal(one.decision));
    if (fatal && !fatal.ok) {
      await failJob(
        context.db,
        { project, jobId: id, attempt: null },
        context.now(),
        fatal.decision.error,
      );
      context.log({ event: "job.failed", job_id: id, chunk: n, code: fatal.decision.error.code });
      return await wakeAllTold(context, claimed.job);
    }
    const end = await writeChunk(context, claimed, holder, scored);
    context.log({
      event: end ? "chunk.finished" : "chunk.fenced",
      job_id: id,
      chunk: n,
      attempt: claimed.attempt,
      samples: scored.length,
      ms: context.now() - startedAt,
    });
    if (end) {
      context.live.tell(claimed.job, "progress");
      await tryWake(context, nextMessages(target, end));
      const { attempt } = holder;
      const told = scored.flatMap((one) =>
        one.ok ? [toTelemetry(one.one, { seq: one.seq, attempt })] : [],
      );
      exportScored(context, claimed.job, told);
    }
  } finally {
    life.end();
  }
}

/** A wrong key or model: no other sample of the batch would fare better. */
function isFatal(decision: Decision): boolean {
  return decision.action === "fail" && decision.error.code === "judge_misconfigured";
}

/** The lane goes on with its next chunk, or with this one once it is due again; the last chunk wakes the report. */
function nextMessages(target: { project: string; id: string; n: number }, end: ChunkEnd) {
  const { project, id, n } = target;
  if (end.isLast) return [{ message: { kind: "report", project, id } as const }];
  if (!end.isOpen) return [{ message: { kind: "chunk", project, id, n: n + LANES } as const }];
  const delaySeconds = Math.ceil(end.waitMs / 1000);
  return [{ message: { kind: "chunk", project, id, n } as const, delaySeconds }];
}

async function scoreSamples(
  context: JobContext,
  claimed: ClaimedChunk,
  holder: ChunkHolder,
  signal: AbortSignal,
): Promise<Scored[]> {
  const { job } = claimed;
  const text = await getInput(context.bucket, inputKey(job.project, job.id, holder.n));
  if (text === null) return giveUp(claimed, TEXTS_GONE);
  if (claimed.crashes > MAX_CRASHES) return giveUp(claimed, CRASHED);
  const free = new Set(claimed.seqs);
  const inputs = (JSON.parse(text) as ChunkInput[]).filter(({ seq }) => free.has(seq));
  const isPaused = job.fallback !== null && (await readPause(context.db, context.now())) !== null;
  const deadline = context.now() + BEGIN_WITHIN_MS;
  const limit = pLimit(claimed.isProbe ? 1 : SAMPLES_AT_ONCE);
  let isStopped = false;
  const scored = inputs.map((input) =>
    limit(async (): Promise<Scored | null> => {
      if (isStopped || signal.aborted || context.now() > deadline) return null;
      try {
        if (input.request.answer === "") return { seq: input.seq, ok: false, decision: UNANSWERED };
        const request = ScoreRequest.parse(input.request);
        const sample = {
          project: job.project,
          id: input.id,
          metrics: scoredMetrics(request),
          fallback: job.fallback,
        };
        const one = await scoreOne(context, request, sample, isPaused, signal);
        // Scoring without a model never waits for anything.
        await letOthersIn();
        return { seq: input.seq, ok: true, one };
      } catch (error) {
        const now = context.now();
        const decision = decideRetry(
          error,
          claimed.failures + 1,
          (now % 1000) / 1000,
          now - job.createdAt,
        );
        // The provider is away or set up wrongly: no use in asking for the rest of the chunk now.
        if (isFatal(decision) || (decision.action === "retry" && decision.isJudgeAway)) {
          isStopped = true;
        }
        context.log({
          event: "sample.failed",
          job_id: job.id,
          seq: input.seq,
          attempt: holder.attempt,
          code: decision.error.code,
          error: errorForLog(error),
        });
        return { seq: input.seq, ok: false, decision };
      }
    }),
  );
  return (await Promise.all(scored)).filter((one) => one !== null);
}

const UNANSWERED: Decision = {
  action: "fail",
  error: { code: NO_ANSWER, message: said("no_answer_in_row") },
};
const TEXTS_GONE = {
  code: "input_gone",
  message: said("texts_gone"),
};
const CRASHED = {
  code: "exhausted",
  message: said("cut_off_nearby"),
};

function giveUp(claimed: ClaimedChunk, error: Failure): Scored[] {
  return claimed.seqs.map((seq) => ({ seq, ok: false, decision: { action: "fail", error } }));
}
