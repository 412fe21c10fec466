import type { MetricSummary } from "../contract/report.ts";
import type { Sure } from "../contract/run.ts";
import type { MetricInfo } from "../contract/service.ts";
import { meanInterval, sumsOf } from "./intervals.ts";
import type { Outcome } from "./outcome.ts";

const BINS = 10;

/**
 * One metric over the samples of a run.
 * - `mean` of the scored values, null without any; `n` their number
 * - `interval`: 95 %, null for n < 2: the mid-P interval of a rate, Wilson's with the effective number of samples for graded values
 *   and wider by `noise`: the judge's variance summed over the samples, where it was asked twice
 * - `coverage`: scored ÷ (scored + failed), 1 when nothing failed
 * - `band`: the mean if all failed samples had the least, and if they had the greatest value of the metric's range;
 *   null when nothing failed
 * - `sure`: the same without the numbers of low confidence; absent when none is
 * - `histogram`: ten bins of equal width over the range, the last one closed
 * - `missing`: samples without a number, by reason
 */
export function summarizeMetric(
  outcomes: readonly Outcome[],
  info: MetricInfo,
  noise = 0,
): MetricSummary {
  const values = valuesOf(outcomes);
  const sure = valuesOf(outcomes.filter(({ confidence }) => confidence !== "low"));
  const lowCount = values.length - sure.length;
  const failedCount = outcomes.filter(({ status }) => status === "failed").length;
  const applicable = values.length + failedCount;
  const [low, high] = info.range;
  const sum = sumOf(values);
  const missing: Record<string, number> = {};
  for (const { reason } of outcomes) {
    if (reason !== null) missing[reason] = (missing[reason] ?? 0) + 1;
  }
  return {
    ...meanOfValues(values, noise),
    coverage: failedCount === 0 ? 1 : values.length / applicable,
    histogram: histogram(values, low, high),
    missing,
    band:
      failedCount === 0
        ? null
        : [(sum + failedCount * low) / applicable, (sum + failedCount * high) / applicable],
    ...(lowCount === 0 ? {} : { sure: { ...meanOfValues(sure, noise), low: lowCount } }),
  };
}

function valuesOf(outcomes: readonly Outcome[]): number[] {
  return outcomes.flatMap(({ status, value }) =>
    status === "scored" && value !== null ? [value] : [],
  );
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Mean, interval and number of values. */
export function meanOfValues(values: readonly number[], noise = 0): Omit<Sure, "low"> {
  return {
    mean: values.length === 0 ? null : sumOf(values) / values.length,
    interval: widenByNoise(meanInterval(sumsOf(values)), values, noise),
    n: values.length,
  };
}

/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959964;

/**
 * The interval of what the same judge would find asked anew: chance in the samples and chance in the judge, joined in
 * quadrature on each side. The spread of the samples holds some of the judge's chance already, so this is the safe side.
 */
function widenByNoise(
  interval: [number, number] | null,
  values: readonly number[],
  noise: number,
): [number, number] | null {
  if (interval === null || noise === 0) return interval;
  const n = values.length;
  const mean = sumOf(values) / n;
  const shift = (Z * Z * noise) / (n * n);
  const [low, high] = interval;
  return [
    Math.max(0, mean - Math.sqrt((mean - low) ** 2 + shift)),
    Math.min(1, mean + Math.sqrt((high - mean) ** 2 + shift)),
  ];
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
