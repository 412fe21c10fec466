import type { MetricSummary } from "../contract.ts";
import { metricInfo } from "../reports/metric-info.ts";
import { compareMetric } from "../scoring/compare-metric.ts";
import { type ComparedSample, pairSamples } from "../scoring/compare-pairs.ts";
import type { GateRule } from "../scoring/gate-rules.ts";
import { judgeAgainstBase, judgeRule, type RuleResult } from "../scoring/gate-verdict.ts";
import { summarizeMetric } from "../scoring/statistics.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { loadRun } from "./compare-runs.ts";
import type { JobContext } from "./context.ts";

/** What a gate is about: the numbers of its samples, and each metric over them. */
interface Subject {
  samples: ComparedSample[];
  metrics: Readonly<Record<string, MetricSummary>>;
}

/**
 * Judges the rules on a finished run.
 * @throws AppError `not_found`
 */
export async function judgeRunGate(
  context: JobContext,
  project: string,
  runId: string,
  rules: readonly GateRule[],
  baseRunId: string | null,
): Promise<RuleResult[]> {
  const { report, samples } = await loadRun(context, project, runId);
  return judge(context, project, { samples, metrics: report.metrics }, rules, baseRunId);
}

/** Judges the rules on the one sample of a finished job, whatever else stands in its run. */
export async function judgeSampleGate(
  context: JobContext,
  job: JobRecord,
  sampleId: string,
  rules: readonly GateRule[],
  baseRunId: string | null,
): Promise<RuleResult[]> {
  const metrics = Object.fromEntries(
    Object.entries(job.outcomes).map(([metric, outcome]) => {
      const summary = summarizeMetric([outcome], metricInfo(metric));
      // Cells that could not be judged leave a range in which the value of this very answer lies.
      return [metric, { ...summary, band: outcome.interval ?? summary.band }];
    }),
  );
  const samples = [{ sampleId, question: job.question, scores: job.scores, cause: null }];
  return judge(context, job.project, { samples, metrics }, rules, baseRunId);
}

async function judge(
  context: JobContext,
  project: string,
  subject: Subject,
  rules: readonly GateRule[],
  baseRunId: string | null,
): Promise<RuleResult[]> {
  const needsBase = rules.some(({ against }) => against === "base");
  const base = needsBase && baseRunId ? await loadRun(context, project, baseRunId) : null;
  const pairs = base ? pairSamples(base.samples, subject.samples) : [];
  return rules.map((rule) =>
    rule.against === "base"
      ? judgeAgainstBase(rule, compareMetric(pairs, metricInfo(rule.metric)))
      : judgeRule(rule, subject.metrics[rule.metric]),
  );
}
