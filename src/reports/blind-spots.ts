import type { Report } from "../contract.ts";
import { metricLabel, missingReasons } from "./metric-label.ts";
import type { Words } from "./words/words.ts";

/** Which metrics have no value for some samples, and why: faults there would not be seen. */
export function blindLines(report: Report, words: Words): string[] {
  const lines = Object.entries(report.metrics).flatMap(([name, summary]) => {
    const missing = Object.values(summary.missing).reduce((sum, n) => sum + n, 0);
    if (missing === 0) return [];
    const line = words.advice.blindLine({
      metric: metricLabel(name, report.language),
      missing,
      total: summary.n + missing,
      reasons: missingReasons(summary.missing, words),
    });
    return [`- ${line}`];
  });
  return lines.length === 0 ? [] : ["", `## ${words.advice.blindHeading}`, "", ...lines];
}
