import type { Report } from "../contract/report.ts";
import type { GateWords } from "./gate-words.ts";

/** Samples of a run that its numbers do not rest on. */
export interface Unscored {
  /** Of them all, with those below. */
  total: number;
  no_answer: number;
  /** For other reasons. */
  failed: number;
  /** Rows of an upload that never became samples. */
  rejected_rows: number;
  /** Answers that decline to answer, where a metric says so. */
  refusals: number;
}

/** Nothing is left out of a verdict on no samples. */
export const ALL_SCORED: Unscored = {
  total: 0,
  no_answer: 0,
  failed: 0,
  rejected_rows: 0,
  refusals: 0,
};

export function unscoredOf(report: Report): Unscored {
  const missing = Object.values(report.metrics).map((summary) => summary.missing);
  const most = (reason: string) => Math.max(0, ...missing.map((counts) => counts[reason] ?? 0));
  const noAnswer = most("missing_answer");
  return {
    total: report.run.total_samples,
    no_answer: noAnswer,
    failed: Math.max(0, report.run.invalid_samples - noAnswer),
    rejected_rows: report.rejected_rows ?? 0,
    refusals: most("abstained"),
  };
}

/** What a verdict must not be read without. */
export function gateNotes(unscored: Unscored, words: GateWords): string[] {
  const { total, no_answer, failed, rejected_rows, refusals } = unscored;
  return [
    ...(no_answer > 0 ? [words.noAnswer(no_answer, total)] : []),
    ...(failed > 0 ? [words.notScored(failed, total)] : []),
    ...(rejected_rows > 0 ? [words.rejected(rejected_rows)] : []),
    ...(refusals > 0 ? [words.refusals(refusals, total)] : []),
  ];
}
