import type { JudgeUsage } from "./judge.ts";

/** Shared by all who have used nothing. */
export const NO_USAGE: Readonly<JudgeUsage> = Object.freeze({
  judge_calls: 0,
  cached_calls: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
});

export const ONE_REMEMBERED: Readonly<JudgeUsage> = Object.freeze({ ...NO_USAGE, cached_calls: 1 });

/** Together: what is unknown of one is unknown of the sum, and its estimate is carried on. */
export function addUsage(a: JudgeUsage, b: JudgeUsage): JudgeUsage {
  const isEstimated = a.estimated_tokens !== undefined || b.estimated_tokens !== undefined;
  return {
    judge_calls: a.judge_calls + b.judge_calls,
    cached_calls: a.cached_calls + b.cached_calls,
    prompt_tokens: addKnown(a.prompt_tokens, b.prompt_tokens),
    completion_tokens: addKnown(a.completion_tokens, b.completion_tokens),
    ...(isEstimated ? { estimated_tokens: tokensToCharge(a) + tokensToCharge(b) } : {}),
  };
}

/** null: the endpoint did not tell of every call. */
export function tokensTold(
  usage: Pick<JudgeUsage, "prompt_tokens" | "completion_tokens">,
): number | null {
  return addKnown(usage.prompt_tokens, usage.completion_tokens);
}

/** What counts for a daily quota: what was told, and an estimate where it was not. */
export function tokensToCharge(usage: JudgeUsage): number {
  return usage.estimated_tokens ?? (usage.prompt_tokens ?? 0) + (usage.completion_tokens ?? 0);
}

function addKnown(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
