import type { MetricSummary, Report } from "../../contract/report.ts";
import { kindOfJudge } from "../../scoring/outcome.ts";
import { metricInfo } from "../metric-info.ts";
import { isValidSample, type ReportInput } from "../report-input.ts";
import {
  causeInWords,
  directedLabel,
  formatInterval,
  formatScore,
  metricLabel,
  missingReasons,
} from "./labels.ts";
import { escapeMarkdown, markdownTable } from "./markdown.ts";
import { methodLines } from "./method-lines.ts";
import type { Words } from "./words/en.ts";
import { WORDS } from "./words/words.ts";

const MOST_GROUPS = 20;
const MOST_ERRORS = 10;

/** `summary.md`: what was scored, how it came out, and how the numbers were made. */
export function renderSummaryMarkdown(input: ReportInput, report: Report): string {
  const words = WORDS[report.language];
  const { run } = report;
  const lines = [
    `# ${words.summary.title(escapeMarkdown(run.name ?? run.run_id))}`,
    "",
    words.summary.scope({
      total: run.total_samples,
      valid: run.valid_samples,
      invalid: run.invalid_samples,
    }),
    ...(report.rejected_rows ? [words.summary.rejectedRows(report.rejected_rows)] : []),
    words.summary.times(escapeMarkdown(run.started_at), escapeMarkdown(run.finished_at)),
    ...section(words.summary.metricsHeading, metricLines(report, words)),
    ...section(words.summary.distributionHeading, distributionLines(report, words)),
    ...section(words.summary.causesHeading, causeLines(report, words)),
    ...section(words.summary.lowestHeading, lowestLines(report, words)),
    ...section(words.summary.groupsHeading, groupLines(report, words)),
    ...section(words.summary.errorsHeading, errorLines(input, words)),
    ...section(words.summary.methodHeading, methodLines(input, report, words)),
  ];
  return `${lines.join("\n")}\n`;
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `## ${heading}`, "", ...lines];
}

function metricLines(report: Report, words: Words): string[] {
  const rows = Object.entries(report.metrics).map(([name, summary]) => [
    `${metricLabel(name, report.language)}${words.aside(words.direction[metricInfo(name).direction])}`,
    summary.mean === null ? words.none : formatScore(summary.mean),
    summary.interval ? formatInterval(summary.interval) : words.none,
    String(summary.n),
    words.percent(Math.round(summary.coverage * 100)),
    changeCell(summary, words),
    missingReasons(summary.missing, words) || words.none,
  ]);
  if (rows.length === 0) return [words.summary.noMetrics];
  return [
    ...markdownTable(words.summary.metricColumns, rows),
    "",
    words.summary.metricsNote,
    ...judgeLines(report, words),
  ];
}

/** Who judged, and the means apart, where the run's own judge could not be used for all. */
function judgeLines({ metrics, judged_by, language }: Report, words: Words): string[] {
  if (!judged_by) return [];
  const judged = Object.entries(judged_by).map(([judge, n]) => ({ judge: judgeName(judge), n }));
  const rows = Object.entries(metrics).flatMap(([metric, { by_judge = {} }]) =>
    Object.entries(by_judge).map(([judge, { mean, interval, n }]) => [
      metricLabel(metric, language),
      judgeName(judge),
      mean === null ? words.none : formatScore(mean),
      interval ? formatInterval(interval) : words.none,
      String(n),
    ]),
  );
  const table = rows.length > 0 ? ["", ...markdownTable(words.summary.judgeColumns, rows)] : [];
  return ["", words.summary.judgedBy(judged), ...table];

  function judgeName(judge: string): string {
    return words.judge[kindOfJudge(judge)];
  }
}

function changeCell(summary: MetricSummary, words: Words): string {
  const change = smallestVisibleChange(summary);
  return change === null ? words.none : `± ${formatScore(change)}`;
}

function distributionLines(report: Report, words: Words): string[] {
  return Object.entries(report.metrics).flatMap(([name, { n, histogram, band }]) => {
    if (n < 2) return [];
    const between = (from: number, to: number) =>
      histogram.slice(from, to).reduce((sum, bin) => sum + bin, 0);
    const spread = words.summary.distribution({
      n,
      low: between(0, 5),
      middle: between(5, 8),
      high: between(8, 10),
    });
    const range = band ? ` ${words.summary.band(formatScore(band[0]), formatScore(band[1]))}` : "";
    return [`- ${directedLabel(name, report.language, words)}${words.colon}${spread}${range}`];
  });
}

function causeLines(report: Report, words: Words): string[] {
  const [first] = report.advice;
  const causes = Object.entries(report.diagnosis).map(
    ([cause, n]) => `- ${words.summary.causeLine(causeInWords(cause, words), n)}`,
  );
  if (causes.length === 0 && !first) return [words.summary.noCauses];
  const pointer = first ? [words.summary.firstAdvice(first.id, first.title)] : [];
  return [...causes, ...(causes.length > 0 && first ? [""] : []), ...pointer];
}

function lowestLines(report: Report, words: Words): string[] {
  if (report.lowest.length === 0) return [words.summary.noLowest];
  const rows = report.lowest.map((row) => [
    escapeMarkdown(row.sample_id),
    row.weighted_score === null ? words.none : formatScore(row.weighted_score),
    causeInWords(row.cause, words),
    escapeMarkdown(row.question),
  ]);
  return markdownTable(words.summary.lowestColumns, rows);
}

/** One group holds nothing the table above does not. */
function groupLines(report: Report, words: Words): string[] {
  const { groups, language, run } = report;
  if (groups.every((group) => group.n === run.total_samples)) return [];
  const columns = [
    ...words.summary.groupColumns,
    ...run.metrics.map((metric) => metricLabel(metric, language)),
  ];
  const rows = groups.slice(0, MOST_GROUPS).map(({ tag, n, means }) => [
    escapeMarkdown(tag),
    String(n),
    ...run.metrics.map((metric) => {
      const mean = means[metric] ?? null;
      return mean === null ? words.none : formatScore(mean);
    }),
  ]);
  const rest = groups.length - MOST_GROUPS;
  return [
    ...markdownTable(columns, rows),
    ...(rest > 0 ? ["", words.summary.moreGroups(rest)] : []),
  ];
}

function errorLines(input: ReportInput, words: Words): string[] {
  const failed = input.samples.filter((sample) => sample.error !== null && !isValidSample(sample));
  const lines = failed
    .slice(0, MOST_ERRORS)
    .map(
      ({ sample_id, error }) =>
        `- ${escapeMarkdown(sample_id)}${words.colon}${escapeMarkdown(error?.message || error?.code || "")}`,
    );
  const rest = failed.length - MOST_ERRORS;
  return rest > 0 ? [...lines, `- ${words.summary.moreErrors(rest)}`] : lines;
}

/**
 * How far the mean of a second run of the same size must be away before the difference is more than chance: the half
 * width of the 95 % interval of a difference of two such means, √2 times that of one. null without an interval.
 */
function smallestVisibleChange({ interval }: MetricSummary): number | null {
  if (!interval) return null;
  return ((interval[1] - interval[0]) / 2) * Math.SQRT2;
}
