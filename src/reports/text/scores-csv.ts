import type { ReportInput, ReportSample } from "../report-input.ts";
import { sampleTexts } from "../sample-texts.ts";
import { BYTE_ORDER_MARK, toCsv } from "./csv.ts";

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
