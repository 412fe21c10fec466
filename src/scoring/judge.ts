import type { Said } from "../words/said.ts";
import { say } from "../words/say.ts";
import type { REPLY_WARNINGS } from "../words/scoring-warnings.ts";
import type { JudgeKind } from "./outcome.ts";
import type { CutSample } from "./sample.ts";
import type { Pause } from "./steps.ts";

export type Verdict = "supported" | "contradicted" | "unsupported";

/** Why a cell could not be judged. */
export type JudgeFailure = "judge_error" | "judge_refused" | "budget" | "cancelled";

/** A value, or why there is none. `null` elsewhere means "was not asked". */
export type Judged<T> = { ok: true; value: T } | { ok: false; reason: JudgeFailure };

/**
 * Claims of one text that are judged, and bytes (UTF-8) of them; those behind are counted and not judged (`budget`). The
 * longest replies models write, some 64,000 tokens, have about as many in Chinese as in English; what is longer is no answer anybody reads, and
 * would hold up everybody else.
 */
export const CLAIMS_PER_TEXT = 2000;
export const CLAIM_BYTES_PER_TEXT = 300_000;

/** Claims of each text that stand behind the bound. */
export interface Unchecked {
  answer: number;
  reference: number;
}

/** Zero-based: sentence `sentence` of passage `passage`. */
export interface SentenceRef {
  passage: number;
  sentence: number;
}

export interface PassageCheck {
  verdict: Verdict;
  /** Sentences the verdict rests on; empty when unsupported. */
  evidence: SentenceRef[];
  /** The support needs more than one passage read together; then no single passage supports the claim. */
  jointly: boolean;
  /** 0..1, how sure the judge is of the verdict; null when it does not say. */
  confidence: number | null;
  /** Probability 0..1 that the claim is supported, from judges that grade (the offline judge). */
  support?: number;
  /** What the claim says otherwise than the first sentence of `evidence`, from judges that can tell. */
  difference?: { claim: TextPlace; sentence: TextPlace };
}

/** Characters of a text: `text.slice(start, end)`. */
export interface TextPlace {
  start: number;
  end: number;
}

/** One claim and everything judged about it. */
export interface JudgedClaim {
  of: "answer" | "reference";
  text: string;
  /** Zero-based index of the sentence the claim stands in. */
  sentence: number;
  /** Does the claim address the question? Answer claims only. */
  onTopic: boolean | null;
  /** Against all passages; null when there are none or no metric needs it. */
  passages: Judged<PassageCheck> | null;
  /** Answer claim against the reference, reference claim against the answer. */
  other: Judged<Verdict> | null;
  /** Probability 0..1 behind `other`, from judges that grade. */
  otherSupport?: number;
  /** What the judge said when it was asked a second time; absent: it was not. */
  again?: { passages?: Again<PassageCheck>; other?: Again<Verdict> };
}

/** Why a verdict is asked for twice: there is reason to doubt it, or it was drawn at random. */
export type WhyAgain = "doubtful" | "random";

interface Again<T> {
  why: WhyAgain;
  judged: Judged<T>;
}

/** Verdicts of one claim to be asked for anew. */
export interface SecondAsk {
  claim: JudgedClaim;
  passages: boolean;
  other: boolean;
}

export interface SecondAnswers {
  /** In the order asked; null: that verdict was not asked for. */
  answers: { passages: Judged<PassageCheck> | null; other: Judged<Verdict> | null }[];
  usage: JudgeUsage;
  calls?: readonly JudgeCall[];
  judgements?: readonly string[];
  controls?: ControlCounts;
  troubles?: readonly ReplyTrouble[];
  notes: string[];
}

/** How well the passages serve the question. */
export interface PassageRelevance {
  /** One number 0..1 a passage, in rank order. */
  scores: number[];
  /** Could the question be answered from the passages? */
  answerable: "full" | "partial" | "none";
}

/** What a passage may have been useful for: the reference answer, or the answer that was given. */
export type UsefulFor = "reference" | "answer";

/** Was each passage useful for arriving at that text? One flag a passage, in rank order; absent: not asked. */
export type PassageUsefulness = Partial<Record<UsefulFor, boolean[]>>;

