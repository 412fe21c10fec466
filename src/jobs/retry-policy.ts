import { AppError } from "../errors.ts";
import { JudgeUnavailable } from "../scoring/judge.ts";
import { MAX_ATTEMPTS } from "./job.ts";

export interface JobError {
  code: string;
  /** Plain English, fit for people; no secret, no judged text. */
  message: string;
}

export type Decision =
  | { action: "retry"; delaySeconds: number; error: JobError }
  | { action: "fail"; error: JobError };

const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 900;

/**
 * What to do after a run of a job broke. Input and configuration errors end the job, anything that time may cure is
 * tried again with a delay that doubles, at least as long as the provider asked for. `jitter` is 0..1.
 */
export function decideRetry(error: unknown, attempt: number, jitter: number): Decision {
  const jobError = describeError(error);
  if (isPermanent(error)) return { action: "fail", error: jobError };
  if (attempt >= MAX_ATTEMPTS) {
    const message = `Gave up after ${attempt} attempts. Last reason: ${jobError.message}`;
    return { action: "fail", error: { code: jobError.code, message } };
  }
  const growing = FIRST_DELAY_SECONDS * 2 ** (attempt - 1);
  const asked = error instanceof JudgeUnavailable ? (error.retryAfterSeconds ?? 0) : 0;
  const delaySeconds = Math.ceil(
    Math.min(LONGEST_DELAY_SECONDS, Math.max(growing * (1 + jitter / 2), asked)),
  );
  return { action: "retry", delaySeconds, error: jobError };
}

function isPermanent(error: unknown): boolean {
  if (error instanceof JudgeUnavailable) return !error.isRetryable;
  return error instanceof AppError && error.status < 500;
}

function describeError(error: unknown): JobError {
  if (error instanceof JudgeUnavailable) {
    return {
      code: error.isRetryable ? "judge_unavailable" : "judge_misconfigured",
      message: error.message,
    };
  }
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return {
    code: "internal_error",
    message: "Something broke on our side while scoring; it will be tried again.",
  };
}
