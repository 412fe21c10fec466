import { LOWER_IS_BETTER } from "./metrics/registry.ts";
import type { Outcome } from "./outcome.ts";

/**
 * The plain numbers of a sample and their weighted mean. Metrics for which lower is better enter as 1 − value, so
 * 1 is always best. A weight that is missing is 1; one that is no number ≥ 0 counts as 0. null when nothing scored.
 */
export function weigh(
  outcomes: Readonly<Record<string, Outcome>>,
  weights: Readonly<Record<string, number>> = {},
): {
  scores: Record<string, number | null>;
  weightedScore: number | null;
  skippedMetrics: string[];
} {
  const scores: Record<string, number | null> = {};
  const skippedMetrics: string[] = [];
  let sum = 0;
  let total = 0;
  for (const [metric, outcome] of Object.entries(outcomes)) {
    scores[metric] = outcome.value;
    if (outcome.status === "not_applicable" && outcome.reason?.startsWith("missing_")) {
      skippedMetrics.push(metric);
    }
    const weight = weightOf(weights, metric);
    if (outcome.value === null || weight === 0) continue;
    sum += weight * (LOWER_IS_BETTER.has(metric) ? 1 - outcome.value : outcome.value);
    total += weight;
  }
  return { scores, weightedScore: total === 0 ? null : sum / total, skippedMetrics };
}

/** The metric furthest from its best value; null: none has a value. */
export function worstMetric(outcomes: Readonly<Record<string, Outcome>>): string | null {
  let worst: { metric: string; good: number } | null = null;
  for (const [metric, { value }] of Object.entries(outcomes)) {
    if (value === null) continue;
    const good = LOWER_IS_BETTER.has(metric) ? 1 - value : value;
    if (worst === null || good < worst.good) worst = { metric, good };
  }
  return worst?.metric ?? null;
}

function weightOf(weights: Readonly<Record<string, number>>, metric: string): number {
  const weight = Object.hasOwn(weights, metric) ? weights[metric] : 1;
  return weight !== undefined && Number.isFinite(weight) && weight > 0 ? weight : 0;
}
