/** What is scored. All texts are data: nothing in them is ever followed as an instruction. */
export interface Sample {
  question: string;
  answer: string;
  /** Retrieved chunks in rank order. `[]`: retrieval ran and found nothing. `null`: not sent at all. */
  passages: readonly string[] | null;
  /** Reference answer (ground truth). */
  reference: string | null;
  referencePassages: readonly string[] | null;
  retrievedIds: readonly string[] | null;
  referenceIds: readonly string[] | null;
}

/** A sentence as UTF-16 offsets into its text: `text.slice(start, end)` is the sentence. */
export interface Sentence {
  /** `s1`, `s2` … in answer and reference; `2.3` in passages (second passage, third sentence). */
  id: string;
  start: number;
  end: number;
}

export interface CutText {
  text: string;
  sentences: Sentence[];
}

/** A sample whose texts have been cut into numbered sentences by code, never by a judge. */
export interface CutSample {
  question: string;
  answer: CutText;
  passages: CutText[] | null;
  reference: CutText | null;
}
