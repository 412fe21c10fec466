import type { MetricSummary, Report } from "../../contract/report.ts";
import { ARTIFACT_NAMES } from "../../contract/service.ts";
import type { SecondAsks } from "../../scoring/consistency/second-asks.ts";
import { summarizeConsistency } from "../../scoring/consistency/summarize-consistency.ts";
import type { Cause } from "../../scoring/evidence.ts";
import { kindOfJudge, type Outcome } from "../../scoring/outcome.ts";
import { costOf } from "../../scoring/prices.ts";
import { rateInterval } from "../../scoring/rate-interval.ts";
import { meanOfValues, summarizeMetric } from "../../scoring/statistics.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { advise } from "../advice/advise.ts";
import { metricInfo, type Thresholds } from "../metric-info.ts";
import {
  controlsOf,
  isValidSample,
  judgeOf,
  NO_ANSWER,
  type ReportInput,
  type ReportSample,
  secondAsksOf,
} from "../report-input.ts";
import { pickLowest } from "./sample-row.ts";
import { groupByTag, totalsOf } from "./tag-groups.ts";

export interface ReportOptions {
  /** Where severities begin, per metric, for metrics that deserve another line than the default. */
  thresholds?: Readonly<Record<string, Thresholds>>;
  /** Paragraphs written before, by advice id: a report built again asks no model. */
  engineer?: Readonly<Record<string, string>>;
  /** The run whose judgements are computed again; such a run counts in no trend. */
  rescoredFrom?: string;
}

/** The report of a run: means, groups, lowest samples, diagnosis and advice. Pure. */
export function buildReport(input: ReportInput, options: ReportOptions = {}): Report {
  return runAtOnce(buildReportInSteps(input, options));
}

/** The same with pauses, for a caller that must let others in: ten thousand samples take a good part of a second. */
export function* buildReportInSteps(
  input: ReportInput,
  options: ReportOptions = {},
): Steps<Report> {
  const { thresholds = {}, rescoredFrom, engineer = {} } = options;
  const secondAsks = input.samples.flatMap((sample) => secondAsksOf(sample) ?? []);
  const consistency = summarizeConsistency(secondAsks);
  const summaries = yield* summarizeMetrics(input.samples, input.run.metrics, secondAsks);
  const advice = (yield* advise(input, summaries, thresholds)).map((one) => {
    const paragraph = engineer[one.id];
    return paragraph === undefined ? one : { ...one, engineer: paragraph };
  });
  yield;
  const groups = groupByTag(input);
  yield;
  const totals = rescoredFrom === undefined ? totalsOf(input) : null;
  yield;
  const controls = sumControls(input.samples);
  const judgedBy = countJudges(input);
  const cost = costOf(input.run.judge_model, input.usage);
  const validSamples = input.samples.filter(isValidSample).length;
  return {
    run: {
      ...input.run,
      total_samples: input.samples.length,
      valid_samples: validSamples,
      invalid_samples: input.samples.length - validSamples,
      metric_means: mapValues(summaries, (summary) => summary.mean),
      intervals: mapValues(summaries, (summary) => summary.interval),
      coverage: mapValues(summaries, (summary) => summary.coverage),
      sure: Object.fromEntries(
        Object.entries(summaries).flatMap(([metric, { sure }]) => (sure ? [[metric, sure]] : [])),
      ),
      advice_top: advice[0]?.title ?? null,
    },
    metrics: summaries,
    groups,
    lowest: pickLowest(input.samples),
    diagnosis: countCauses(input.samples),
    advice,
    versions: input.versions,
    language: input.language,
    artifacts: [...ARTIFACT_NAMES],
    usage: input.usage,
    ...(input.rejectedRows ? { rejected_rows: input.rejectedRows } : {}),
    ...(consistency ? { consistency } : {}),
    ...(controls ? { controls } : {}),
    ...(judgedBy ? { judged_by: judgedBy } : {}),
    ...(input.measured === undefined ? {} : { judge_measured: input.measured }),
    ...(cost ? { cost } : {}),
    ...(totals ? { totals } : { rescored_from: rescoredFrom }),
    ...(Object.keys(thresholds).length > 0
      ? { thresholds: mapValues(thresholds, ([a, b, c]): [number, number, number] => [a, b, c]) }
      : {}),
  };
}

