import { setTimeout as sleep } from "node:timers/promises";
import type { ScoreRequest } from "../../contract/score-request.ts";
import { scoringOptions } from "../../intake/scoring-options.ts";
import { toSample } from "../../intake/to-sample.ts";
import type { Evidence } from "../../scoring/evidence.ts";
import { type Judge, JudgeUnavailable, type JudgeUsage } from "../../scoring/judge.ts";
import { type JudgeKind, kindOfJudge, type Outcome } from "../../scoring/outcome.ts";
import { scoreSample } from "../../scoring/score-sample.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { isRateLimit, type ProviderPace } from "./provider-pace.ts";

/** One line of the output. `error` only where the row could not be scored. */
export interface ScoredRow {
  id: string;
  scores: Record<string, number | null>;
  outcomes: Record<string, Outcome>;
  evidence: Evidence | null;
  usage: JudgeUsage;
  error?: { code: string; message: string };
}

const WAITS_SECONDS = [2, 8];
const LONGEST_WAIT_SECONDS = 60;

/**
 * Scores one row; waits out a rate limit, tries again while the provider is away, then gives the row up. Throws only what concerns
 * every row alike: a wrong key or an unknown model.
 */
export async function scoreRow(
  row: { id: string; request: ScoreRequest },
  options: {
    metrics: readonly string[];
    judge: Judge;
    signal: AbortSignal;
    pace: ProviderPace;
  },
): Promise<ScoredRow> {
  for (let tries = 0, limits = 0; ; ) {
    try {
      const { scores, outcomes, evidence, usage } = await options.pace.attempt(
        () =>
          scoreSample(toSample(row.request), {
            id: row.id,
            metrics: options.metrics,
            judge: options.judge,
            signal: options.signal,
            ...scoringOptions(row.request),
          }),
        options.signal,
      );
      return { id: row.id, scores, outcomes, evidence, usage };
    } catch (error) {
      if (!(error instanceof JudgeUnavailable) || !error.isRetryable) throw error;
      if (isRateLimit(error) && options.pace.slowDown(error, limits++)) continue;
      const wait = isRateLimit(error) ? undefined : WAITS_SECONDS[tries++];
      if (wait === undefined) {
        return failedRow(row.id, options.metrics, kindOfJudge(options.judge.name), {
          code: "judge_unavailable",
          message: error.message,
        });
      }
      const seconds = Math.min(LONGEST_WAIT_SECONDS, Math.max(wait, error.retryAfterSeconds ?? 0));
      await sleep(seconds * 1000, undefined, { signal: options.signal });
    }
  }
}

/** The line of a row without scores: every metric failed, and why. */
export function failedRow(
  id: string,
  metrics: readonly string[],
  method: JudgeKind,
  error: { code: string; message: string },
): ScoredRow {
  const outcome: Outcome = { status: "failed", value: null, reason: "judge_error", method };
  return {
    id,
    scores: Object.fromEntries(metrics.map((metric) => [metric, null])),
    outcomes: Object.fromEntries(metrics.map((metric) => [metric, outcome])),
    evidence: null,
    usage: NO_USAGE,
    error,
  };
}
