import type { CAUSES } from "./causes.ts";
import type {
  ControlCounts,
  Criterion,
  JudgeFailure,
  PassageUsefulness,
  TextPlace,
  Unchecked,
  Verdict,
  WhyAgain,
} from "./judge.ts";
import type { Confidence, JudgeKind } from "./outcome.ts";
import type { Sentence } from "./sample.ts";

/** Characters of one passage: `passages[passage].text.slice(start, end)`. */
export interface EvidenceSpan extends TextPlace {
  passage: number;
}

export interface EvidenceClaim {
  /** `a1` … for answer claims, `r1` … for reference claims, in reading order. */
  id: string;
  of: "answer" | "reference";
  text: string;
  /** Index into the sentences of the text the claim is of. */
  sentence: number;
  /** Against the passages; null when not checked or when the check failed (see `failed`). */
  verdict: Verdict | null;
  evidence: EvidenceSpan[];
  /** Support needs several passages together. */
  jointly: boolean;
  /** Of a contradicted claim: what differs, in the text the claim is of and in the passage; absent: the judge cannot say. */
  difference?: { text: TextPlace; passage: EvidenceSpan };
  /** Answer claims: does the reference support it? null: not checked or failed. */
  supported_by_reference?: Verdict | null;
  /** Reference claims: does the answer support it? */
  supported_by_answer?: Verdict | null;
  on_topic?: boolean | null;
  /** 0..1 */
  confidence: number | null;
  /** Probability 0..1 that the passages support the claim, when the judge grades it. */
  support?: number;
  /** Probability 0..1 that the reference (the answer) supports the claim, when the judge grades it. */
  support_by_other?: number;
  /** Which checks of this claim failed, and why. */
  failed?: { passages?: JudgeFailure; other?: JudgeFailure };
  /** What the judge said when asked a second time; every metric rests on what it said first. */
  again?: { passages?: SecondVerdict; other?: SecondVerdict };
}

export interface SecondVerdict {
  why: WhyAgain;
  /** null: no usable answer, the second time. */
  verdict: Verdict | null;
  /** Where another verdict on the passages rests. */
  evidence?: EvidenceSpan[];
  jointly?: boolean;
}

export interface EvidencePassage {
  /** Zero-based rank; equals the position in `passages`. */
  index: number;
  text: string;
  sentences: Sentence[];
  /** 0..1, how much the passage serves the question (or the reference claims when there are any). */
  relevance: number | null;
}

export type Cause = (typeof CAUSES)[number];

/**
 * The evidence table of one sample, exactly as stored in `evidence.jsonl`. Every metric that rests on a judge
 * can be computed again from this object alone, so a rescore costs no judge call.
 */
export interface Evidence {
  id: string;
  question: string;
  answer: { text: string; sentences: Sentence[] };
  /** null: contexts were not sent. */
  passages: EvidencePassage[] | null;
  reference: { text: string; sentences: Sentence[] } | null;
  claims: EvidenceClaim[];
  /** Claims behind the bound, which are counted and not judged; absent: there are none. */
  unchecked?: Unchecked;
  cause: Cause | null;
  /** A greeting or thanks: nothing is asked, so no metric applies and nothing is wrong. */
  small_talk?: true;
  /** The sample asked for the values of another tool; every measure of this evidence gives those. */
  compat?: "ragas";
  method: JudgeKind;
  judge: string;
  /** Doubtful verdicts, and a few drawn at random, were asked for twice. */
  consistency?: "doubtful";
  /** Replies of the judge with control claims, and how many of them told these apart; absent: there were none. */
  controls?: ControlCounts;
  abstained: boolean | null;
  answerable: "full" | "partial" | "none" | null;
  /** See JudgedTable; numbers 0..1 or null. */
  answer_relevancy: number | null;
  question_similarities: number[] | null;
  similarity: number | null;
  similarity_method: "embedding" | "offline" | null;
  reference_entities: string[] | null;
  criteria: Record<string, number | null>;
  /** The criteria as they were asked, so that a number can be traced to its wording and version. */
  criteria_asked?: Criterion[];
  /**
   * Judged usefulness of the passages. Here, or failed, exactly when it was asked and the judge can tell: then
   * context_precision and context_utilization rest on it instead of the claims.
   */
  usefulness?: PassageUsefulness;
  /** Inputs of the metrics that need no judge, kept so that a rescore is possible. */
  reference_passages: string[] | null;
  retrieved_ids: string[] | null;
  reference_ids: string[] | null;
  /** Claim lists no metric of the run asked for; a metric that needs one cannot be computed from this object. */
  unasked?: ("answer_claims" | "reference_claims")[];
  /** Table-level failures: which part, why. */
  failures: Partial<Record<EvidencePart, JudgeFailure>>;
  confidence: Confidence | null;
  notes: string[];
}

export type EvidencePart =
  | "answer_claims"
  | "reference_claims"
  | "abstained"
  | "relevance"
  | "usefulness"
  | "answer_relevancy"
  | "question_similarities"
  | "similarity"
  | "reference_entities"
  | `criterion:${string}`;