/** Everything a judge says about one sample. All metrics are arithmetic over this. */
export interface JudgedTable {
  method: JudgeKind;
  /** Claims of answer and reference in reading order; a failed split is a Judged failure. */
  answerClaims: Judged<JudgedClaim[]> | null;
  referenceClaims: Judged<JudgedClaim[]> | null;
  /** Absent: every claim was looked at. */
  unchecked?: Unchecked;
  /** The answer declines to answer ("I don't know", 无法回答). */
  abstained: Judged<boolean> | null;
  relevance: Judged<PassageRelevance> | null;
  /** Absent or null: not asked, or a judge that cannot tell; the metrics then rest on the claims. */
  usefulness?: Judged<PassageUsefulness> | null;
  /** How far the answer addresses the question, 0..1, when the judge can say it beyond the on-topic flags. */
  answerRelevancy: Judged<number> | null;
  /** Cosine of the question with each reverse question; set only with an embedding model. */
  questionSimilarities: Judged<number[]> | null;
  /** Similarity of answer and reference: cosine of embeddings, or lexical (see `similarityMethod`). */
  similarity: Judged<number> | null;
  similarityMethod: "embedding" | "offline" | null;
  /** Entities of the reference, copied verbatim from it; null: code extracts them. */
  referenceEntities: Judged<string[]> | null;
  /** Custom criteria by name: 0..1. One that was asked and is not here is beyond this judge. */
  criteria: Record<string, Judged<number>>;
  /** Measured trust in the verdicts: `low` where the judge is known to be near chance on this kind of text. */
  confidence: "high" | "medium" | "low" | null;
  usage: JudgeUsage;
  /** The requests behind the usage, of a judge that makes any. */
  calls?: readonly JudgeCall[];
  /** Keys of the remembered judgements the table rests on; absent: nothing was remembered. */
  judgements?: readonly string[];
  /** Doubtful verdicts, and a few drawn at random, were asked for twice. */
  consistency?: "doubtful";
  /** Replies read, and those of them that told the control claims apart; absent: none carried any. */
  controls?: ControlCounts;
  /** Of the replies; absent: there was none. */
  troubles?: readonly ReplyTrouble[];
  /** Sentences for people about what went wrong ("answer claims: no usable reply after 2 tries"). */
  notes: string[];
}

/** Replies with control claims among what they answer, and how many of them passed. */
export interface ControlCounts {
  asked: number;
  held: number;
}

/** What was wrong with a judge's replies, by a code that has words in every language. */
export interface ReplyTrouble {
  code: keyof typeof REPLY_WARNINGS;
  /** About this sample. */
  message: Said;
}

/** One request to a model, for those who trace: how long it took and what it cost, never what was said. */
export interface JudgeCall {
  operation: "chat" | "decision" | "embeddings";
  model: string;
  /** What was asked for, as our prompts name it. */
  task: string;
  /** Milliseconds since 1970; waiting for a slot and quick retries are part of it. */
  startedAt: number;
  endedAt: number;
  /** null: the endpoint did not tell. */
  promptTokens: number | null;
  completionTokens: number | null;
  /** A word for what went wrong; null: nothing did. */
  error: string | null;
}

export interface JudgeUsage {
  judge_calls: number;
  cached_calls: number;
  /** null: the endpoint did not tell of every call. */
  prompt_tokens: number | null;
  completion_tokens: number | null;
  /** All tokens, those nobody told of estimated from the lengths of the texts; absent: all were told. */
  estimated_tokens?: number;
}

/** What the asked metrics need from the judge; nothing else is paid for. */
export interface Needs {
  answerClaims: boolean;
  referenceClaims: boolean;
  /** Check answer claims / reference claims against the passages. */
  answerAgainstPassages: boolean;
  referenceAgainstPassages: boolean;
  /** Answer claims against the reference / reference claims against the answer. */
  answerAgainstReference: boolean;
  referenceAgainstAnswer: boolean;
  answerRelevancy: boolean;
  passageRelevance: boolean;
  /** Ask whether each passage was useful for these texts, in the call that reads the passages anyway. */
  usefulness?: readonly UsefulFor[];
  similarity: boolean;
  referenceEntities: boolean;
  criteria: readonly Criterion[];
}

/** A user-defined rubric or yes/no question, judged in the same round as the claims. */
export interface Criterion {
  name: string;
  version: number;
  /** The question or rubric in the user's words. */
  text: string;
  /** `yes_no` gives 0 or 1; `scale` gives (level − 1) / 4 for levels 1..5. */
  kind: "yes_no" | "scale";
}

/**
 * Fills the table for one sample; `pause` lets others in while it works on a long text. Never throws for a bad reply: what could not be judged is a failed cell.
 * Throws only what a retry of the whole job may cure (provider down, rate limit) or configuration errors.
 */
export interface Judge {
  readonly name: string;
  fill(sample: CutSample, needs: Needs, signal?: AbortSignal, pause?: Pause): Promise<JudgedTable>;
  /** Asks for some verdicts anew, without a look at the first ones. Absent: it would say the same every time. */
  askAgain?(
    sample: CutSample,
    asks: readonly SecondAsk[],
    signal?: AbortSignal,
  ): Promise<SecondAnswers>;
}

/** What keeps a judge from working. */
export type JudgeObstacle =
  | "key_refused"
  | "no_credit"
  | "allowance_spent"
  | "unknown_model"
  | "unreachable"
  | "busy"
  | "timeout"
  | "request_refused";

/**
 * The judge as a whole cannot work. `isRetryable`: waiting may cure it (down, overloaded, timed out); otherwise a
 * person must (wrong key, unknown model). The message is shown to people and holds no secret.
 */
export class JudgeUnavailable extends Error {
  readonly isRetryable: boolean;
  readonly retryAfterSeconds: number | null;
  readonly trouble: JudgeObstacle | null;
  /** Why, for people. */
  readonly said: Said;

  constructor(
    said: Said,
    options: {
      isRetryable: boolean;
      retryAfterSeconds?: number | null;
      trouble?: JudgeObstacle;
      cause?: unknown;
    },
  ) {
    super(say(said, null), { cause: options.cause });
    this.name = "JudgeUnavailable";
    this.said = said;
    this.isRetryable = options.isRetryable;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.trouble = options.trouble ?? null;
  }
}
