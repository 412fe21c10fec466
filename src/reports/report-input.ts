import type { Language, MeasuredJudge, Usage } from "../contract/outcome.ts";
import type { Report } from "../contract/report.ts";
import { readSecondAsks, type SecondAsks } from "../scoring/consistency/second-asks.ts";
import type { Cause, Evidence } from "../scoring/evidence.ts";
import type { ControlCounts } from "../scoring/judge.ts";
import type { JudgeKind, Outcome } from "../scoring/outcome.ts";

/** Everything a report is made of. The same input gives the same bytes: no clock, no ids, no randomness is added. */
export interface ReportInput {
  run: {
    run_id: string;
    name: string | null;
    mode: Report["run"]["mode"];
    judge: string;
    judge_model: string | null;
    embedding_model: string | null;
    /** ISO 8601 UTC, from the record. */
    started_at: string;
    finished_at: string;
    metrics: string[];
    tags: Record<string, string>;
    session_id: string | null;
  };
  language: Language;
  /** Of app, prompts, metrics and judge. */
  versions: Record<string, string>;
  usage: Usage;
  samples: ReportSample[];
  /** How far the judge was known to be right; null: it was never measured; absent: not known here. */
  measured?: MeasuredJudge | null;
  /** Rows of the upload that could not be read. */
  rejectedRows?: number;
}

/** One sample of the run. It is invalid when it has an error or no metric could be scored. */
export interface ReportSample {
  sample_id: string;
  tags: Record<string, string>;
  error: { code: string; message: string } | null;
  outcomes: Record<string, Outcome>;
  scores: Record<string, number | null>;
  /** 0..1, higher is better; null when nothing was scored. */
  weighted_score: number | null;
  /** null when the sample never got as far as a judgement. */
  evidence: Evidence | null;
  /** The main cause of a sample whose evidence is not at hand, as in large runs. */
  cause?: Cause | null;
  /** What asking the judge twice has shown, where the evidence is not at hand. */
  secondAsks?: SecondAsks | null;
  /** What the judge's control claims have shown, where the evidence is not at hand. */
  controls?: ControlCounts | null;
  /** Who judged it, where the evidence is not at hand. */
  judgedBy?: JudgeKind | null;
  /** The texts of a sample without evidence, so that tables can still show what failed. */
  texts?: {
    question: string;
    answer: string;
    contexts: string[] | null;
    ground_truth: string | null;
  };
}

/** The error of a sample whose row had a question and no answer. */
export const NO_ANSWER = "no_answer";

/** Whether something can be said of it: it has a number, or needs none. */
export function isValidSample(sample: ReportSample): boolean {
  if (sample.error !== null) return false;
  return Object.values(sample.outcomes).some(
    ({ status, reason }) => status === "scored" || reason === "small_talk",
  );
}

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

/** What asking the judge twice has shown in a sample: as it was read before, or from its evidence. */
export function secondAsksOf(sample: ReportSample): SecondAsks | null {
  if (sample.secondAsks !== undefined) return sample.secondAsks;
  const { evidence, outcomes } = sample;
  return evidence ? readSecondAsks(evidence, Object.keys(outcomes)) : null;
}

/** What control claims have shown in a sample. */
export function controlsOf({ controls, evidence }: ReportSample): ControlCounts | null {
  return controls !== undefined ? controls : (evidence?.controls ?? null);
}

/** Who judged a sample; null: nobody did. */
export function judgeOf({ judgedBy, evidence }: ReportSample): JudgeKind | null {
  return judgedBy !== undefined ? judgedBy : (evidence?.method ?? null);
}
