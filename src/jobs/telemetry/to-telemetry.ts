import type { ScoredOne } from "../score-one.ts";
import type { ScoredTelemetry } from "./describe-scored.ts";

/** What telemetry tells of a scored sample; its evidence, which holds the texts, is left behind here. */
export function toTelemetry(
  { result, chosen, startMs, endMs }: ScoredOne,
  { seq, attempt }: { seq: number; attempt: number },
): ScoredTelemetry {
  return {
    sampleId: result.evidence.id,
    seq,
    attempt,
    outcomes: result.outcomes,
    weightedScore: result.weightedScore,
    cause: result.evidence.cause,
    judge: chosen.judge.name,
    judgeModel: chosen.model,
    calls: result.calls ?? [],
    startMs,
    endMs,
  };
}
