import type { ReportSample } from "./report-input.ts";

export interface SampleTexts {
  question: string;
  answer: string;
  contexts: readonly string[] | null;
  ground_truth: string | null;
}

/** The texts as they were scored; those of a sample that was never scored as they came in. */
export function sampleTexts(sample: ReportSample): SampleTexts {
  const { evidence, texts } = sample;
  if (!evidence) {
    return texts ?? { question: "", answer: "", contexts: null, ground_truth: null };
  }
  return {
    question: evidence.question,
    answer: evidence.answer.text,
    contexts: evidence.passages?.map((passage) => passage.text) ?? null,
    ground_truth: evidence.reference?.text ?? null,
  };
}
