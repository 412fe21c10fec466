import type { MetricSummary, Report } from "../contract/report.ts";
import { metricInfo } from "../reports/metric-info.ts";
import { compareMetric } from "../scoring/compare-metric.ts";
import { type ComparedSample, pairSamples } from "../scoring/compare-pairs.ts";
import { ALL_SCORED, gateNotes, type Unscored, unscoredOf } from "../scoring/gate-notes.ts";
import type { GateRule } from "../scoring/gate-rules.ts";
import { judgeAgainstBase, judgeRule, type RuleResult } from "../scoring/gate-verdict.ts";
import type { GateWords } from "../scoring/gate-words.ts";
import { unsureOf } from "../scoring/outcome.ts";
import { summarizeMetric } from "../scoring/statistics.ts";
import { type JobRecord, scoresOf } from "../storage/job-records.ts";
import { loadRun } from "./compare-runs.ts";
import type { JobContext } from "./context.ts";

/** What a gate is about: the numbers of its samples, and each metric over them. */
interface Subject {
  samples: ComparedSample[];
  metrics: Readonly<Record<string, MetricSummary>>;
}

/** What is asked of a gate, and the words it answers in. */
export interface GateWish {
  rules: readonly GateRule[];
  baseRunId: string | null;
  words: GateWords;
}

export interface GateJudgement {
  results: RuleResult[];
  unscored: Unscored;
  /** What the verdict must not be read without. */
  notes: string[];
}

/**
 * Judges the rules on a finished run.
 * @throws AppError `not_found`
 */
export async function judgeRunGate(
  context: JobContext,
  project: string,
  runId: string,
  wish: GateWish,
): Promise<GateJudgement> {
  const { report, samples } = await loadRun(context, project, runId);
  const unscored = unscoredOf(report);
  const results = await judge(context, project, { samples, metrics: report.metrics }, wish);
  const judged = Object.entries(report.judged_by ?? {}).map((one) => one.join(" "));
  const notes = [
    ...(judged.length > 0 ? [wish.words.judges(judged.join(", "))] : []),
    ...gateNotes(unscored, wish.words),
  ];
  return doubt(report, { results, unscored, notes }, wish);
}

/** Judges the rules on the one sample of a finished job, whatever else stands in its run. */
export async function judgeSampleGate(
  context: JobContext,
  job: JobRecord,
  sampleId: string,
  wish: GateWish,
): Promise<GateJudgement> {
  const metrics = Object.fromEntries(
    Object.entries(job.outcomes).map(([metric, outcome]) => {
      const summary = summarizeMetric([outcome], metricInfo(metric));
      // Cells that could not be judged leave a range in which the value of this very answer lies.
      return [metric, { ...summary, band: outcome.interval ?? summary.band }];
    }),
  );
  const unsure = unsureOf(job.outcomes);
  const samples = [
    { sampleId, question: job.question, scores: scoresOf(job), unsure, cause: null },
  ];
  const results = await judge(context, job.project, { samples, metrics }, wish);
  const isOwnRun = job.runId !== null && job.sessionId === null && job.judge !== "offline";
  const run = isOwnRun ? await loadRun(context, job.project, job.runId ?? "") : null;
  const hasRefused = Object.values(job.outcomes).some(({ reason }) => reason === "abstained");
  const unscored = { ...ALL_SCORED, total: 1, refusals: hasRefused ? 1 : 0 };
  const judged = { results, unscored, notes: gateNotes(unscored, wish.words) };
  return run ? doubt(run.report, judged, wish) : judged;
}

/** A judge that fails its own control claims proves nothing, whatever its numbers say. */
function doubt({ controls }: Report, judged: GateJudgement, { words }: GateWish): GateJudgement {
  if (!controls || controls.is_reliable) return judged;
  const reason = words.unreliable(controls.held, controls.asked);
  return {
    ...judged,
    results: judged.results.map((result) => ({ ...result, verdict: "inconclusive", reason })),
    notes: [reason, ...judged.notes],
  };
}

async function judge(
  context: JobContext,
  project: string,
  subject: Subject,
  { rules, baseRunId, words }: GateWish,
): Promise<RuleResult[]> {
  const needsBase = rules.some(({ against }) => against === "base");
  const base = needsBase && baseRunId ? await loadRun(context, project, baseRunId) : null;
  const pairs = base ? pairSamples(base.samples, subject.samples) : [];
  return rules.map((rule) => {
    if (rule.against === "number") return judgeRule(rule, subject.metrics[rule.metric], words);
    const info = metricInfo(rule.metric);
    const sure = pairs.filter(
      (pair) => !pair.base.unsure.has(info.name) && !pair.other.unsure.has(info.name),
    );
    const without = sure.length === pairs.length ? null : compareMetric(sure, info);
    return judgeAgainstBase(rule, compareMetric(pairs, info), without, words);
  });
}