/** Each metric over all samples; its interval is as wide as chance in the samples and in the judge makes it. */
export function* summarizeMetrics(
  samples: readonly ReportSample[],
  metrics: readonly string[],
  secondAsks: readonly SecondAsks[],
): Steps<Record<string, MetricSummary>> {
  const summaries: [string, MetricSummary][] = [];
  for (const metric of metrics) {
    yield;
    const outcomes = samples.flatMap(
      (sample) => sample.outcomes[metric] ?? failedAsAWhole(sample) ?? [],
    );
    const noise = secondAsks.reduce((sum, asked) => sum + (asked.noise[metric] ?? 0), 0);
    const apart = meansByJudge(samples, metric);
    summaries.push([
      metric,
      {
        ...summarizeMetric(outcomes, metricInfo(metric), noise),
        ...(apart && { by_judge: apart }),
      },
    ]);
  }
  return Object.fromEntries(summaries);
}

/** One metric apart by who judged the samples; undefined: one judge did, or none is needed. */
function meansByJudge(
  samples: readonly ReportSample[],
  metric: string,
): MetricSummary["by_judge"] | undefined {
  const values = new Map<string, number[]>();
  for (const sample of samples) {
    const judge = judgeOf(sample);
    const outcome = sample.outcomes[metric];
    if (judge === null || typeof outcome?.value !== "number" || outcome.method === "text") continue;
    const own = values.get(judge);
    if (own) own.push(outcome.value);
    else values.set(judge, [outcome.value]);
  }
  if (values.size < 2) return undefined;
  const means = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(means.map(([judge, own]) => [judge, meanOfValues(own)]));
}

/** Samples by who judged them; undefined: all by the judge the run is named after. */
function countJudges({ run, samples }: ReportInput): Record<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const judge = judgeOf(sample);
    if (judge !== null) counts.set(judge, (counts.get(judge) ?? 0) + 1);
  }
  const isOwn = counts.size === 1 && counts.has(kindOfJudge(run.judge));
  return isOwn || counts.size === 0 ? undefined : Object.fromEntries([...counts].sort());
}

/** Below this share of passed replies no number of the run is to be relied on. */
const LEAST_HELD = 0.9;

function sumControls(samples: readonly ReportSample[]): Report["controls"] {
  const counts = samples.flatMap((sample) => controlsOf(sample) ?? []);
  const asked = counts.reduce((sum, one) => sum + one.asked, 0);
  const held = counts.reduce((sum, one) => sum + one.held, 0);
  if (asked === 0) return undefined;
  return {
    asked,
    held,
    interval: rateInterval(held, asked),
    is_reliable: held >= LEAST_HELD * asked,
  };
}

/** A sample nothing is known of lacks every metric, so that coverage and bands have it too. */
function failedAsAWhole({ error, outcomes }: ReportSample): Outcome | null {
  if (error === null || Object.keys(outcomes).length > 0) return null;
  const reason = error.code === NO_ANSWER ? "missing_answer" : "judge_error";
  return { status: "failed", value: null, reason, method: "text" };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** How many samples have each cause as their main one; causes that do not occur are left out, the commonest first. */
export function countCauses(samples: readonly ReportSample[]): Record<string, number> {
  const counts = new Map<Cause, number>();
  for (const { evidence, cause } of samples) {
    const main = evidence ? evidence.cause : cause;
    if (main) counts.set(main, (counts.get(main) ?? 0) + 1);
  }
  const rows = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return Object.fromEntries(rows);
}
