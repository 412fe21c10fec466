import type { Advice, AdviceFacts, MetricSummary } from "../../contract/report.ts";
import type { Steps } from "../../scoring/steps.ts";
import { goodness, metricInfo, severityOf, type Thresholds } from "../metric-info.ts";
import type { ReportInput } from "../report-input.ts";
import { type Finding, findCauses } from "./findings.ts";
import { boundGain, type Gain } from "./gain.ts";
import type { AdviceRule } from "./rule.ts";
import { ADVICE_RULES, sayAdvice } from "./rules.ts";

const MOST_EXAMPLES = 3;

interface Chosen {
  rule: AdviceRule;
  findings: readonly Finding[];
  gain: Gain;
  worth: number;
}

/**
 * What to change, the most gain for the least work first. The order counts a sample for its main cause alone, because
 * its other causes are often symptoms of that one; the bound of an advice counts every sample that has the cause.
 * Empty when no cause was found. Pauses after each rule, see `buildReportInSteps`.
 */
export function* advise(
  input: ReportInput,
  summaries: Readonly<Record<string, MetricSummary>>,
  thresholds: Readonly<Record<string, Thresholds>>,
): Steps<Advice[]> {
  const found = findCauses(input.samples);
  const chosen: Chosen[] = [];
  for (const rule of ADVICE_RULES) {
    yield;
    const findings = found.get(rule.cause) ?? [];
    if (findings.length === 0) continue;
    const gain = chooseGain(input, rule, findings);
    chosen.push({ rule, findings, gain, worth: worthOf(rule, findings, gain) });
  }
  return chosen
    .sort(
      (a, b) =>
        b.worth - a.worth ||
        b.gain.bound / b.rule.effort - a.gain.bound / a.rule.effort ||
        b.findings.length - a.findings.length,
    )
    .map(({ rule, findings, gain }, index) => {
      const facts = gatherFacts(input, findings);
      const mean = summaries[gain.metric]?.mean ?? gain.mean;
      const limits = thresholds[gain.metric];
      return {
        id: `A${index + 1}`,
        cause: rule.cause,
        severity: severityOf(mean, metricInfo(gain.metric), limits) ?? "improve",
        ...sayAdvice(rule, facts, input.language),
        effort: rule.effort,
        metric: gain.metric,
        gain: { bound: gain.bound, interval: gain.interval },
        sample_ids: worstFirst(findings, gain.metric)
          .slice(0, MOST_EXAMPLES)
          .map(({ sample }) => sample.sample_id),
        facts,
      };
    });
}

/** The findings whose sample the metric rates worst first; samples without a value last, ties by id. */
function worstFirst(findings: readonly Finding[], metric: string): Finding[] {
  const info = metricInfo(metric);
  const rate = ({ sample }: Finding) => {
    const value = sample.scores[metric] ?? null;
    return value === null ? (sample.weighted_score ?? 2) : goodness(info, value);
  };
  return [...findings].sort(
    (a, b) => rate(a) - rate(b) || (a.sample.sample_id < b.sample.sample_id ? -1 : 1),
  );
}

/** Gain for effort over the samples that have the cause as their main one. */
function worthOf(rule: AdviceRule, findings: readonly Finding[], gain: Gain): number {
  const main = findings.filter((finding) => finding.isMain);
  const sum = main.reduce((total, { sample }) => total + (gain.bySample.get(sample) ?? 0), 0);
  return sum / Math.max(1, gain.n) / rule.effort;
}

/**
 * The metric that shows the cause best: the first of the rule's metrics that was asked for and would move; else the
 * first that can be computed from the judgements at hand and would move.
 */
function chooseGain(input: ReportInput, rule: AdviceRule, findings: readonly Finding[]): Gain {
  const asked = new Set(input.run.metrics);
  const ordered = [
    ...rule.metrics.filter((metric) => asked.has(metric)),
    ...rule.metrics.filter((metric) => !asked.has(metric)),
  ];
  let first: Gain | null = null;
  for (const metric of ordered) {
    const gain = boundGain(input.samples, findings, metric);
    if (gain && gain.bound > 0) return gain;
    first ??= gain;
  }
  return (
    first ?? {
      metric: rule.metrics[0],
      bound: 0,
      interval: null,
      n: 0,
      mean: 1,
      bySample: new Map(),
    }
  );
}

/** The numbers that go into the sentences of an advice. */
function gatherFacts(input: ReportInput, findings: readonly Finding[]): AdviceFacts {
  const judged = input.samples.filter((sample) => sample.evidence !== null);
  const passageCounts = judged.flatMap((sample) => sample.evidence?.passages?.length ?? []);
  return {
    affected: findings.length,
    total: judged.length,
    statements: findings.reduce((sum, { claimIds }) => sum + claimIds.length, 0),
    passages: median(passageCounts),
  };
}

/** The upper median: a count that really occurs. */
function median(counts: readonly number[]): number | null {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
