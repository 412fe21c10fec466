import pLimit from "p-limit";
import { utcDay } from "../../access/quota.ts";
import { ScoreRequest } from "../../contract.ts";
import { errorForLog } from "../../errors.ts";
import { scoredMetrics } from "../../intake/scored-metrics.ts";
import { renderEvidenceLine } from "../../reports/evidence-lines.ts";
import { gainOfSample } from "../../reports/sample-gain.ts";
import { evidencePartKey, getInput, inputKey, putEvidencePart } from "../../storage/artifacts.ts";
import { noteJudgeFailure, noteJudgeSuccess, readPause } from "../../storage/breaker.ts";
import {
  type ChunkHolder,
  type ChunkSample,
  type ClaimedChunk,
  claimChunk,
  extendChunkLease,
  finishChunk,
  holdsChunk,
} from "../../storage/chunks.ts";
import { NO_USAGE } from "../../storage/job-records.ts";
import { failJob } from "../../storage/moves/end-job.ts";
import type { JobContext } from "../context.ts";
import { keepAlive } from "../heartbeat.ts";
import { runIdOf } from "../ids.ts";
import { LEASE_MS, MAX_CRASHES } from "../job.ts";
import { type Decision, decideRetry } from "../retry-policy.ts";
import { type ScoredOne, scoreOne } from "../score-one.ts";
import { exportScored } from "../telemetry/export-scored.ts";
import { toTelemetry } from "../telemetry/to-telemetry.ts";
import { tryWake } from "../wake.ts";
import { wakeDeliveries } from "../webhook/wake-deliveries.ts";
import { LANES } from "./lanes.ts";
import type { ChunkInput } from "./plan-batch.ts";

/** Samples of a chunk worked on at once; the judge's own slots limit its calls. */
const SAMPLES_AT_ONCE = 5;
/** No sample is begun later than this: a consumer has 15 minutes, and a sample may take a few. */
const BEGIN_WITHIN_MS = 8 * 60_000;

type Scored =
  | { seq: number; ok: true; one: ScoredOne }
  | { seq: number; ok: false; decision: Decision };

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
      return await wakeDeliveries(context, claimed.job);
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

/** Scoring without a model never waits for anything, and requests to this isolate would wait for all of it. */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** A wrong key or model: no other sample of the batch would fare better. */
function isFatal(decision: Decision): boolean {
  return decision.action === "fail" && decision.error.code === "judge_misconfigured";
}

interface ChunkEnd {
  isOpen: boolean;
  isLast: boolean;
  waitMs: number;
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
        const request = ScoreRequest.parse(input.request);
        const sample = { id: input.id, metrics: scoredMetrics(request), fallback: job.fallback };
        const one = await scoreOne(context, request, sample, isPaused, signal);
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

const TEXTS_GONE = {
  code: "input_gone",
  message:
    "The texts of this sample are gone; this project does not keep them once a job has ended.",
};
const CRASHED = {
  code: "exhausted",
  message: "Scoring was cut off too often at this sample or its neighbours, so it was given up.",
};

function giveUp(claimed: ClaimedChunk, error: { code: string; message: string }): Scored[] {
  return claimed.seqs.map((seq) => ({ seq, ok: false, decision: { action: "fail", error } }));
}

async function writeChunk(
  context: JobContext,
  claimed: ClaimedChunk,
  holder: ChunkHolder,
  scored: readonly Scored[],
): Promise<ChunkEnd | null> {
  const { job } = claimed;
  const evidence = new EvidencePart();
  const samples = scored.flatMap((one) => toChunkSample(one, evidence));
  const key = evidencePartKey(job.project, runIdOf(job.id), String(holder.n), holder.attempt);
  if (evidence.text !== "") await putEvidencePart(context.bucket, key, evidence.text);
  const now = context.now();
  const retries = scored.flatMap((one) =>
    !one.ok && one.decision.action === "retry" ? one.decision : [],
  );
  const aways = retries.filter((decision) => decision.isJudgeAway);
  const [away] = aways;
  const pausedUntil = away
    ? await noteJudgeFailure(context.db, now, away.error.message, aways.length)
    : null;
  const delayMs = Math.max(0, ...retries.map(({ delaySeconds }) => delaySeconds * 1000));
  const wakeAt = Math.max(pausedUntil ?? 0, now + delayMs);
  const results = scored.flatMap((one) => (one.ok ? one.one : []));
  const asked = results.some(
    ({ chosen, result }) => chosen.kind === "llm" && result.usage.judge_calls > 0,
  );
  const tokens = results.reduce(
    (sum, { result }) => sum + result.usage.prompt_tokens + result.usage.completion_tokens,
    0,
  );
  const end = await finishChunk(
    context.db,
    holder,
    {
      samples,
      evidenceKey: key,
      tokens: { day: utcDay(now), count: tokens },
      wakeAt: retries.length > 0 ? wakeAt : 0,
      failures: claimed.failures + (retries.some((retry) => !retry.isJudgeAway) ? 1 : 0),
      error: retries[0]?.error ?? null,
      warning: results.flatMap(({ warnings }) => warnings)[0] ?? null,
    },
    now,
    asked && !away ? [noteJudgeSuccess(context.db)] : [],
  );
  return end && { ...end, waitMs: Math.max(0, wakeAt - now) };
}

/** The lines of evidence of one attempt at a chunk. */
class EvidencePart {
  text = "";
  #bytes = 0;

  add(line: string): { offset: number; length: number } {
    const length = new TextEncoder().encode(line).length;
    const place = { offset: this.#bytes, length };
    this.text += line;
    this.#bytes += length;
    return place;
  }
}

/** Nothing for samples that are to be tried again. */
function toChunkSample(scored: Scored, evidence: EvidencePart): ChunkSample[] {
  if (scored.ok) {
    const { result } = scored.one;
    const place = evidence.add(renderEvidenceLine(result.evidence));
    return [
      {
        seq: scored.seq,
        status: "completed",
        scores: result.scores,
        outcomes: result.outcomes,
        weightedScore: result.weightedScore,
        cause: result.evidence.cause,
        gain: gainOfSample(result.evidence, result.outcomes),
        usage: result.usage,
        error: null,
        evidenceOffset: place.offset,
        evidenceLength: place.length,
        judgements: result.judgements ?? [],
      },
    ];
  }
  if (scored.decision.action === "retry") return [];
  return [
    {
      seq: scored.seq,
      status: "failed",
      scores: {},
      outcomes: {},
      weightedScore: null,
      cause: null,
      gain: null,
      usage: NO_USAGE,
      error: scored.decision.error,
      evidenceOffset: null,
      evidenceLength: null,
      judgements: [],
    },
  ];
}
