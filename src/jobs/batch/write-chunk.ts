import { chargesFor } from "../../access/quota.ts";
import { renderEvidenceLine } from "../../reports/text/artifacts.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { evidenceKey, evidencePart, putEvidencePart } from "../../storage/artifacts.ts";
import { noteJudgeFailure, noteJudgeSuccess } from "../../storage/breaker.ts";
import {
  type ChunkHolder,
  type ChunkSample,
  type ClaimedChunk,
  finishChunk,
} from "../../storage/chunks.ts";
import type { EvidencePlace } from "../../storage/schema.ts";
import { wakeChannels } from "../channels/wake-channels.ts";
import type { JobContext } from "../context.ts";
import { countJudges } from "../count-judge.ts";
import { factsOf, pauseFor } from "../facts-of-sample.ts";
import { runIdOf } from "../ids.ts";
import { type Decision, LONGEST_DELAY_MS } from "../retry-policy.ts";
import type { ScoredOne } from "../score-one.ts";

export type Scored =
  | { seq: number; ok: true; one: ScoredOne }
  | { seq: number; ok: false; decision: Decision };

export interface ChunkEnd {
  isOpen: boolean;
  isLast: boolean;
  waitMs: number;
}

/** Writes what an attempt at a chunk came to, in one transaction; null: it is fenced. */
export async function writeChunk(
  context: JobContext,
  claimed: ClaimedChunk,
  holder: ChunkHolder,
  scored: readonly Scored[],
): Promise<ChunkEnd | null> {
  const { job } = claimed;
  const part = evidencePart(String(holder.n), holder.attempt);
  const evidence = new EvidencePart(part);
  const samples: ChunkSample[] = [];
  for (const one of scored) {
    samples.push(...(await toChunkSample(one, evidence)));
  }
  if (evidence.text !== "") {
    const key = evidenceKey(job.project, runIdOf(job.id), part);
    await putEvidencePart(context.bucket, key, evidence.text);
  }
  const now = context.now();
  const retries = scored.flatMap((one) =>
    !one.ok && one.decision.action === "retry" ? one.decision : [],
  );
  const aways = retries.filter((decision) => decision.isJudgeAway);
  const [away] = aways;
  const pausedUntil = away
    ? await noteJudgeFailure(context.db, now, away.error.message, aways.length, away.restMs)
    : null;
  if (pausedUntil !== null) await wakeChannels(context);
  const delayMs = Math.max(0, ...retries.map(({ delaySeconds }) => delaySeconds * 1000));
  const pauseMs = Math.min(LONGEST_DELAY_MS, (pausedUntil ?? now) - now);
  const wakeAt = now + Math.max(pauseMs, delayMs);
  const results = scored.flatMap((one) => (one.ok ? one.one : []));
  const asked = results.some(
    ({ chosen, result }) => chosen.kind !== "offline" && result.usage.judge_calls > 0,
  );
  const spent = results.map(({ chosen, result: { usage } }) => ({ model: chosen.model, usage }));
  const end = await finishChunk(
    context.db,
    holder,
    {
      samples,
      charges: chargesFor(spent, now),
      wakeAt: retries.length > 0 ? wakeAt : 0,
      failures: claimed.failures + (retries.some((retry) => !retry.isJudgeAway) ? 1 : 0),
      error: retries[0]?.error ?? null,
      warnings: results.flatMap(({ warnings }) => warnings),
    },
    now,
    [...(asked && !away ? [noteJudgeSuccess()] : []), ...countJudges(results, now)],
  );
  return end && { ...end, waitMs: Math.max(0, wakeAt - now) };
}

/** The lines of evidence of one attempt at a chunk. */
class EvidencePart {
  text = "";
  #bytes = 0;
  readonly #part: string;

  constructor(part: string) {
    this.#part = part;
  }

  add(line: string): EvidencePlace {
    const length = new TextEncoder().encode(line).length;
    const place = { part: this.#part, offset: this.#bytes, length };
    this.text += line;
    this.#bytes += length;
    return place;
  }
}

/** Nothing for samples that are to be tried again. */
async function toChunkSample(scored: Scored, evidence: EvidencePart): Promise<ChunkSample[]> {
  if (scored.ok) {
    const { result, failure } = scored.one;
    return [
      {
        seq: scored.seq,
        status: failure === null ? "completed" : "failed",
        ...(await factsOf(result, pauseFor(result.evidence))),
        error: failure,
        evidence: evidence.add(renderEvidenceLine(result.evidence)),
        judgements: result.judgements?.length ? result.judgements : null,
      },
    ];
  }
  if (scored.decision.action === "retry") return [];
  return [
    {
      seq: scored.seq,
      status: "failed",
      outcomes: {},
      weightedScore: null,
      cause: null,
      worstMetric: null,
      gain: null,
      usage: NO_USAGE,
      error: scored.decision.error,
      evidence: null,
      judgements: null,
    },
  ];
}
