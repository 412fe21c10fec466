import type {
  AdviceCheck,
  ComparedMetric,
  ComparedPair,
  Comparison,
  FlippedClaim,
} from "../../contract/comparison.ts";
import { INSIGHT_LIMITS } from "../../contract/limits.ts";
import type { Report } from "../../contract/report.ts";
import {
  compareMetric,
  type MetricComparison,
  type ScoredPair,
} from "../../scoring/compare-metric.ts";
import type { Pair } from "../../scoring/compare-pairs.ts";
import { metricInfo } from "../metric-info.ts";

interface ComparedReport {
  report: Report;
  sampleCount: number;
}

/** Two runs side by side, from their reports and the pairs of their samples. */
export function compareReports(
  base: ComparedReport,
  other: ComparedReport,
  pairs: readonly Pair[],
  named: readonly ComparedPair[],
  flips: { checkedPairs: number; claims: readonly FlippedClaim[] },
): Comparison {
  const names = new Set([...base.report.run.metrics, ...other.report.run.metrics]);
  const compared = new Map(
    [...names].map((name) => [name, compareMetric(pairs, metricInfo(name))] as const),
  );
  return {
    base: refOf(base.report),
    other: refOf(other.report),
    paired: pairs.length,
    only_base: base.sampleCount - pairs.length,
    only_other: other.sampleCount - pairs.length,
    pairs: [...named],
    metrics: Object.fromEntries([...compared].map(([name, one]) => [name, viewMetric(one)])),
    flipped_claims: {
      checked_pairs: flips.checkedPairs,
      total: flips.claims.length,
      claims: flips.claims.slice(0, INSIGHT_LIMITS.namedFlips),
    },
    causes: compareCauses(base.report.diagnosis, other.report.diagnosis),
    settings: compareSettings(base.report, other.report),
    advice: base.report.advice.map((advice) => checkAdvice(advice, compared.get(advice.metric))),
  };
}

function refOf({ run }: Report): Comparison["base"] {
  const { run_id, name, finished_at, total_samples } = run;
  return { run_id, name, finished_at, total_samples };
}

function viewMetric(compared: MetricComparison): ComparedMetric {
  return {
    n: compared.n,
    base_mean: compared.baseMean,
    other_mean: compared.otherMean,
    difference: compared.mean,
    interval: compared.interval,
    p_value: compared.pValue,
    verdict: compared.verdict,
    moved: compared.moved,
    minimum_detectable_difference: compared.detectable,
    improved: compared.improved.length,
    regressed: compared.regressed.length,
    unchanged: compared.unchanged,
    distribution: compared.distribution,
    improved_samples: nameSamples(compared.improved),
    regressed_samples: nameSamples(compared.regressed),
  };
}

function nameSamples(pairs: readonly ScoredPair[]): ComparedMetric["improved_samples"] {
  return pairs
    .slice(0, INSIGHT_LIMITS.namedSamples)
    .map(({ base, other, baseValue, otherValue }) => ({
      base_sample_id: base.sampleId,
      other_sample_id: other.sampleId,
      question: other.question,
      base: baseValue,
      other: otherValue,
    }));
}

function compareCauses(base: Report["diagnosis"], other: Report["diagnosis"]) {
  const causes = [...new Set([...Object.keys(base), ...Object.keys(other)])];
  return Object.fromEntries(
    causes.map((cause) => [cause, { base: base[cause] ?? 0, other: other[cause] ?? 0 }]),
  );
}

function compareSettings(base: Report, other: Report): Comparison["settings"] {
  const [left, right] = [settingsOf(base), settingsOf(other)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [left.get(name) ?? null, right.get(name) ?? null];
    return was === is ? [] : [{ name, base: was, other: is }];
  });
}

function settingsOf({ run, language, versions }: Report): Map<string, string | null> {
  return new Map<string, string | null>([
    ["judge", run.judge],
    ["judge_model", run.judge_model],
    ["embedding_model", run.embedding_model],
    ["metrics", run.metrics.join(", ")],
    ["language", language],
    ...Object.entries(versions).map(([name, version]) => [`version:${name}`, version] as const),
    ...Object.entries(run.tags).map(([name, value]) => [`tag:${name}`, value] as const),
  ]);
}

/** The forecast is an upper bound, so every proven improvement up to it is inside. */
function checkAdvice(
  { id, cause, title, metric, gain }: Report["advice"][number],
  compared: MetricComparison | undefined,
): AdviceCheck {
  const sign = metricInfo(metric).direction === "higher" ? 1 : -1;
  const moved = compared?.mean == null ? null : sign * compared.mean;
  const interval = orient(compared?.interval ?? null, sign);
  const most = gain.interval?.[1] ?? gain.bound;
  return {
    advice_id: id,
    cause,
    title,
    metric,
    forecast: gain,
    moved,
    interval,
    status: statusOf(compared, moved, most),
  };
}

function statusOf(
  compared: MetricComparison | undefined,
  moved: number | null,
  most: number,
): AdviceCheck["status"] {
  if (!compared || moved === null || compared.verdict === "too_few_samples") return "unknown";
  if (compared.verdict === "within_noise") return "not_moved";
  if (moved < 0) return "worse";
  return moved <= most + 1e-9 ? "inside" : "beyond";
}

function orient(interval: [number, number] | null, sign: number): [number, number] | null {
  if (!interval) return null;
  return sign === 1 ? interval : [-interval[1], -interval[0]];
}
