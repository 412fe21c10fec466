import { LIMITS } from "../../contract/limits.ts";
import type { SampleRow } from "../../contract/report.ts";
import { type ReportSample, sampleTexts } from "../report-input.ts";

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

function toSampleRow(sample: ReportSample): SampleRow {
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

/** At most `limit` UTF-16 units with an ellipsis when something was cut; never half a surrogate pair. */
export function previewText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const last = cut.charCodeAt(cut.length - 1);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return `${isHighSurrogate ? cut.slice(0, -1) : cut}…`;
}
