import type { Cause, Evidence } from "../../scoring/evidence.ts";
import { meanInterval, sumsOf } from "../../scoring/intervals.ts";
import { measure, measureInSteps } from "../../scoring/measure.ts";
import { isMetricName, type MetricName } from "../../scoring/metrics/registry.ts";
import type { Outcome } from "../../scoring/outcome.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { bestValue, goodness, metricInfo } from "../metric-info.ts";
import type { ReportSample } from "../report-input.ts";
import type { Finding } from "./findings.ts";
import { repair } from "./repair.ts";

export interface Gain {
  metric: string;
  /** Most the mean of the metric could improve, 0..1 of its range. */
  bound: number;
  interval: [number, number] | null;
  /** Samples the metric has a value for. */
  n: number;
  /** Mean over those samples as it is. */
  mean: number;
  /** The gain of each sample that has the cause. */
  bySample: ReadonlyMap<ReportSample, number>;
}

/**
 * What would be won at most if one cause were gone: for every sample the metric with the cause's cells repaired minus
 * the metric as it is, averaged over all samples that have a value. null when no sample has one.
 */
export function boundGain(
  samples: readonly ReportSample[],
  findings: readonly Finding[],
  metric: string,
): Gain | null {
  if (!isMetricName(metric)) return null;
  const bySample = new Map(findings.map((finding) => [finding.sample, gainOf(finding, metric)]));
  const rated = samples.flatMap((sample) => {
    const value = currentValue(sample, metric);
    return value === null ? [] : { value, gain: bySample.get(sample) ?? 0 };
  });
  if (rated.length === 0) return null;
  const gains = rated.map(({ gain }) => gain);
  return {
    metric,
    bound: gains.reduce((sum, gain) => sum + gain, 0) / gains.length,
    interval: meanInterval(sumsOf(gains)),
    n: rated.length,
    mean: rated.reduce((sum, { value }) => sum + value, 0) / rated.length,
    bySample,
  };
}

function currentValue(sample: ReportSample, metric: MetricName): number | null {
  const outcome = sample.outcomes[metric];
  if (outcome) return outcome.value;
  return sample.evidence ? (measure(sample.evidence, [metric])[metric]?.value ?? null) : null;
}

function gainOf({ evidence, cause }: Finding, metric: MetricName): number {
  return runAtOnce(gainsInSteps(evidence, cause, [metric]))[metric] ?? 0;
}

/**
 * What each metric could win in one sample were the cause gone; nothing for a metric without a value. One that stops
 * applying once the fault is gone counts as its best value: the bound stays a bound. Pauses for long texts.
 */
function* gainsInSteps(
  evidence: Evidence,
  cause: Cause,
  metrics: readonly string[],
): Steps<Record<string, number>> {
  const known = metrics.filter(isMetricName);
  const before = yield* measureInSteps(evidence, known);
  const after = yield* measureInSteps(repair(evidence, cause), known);
  const gains: Record<string, number> = {};
  for (const metric of known) {
    const value = before[metric]?.value ?? null;
    if (value === null) continue;
    const info = metricInfo(metric);
    const best = after[metric]?.value ?? bestValue(info);
    gains[metric] = Math.max(0, goodness(info, best) - goodness(info, value));
  }
  return gains;
}

/**
 * How far the weighted score of one sample could rise at most were its main cause gone: the mean, over the metrics it
 * has, of each metric with that cause's cells repaired minus the metric as it is. Metrics that read words alone stay
 * as they are. null without a cause; 0 where nothing was asked.
 */
export function* gainOfSample(
  { cause, ...evidence }: Evidence,
  outcomes: Readonly<Record<string, Outcome>>,
): Steps<number | null> {
  if (evidence.small_talk) return 0;
  if (cause === null) return null;
  const scored = Object.keys(outcomes).filter((metric) => outcomes[metric]?.status === "scored");
  if (scored.length === 0) return null;
  const judged = scored.filter((metric) => metricInfo(metric).family !== "text");
  const gains = yield* gainsInSteps({ cause, ...evidence }, cause, judged);
  return Object.values(gains).reduce((sum, gain) => sum + gain, 0) / scored.length;
}
