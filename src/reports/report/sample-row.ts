import { LIMITS, type SampleRow } from "../../contract.ts";
import type { ReportSample } from "../report-input.ts";
import { sampleTexts } from "../sample-texts.ts";
import { previewText } from "./preview-text.ts";

const MOST_ROWS = 10;

/** The samples with the lowest weighted score, ties in the order of their ids. */
export function pickLowest(samples: readonly ReportSample[]): SampleRow[] {
  return samples
    .flatMap((sample) =>
      sample.weighted_score === null ? [] : [{ sample, score: sample.weighted_score }],
    )
    .sort((a, b) => a.score - b.score || (a.sample.sample_id < b.sample.sample_id ? -1 : 1))
    .slice(0, MOST_ROWS)
    .map(({ sample }) => toSampleRow(sample));
}

export function toSampleRow(sample: ReportSample): SampleRow {
  return {
    sample_id: sample.sample_id,
    question: previewText(sampleTexts(sample).question, LIMITS.previewCharacters),
    scores: sample.scores,
    outcomes: sample.outcomes,
    weighted_score: sample.weighted_score,
    cause: sample.evidence?.cause ?? sample.cause ?? null,
    error: sample.error,
  };
}
