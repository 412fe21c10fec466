import { AppError } from "../errors.ts";
import type { JudgeUsage } from "../scoring/judge.ts";
import { microUsdOf } from "../scoring/prices.ts";
import { tokensToCharge } from "../scoring/usage.ts";
import type { ProjectSettings } from "../storage/projects.ts";
import type { Charge } from "../storage/quotas.ts";
import type { QuotaUnit } from "../storage/schema.ts";
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

function secondsUntilNextMonth(nowMs: number): number {
  const now = new Date(nowMs);
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  return Math.max(1, Math.ceil((next - nowMs) / 1000));
}

/** The day, or the month, a unit is counted by. */
export function periodOf(unit: QuotaUnit, nowMs: number): string {
  return unit === "usd_month" ? utcDay(nowMs).slice(0, 7) : utcDay(nowMs);
}

export function quotaExceeded(unit: QuotaUnit, cap: number, nowMs: number) {
  const retryAfterSeconds =
    unit === "usd_month" ? secondsUntilNextMonth(nowMs) : secondsUntilNextDay(nowMs);
  return new AppError(said(`quota_exceeded.${unit}`, { cap }), { retryAfterSeconds });
}

/** The limits of what is known only once it is spent: each as people set it, and as it is counted. */
export function spendingCaps(
  settings: ProjectSettings,
): { unit: Charge["unit"]; cap: number; counted: number }[] {
  const { judgeTokensPerDay, usdPerDay, usdPerMonth } = settings;
  const limits = [
    ["judge_tokens", judgeTokensPerDay, 1],
    ["usd_day", usdPerDay, 1e6],
    ["usd_month", usdPerMonth, 1e6],
  ] as const;
  return limits.flatMap(([unit, cap, times]) =>
    cap === null ? [] : [{ unit, cap, counted: Math.round(cap * times) }],
  );
}

/** What scored samples have cost; nothing for what cost nothing. */
export function chargesFor(
  scored: readonly { model: string | null; usage: JudgeUsage }[],
  nowMs: number,
): Charge[] {
  const sum = (of: (one: (typeof scored)[number]) => number) =>
    scored.reduce((total, one) => total + of(one), 0);
  const tokens = sum(({ usage }) => tokensToCharge(usage));
  const cost = sum(({ model, usage }) => microUsdOf(model, usage));
  const all = [
    ["judge_tokens", tokens],
    ["usd_day", cost],
    ["usd_month", cost],
  ] as const;
  return all.flatMap(([unit, used]) =>
    used > 0 ? [{ unit, day: periodOf(unit, nowMs), used }] : [],
  );
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
