import type { RunRow } from "../../../src/contract/run.ts";
import { BYTE_ORDER_MARK, toCsv } from "../../../src/reports/text/csv.ts";

/** The list as it is seen, for a spreadsheet: names are the API's own, so that a script reads it in any language. */
export function runsToCsv(
  runs: readonly RunRow[],
  metrics: readonly string[],
  nameOf: (run: RunRow) => string,
  verdictOf: (run: RunRow) => string,
): string {
  const head = [
    "run_id",
    "name",
    "finished_at",
    "samples",
    "judge",
    ...metrics.flatMap((metric) => [
      metric,
      `${metric}_low`,
      `${metric}_high`,
      `${metric}_coverage`,
    ]),
    "gate",
    "cause_top",
    "advice_top",
  ];
  const rows = runs.map((run) => [
    run.run_id,
    nameOf(run),
    run.finished_at,
    run.total_samples,
    run.judge_model ?? run.judge,
    ...metrics.flatMap((metric) => [
      run.metric_means[metric] ?? "",
      run.intervals[metric]?.[0] ?? "",
      run.intervals[metric]?.[1] ?? "",
      run.coverage[metric] ?? "",
    ]),
    verdictOf(run),
    run.cause_top ?? "",
    run.advice_top ?? "",
  ]);
  return BYTE_ORDER_MARK + toCsv([head, ...rows]);
}
