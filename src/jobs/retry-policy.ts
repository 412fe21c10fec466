import { AppError } from "../errors.ts";
import { JudgeUnavailable } from "../scoring/judge.ts";
import { LONGEST_PAUSE_MS } from "../storage/breaker.ts";
import { storageFailure } from "../storage/storage-failure.ts";
import { type Failure, said } from "../words/said.ts";
import { MAX_ATTEMPTS } from "./job.ts";

export type Decision =
  | {
      action: "retry";
      delaySeconds: number;
      error: Failure;
      /** The provider is the reason, so it counts for the brake before all judge work. */
      isJudgeAway: boolean;
      /** Its allowance is spent: how long nobody asks it. */
      restMs: number;
    }
  | { action: "fail"; error: Failure };

const FIRST_DELAY_SECONDS = 5;
/** Nothing is put off longer. */
export const LONGEST_DELAY_MS = 900_000;
/** A job waits this long for a provider that is away. */
const JUDGE_PATIENCE_MS = 24 * 60 * 60 * 1000;
/** An allowance of a day that is spent again on the next does not come by itself. */
const ALLOWANCE_PATIENCE_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * What to do after a run of a job broke. Input and configuration errors end the job, anything that time may cure is
 * tried again with a delay that doubles, at least as long as the provider asked for. A provider that is away is
 * waited for by time, not by number of tries: the brake in front of it keeps those few. `jitter` is 0..1, `ageMs` how
 * long ago the job came.
 */
export function decideRetry(error: unknown, attempt: number, jitter: number, ageMs = 0): Decision {
  const jobError = describeError(error);
  if (isPermanent(error)) return { action: "fail", error: jobError };
  const isJudgeAway = error instanceof JudgeUnavailable;
  const restMs = restOf(error);
  const patienceMs = restMs > 0 ? ALLOWANCE_PATIENCE_MS : JUDGE_PATIENCE_MS;
  const isOver = isJudgeAway ? ageMs >= patienceMs : attempt >= MAX_ATTEMPTS;
  if (isOver) {
    const message = said("gave_up", { attempts: attempt, reason: jobError.message });
    return { action: "fail", error: { code: jobError.code, message } };
  }
  const growing = FIRST_DELAY_SECONDS * 2 ** Math.min(attempt - 1, 10) * (1 + jitter / 2);
  // What waits for the judge is what finds out that it is back.
  const wait = isJudgeAway ? Math.min(growing, LONGEST_PAUSE_MS / 1000) : growing;
  const asked = isJudgeAway ? (error.retryAfterSeconds ?? 0) : 0;
  const delaySeconds = Math.ceil(Math.min(LONGEST_DELAY_MS / 1000, Math.max(wait, asked)));
  return { action: "retry", delaySeconds, error: jobError, isJudgeAway, restMs };
}

/** Until the allowance of the day is there again; 0: it is not what is missing. */
export function restOf(error: unknown): number {
  if (!(error instanceof JudgeUnavailable) || error.trouble !== "allowance_spent") return 0;
  return (error.retryAfterSeconds ?? 0) * 1000;
}

function isPermanent(error: unknown): boolean {
  if (error instanceof JudgeUnavailable) return !error.isRetryable;
  return error instanceof AppError && error.status < 500;
}

function describeError(error: unknown): Failure {
  if (error instanceof JudgeUnavailable) {
    return {
      code: error.isRetryable ? "judge_unavailable" : "judge_misconfigured",
      message: error.said,
    };
  }
  const known = error instanceof AppError ? error : storageFailure(error);
  if (known !== null) return { code: known.code, message: known.said };
  return { code: "internal_error", message: said("broke") };
}
