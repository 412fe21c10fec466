import type { Report } from "../../contract.ts";
import type { ReportInput } from "../report-input.ts";
import { metricLabel, missingReasons } from "./labels.ts";
import type { Words } from "./words/words.ts";

/** Which metrics have no value for some samples, and why, and what the judge cannot do: faults there go unseen. */
export function blindLines(input: ReportInput, report: Report, words: Words): string[] {
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
  const isOffline = input.samples.some(({ evidence }) => evidence?.method === "offline");
  if (isOffline) lines.push(`- ${words.method.offlineLimits}`);
  return lines.length === 0 ? [] : ["", `## ${words.advice.blindHeading}`, "", ...lines];
}
