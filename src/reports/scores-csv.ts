import Papa from "papaparse";
import type { ReportInput, ReportSample } from "./report-input.ts";
import { sampleTexts } from "./sample-texts.ts";

/**
 * What a spreadsheet would run as a formula when it stands first in a cell, full-width forms too. Leading quotes are
 * looked through, so that taking one quote away always gives the text back.
 */
const FORMULA_START = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Excel takes a file for UTF-8 only with this mark. */
const BYTE_ORDER_MARK = "\uFEFF";

/** One row a sample (RFC 4180). Texts that look like formulas get a leading `'`; numbers stay numbers. */
export function renderScoresCsv(input: ReportInput): string {
  return renderScoresHead(input.run.metrics) + renderScoresRows(input.samples, input.run.metrics);
}

/** The first line, with the mark. */
export function renderScoresHead(metrics: readonly string[]): string {
  const fields = ["sample_id", "question", "contexts", "answer", "ground_truth"];
  return `${BYTE_ORDER_MARK}${toCsv([[...fields, ...metrics, "error", "cause"]])}`;
}

/** The lines of some samples, for runs that are written piece by piece. */
export function renderScoresRows(
  samples: readonly ReportSample[],
  metrics: readonly string[],
): string {
  return samples.length === 0 ? "" : toCsv(samples.map((sample) => toRow(sample, metrics)));
}

function toCsv(rows: (string | number)[][]): string {
  return `${Papa.unparse(rows, { newline: "\r\n", escapeFormulae: FORMULA_START })}\r\n`;
}

function toRow(sample: ReportSample, metrics: readonly string[]): (string | number)[] {
  const texts = sampleTexts(sample);
  return [
    sample.sample_id,
    texts.question,
    texts.contexts ? JSON.stringify(texts.contexts) : "",
    texts.answer,
    texts.ground_truth ?? "",
    ...metrics.map((metric) => sample.scores[metric] ?? ""),
    sample.error ? `${sample.error.code}: ${sample.error.message}` : "",
    sample.evidence?.cause ?? "",
  ];
}
