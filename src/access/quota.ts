import { AppError } from "../errors.ts";
import type { ProjectSettings } from "../storage/projects.ts";
import type { QuotaUnit } from "../storage/quotas.ts";
import { said } from "../words/said.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DAY_SECONDS = DAY_MS / 1000;

/** Days are those of UTC, the same on every machine. */
export function utcDay(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

function secondsUntilNextDay(nowMs: number): number {
  return Math.max(1, Math.ceil((DAY_MS - (nowMs % DAY_MS)) / 1000));
}

export function quotaExceeded(unit: QuotaUnit, cap: number, nowMs: number) {
  return new AppError(said(`quota_exceeded.${unit}`, { cap }), {
    retryAfterSeconds: secondsUntilNextDay(nowMs),
  });
}

/**
 * `RateLimit-Policy` and `RateLimit` of the IETF draft: quota, unit and window of each limit, what remains, and
 * when there is more. Empty for a project without limits.
 */
export function quotaHeaders(
  settings: ProjectSettings,
  use: Record<QuotaUnit, number>,
  nowMs: number,
): Record<string, string> {
  const limits = [
    { name: "samples", cap: settings.samplesPerDay, used: use.samples },
    { name: "judge-tokens", cap: settings.judgeTokensPerDay, used: use.judge_tokens },
  ].flatMap(({ name, cap, used }) => (cap === null ? [] : [{ name, cap, used }]));
  if (limits.length === 0) return {};
  const seconds = secondsUntilNextDay(nowMs);
  return {
    "RateLimit-Policy": limits
      .map(({ name, cap }) => `"${name}";q=${cap};qu="touchstone-${name}";w=${DAY_SECONDS}`)
      .join(", "),
    RateLimit: limits
      .map(({ name, cap, used }) => `"${name}";r=${Math.max(0, cap - used)};t=${seconds}`)
      .join(", "),
  };
}
