import type { MetricInfo, MetricSummary } from "../contract.ts";
import type { Outcome } from "./outcome.ts";
import { createRandom } from "./random.ts";

const BINS = 10;
/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959964;
const SEED = 20_260_101;
const RESAMPLES = 2000;
/** From here on the mean is normal enough, and resampling would only cost time. */
const NORMAL_FROM = 1000;

/**
 * One metric over the samples of a run.
 * - `mean` of the scored values, null without any; `n` their number
 * - `interval`: 95 %, null for n < 2. Wilson's score interval when all values are 0 or 1, a percentile bootstrap over
 *   samples (2000 resamples, fixed seed) up to 1000 samples, mean ± 1.96 standard errors above
 * - `coverage`: scored ÷ (scored + failed), 1 when nothing failed
 * - `band`: the mean if all failed samples had the least, and if they had the greatest value of the metric's range;
 *   null when nothing failed
 * - `histogram`: ten bins of equal width over the range, the last one closed
 * - `missing`: samples without a number, by reason
 */
export function summarizeMetric(outcomes: readonly Outcome[], info: MetricInfo): MetricSummary {
  const values = outcomes.flatMap(({ status, value }) =>
    status === "scored" && value !== null ? [value] : [],
  );
  const failedCount = outcomes.filter(({ status }) => status === "failed").length;
  const applicable = values.length + failedCount;
  const [low, high] = info.range;
  const sum = values.reduce((total, value) => total + value, 0);
  const missing: Record<string, number> = {};
  for (const { reason } of outcomes) {
    if (reason !== null) missing[reason] = (missing[reason] ?? 0) + 1;
  }
  return {
    mean: values.length === 0 ? null : sum / values.length,
    interval: intervalOf(values),
    n: values.length,
    coverage: failedCount === 0 ? 1 : values.length / applicable,
    histogram: histogram(values, low, high),
    missing,
    band:
      failedCount === 0
        ? null
        : [(sum + failedCount * low) / applicable, (sum + failedCount * high) / applicable],
  };
}

/** 95 % interval of the mean of values in 0..1; null for fewer than two. */
export function intervalOf(values: readonly number[]): [number, number] | null {
  if (values.length < 2) return null;
  // Also right when a graded metric happens to hold only 0 and 1: a share has the greatest variance its mean allows.
  if (values.every((value) => value === 0 || value === 1)) {
    return wilsonInterval(values.filter((value) => value === 1).length, values.length);
  }
  return values.length < NORMAL_FROM ? bootstrapMean(values) : normalInterval(values);
}

/** Wilson's score interval of a rate, 95 %. */
export function wilsonInterval(successes: number, n: number): [number, number] {
  const rate = successes / n;
  const z2 = Z * Z;
  const centre = (rate + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z / (1 + z2 / n)) * Math.sqrt((rate * (1 - rate)) / n + z2 / (4 * n * n));
  return [successes === 0 ? 0 : centre - half, successes === n ? 1 : centre + half];
}

/** Percentile bootstrap of the mean over samples, 95 %, fixed seed: the same values give the same interval. */
export function bootstrapMean(values: readonly number[]): [number, number] {
  const random = createRandom(SEED);
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum += values[Math.floor(random() * values.length)] ?? 0;
    }
    means[resample] = sum / values.length;
  }
  means.sort();
  return [quantile(means, 0.025), quantile(means, 0.975)];
}

function normalInterval(values: readonly number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = Z * Math.sqrt(squares / (values.length - 1) / values.length);
  return [Math.max(0, mean - half), Math.min(1, mean + half)];
}

function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  return low + ((sorted[below + 1] ?? low) - low) * (place - below);
}

function histogram(values: readonly number[], low: number, high: number): number[] {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * BINS);
    const index = Math.min(BINS - 1, Math.max(0, bin));
    bins[index] = (bins[index] ?? 0) + 1;
  }
  return bins;
}
