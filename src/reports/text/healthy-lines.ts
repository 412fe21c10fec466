import type { Report } from "../../contract/report.ts";
import { metricInfo, severityOf } from "../metric-info.ts";
import { directedLabel, formatInterval, formatScore } from "./labels.ts";
import type { Words } from "./words/en.ts";

/** Says that nothing was found, on what that rests, and how much it is worth. */
export function healthyLines(report: Report, words: Words): string[] {
  const judged = report.run.valid_samples;
  if (judged === 0) return [words.advice.unjudged];
  return [
    `## ${words.advice.healthyHeading}`,
    "",
    words.advice.healthy(judged),
    "",
    ...metricLines(report, Object.keys(report.metrics), words),
    "",
    words.advice.healthyLimit(judged, unseenShare(judged, words)),
  ];
}

/** The largest rate of faults that would still go unseen in n samples one time in twenty: 1 − 0.05^(1/n). */
function unseenShare(n: number, words: Words): string {
  const share = (1 - 0.05 ** (1 / n)) * 100;
  return words.percent(share < 10 ? Math.ceil(share * 10) / 10 : Math.ceil(share));
}

/** Metrics that are low although no advice is about them. */
export function unexplainedLines(report: Report, words: Words): string[] {
  const explained = new Set(report.advice.map((advice) => advice.metric));
  const low = Object.entries(report.metrics).flatMap(([name, { mean }]) =>
    mean !== null && !explained.has(name) && severityOf(mean, metricInfo(name)) ? name : [],
  );
  if (low.length === 0) return [];
  return [
    "",
    `## ${words.advice.unexplainedHeading}`,
    "",
    words.advice.unexplained,
    "",
    ...metricLines(report, low, words),
  ];
}

function metricLines(report: Report, names: readonly string[], words: Words): string[] {
  return names.flatMap((name) => {
    const summary = report.metrics[name];
    if (!summary || summary.mean === null) return [];
    const line = words.advice.metricLine({
      metric: directedLabel(name, report.language, words),
      mean: formatScore(summary.mean),
      interval: summary.interval ? formatInterval(summary.interval) : null,
      n: summary.n,
    });
    return [`- ${line}`];
  });
}
