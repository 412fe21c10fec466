import * as z from "zod";
import { METRIC_NAMES } from "../scoring/metrics/registry.ts";
import { rule } from "../words/issue-words.ts";
import { said } from "../words/said.ts";
import { LIMITS } from "./limits.ts";
import { JudgeChoice, Language } from "./outcome.ts";

const tag = z.string().trim().min(1).max(LIMITS.tagCharacters);

/** Letters and digits of any script, then `-` and `_` too: safe in a column name, a file name and an address. */
const SLUG = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u;

/** A question or rubric of the user's own; scored as the metric `criterion:<name>`. Needs a model as judge. */
export const CriterionRequest = z.object({
  name: z
    .string()
    .max(LIMITS.criterionNameCharacters)
    .regex(SLUG, rule(said("rule_slug"))),
  /** Raised by the user when the text changes, so that scores of two wordings are never taken for one. */
  version: z.int().min(1).max(1_000_000).default(1),
  text: z.string().trim().min(1).max(LIMITS.criterionTextCharacters),
  kind: z.enum(["yes_no", "scale"]).default("yes_no"),
});
export type CriterionRequest = z.infer<typeof CriterionRequest>;

/** Where severities begin: below the first severe, below the second a warning, below the third could be better. */
const SeverityLines = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)])
  .refine(([severe, warning, improve]) => severe <= warning && warning <= improve, {
    message: rule(said("rule_lines_rise")),
  });
export const Thresholds = z.record(z.string().max(100), SeverityLines);
export type Thresholds = z.infer<typeof Thresholds>;

/** What makes a passage relevant: evidence of a claim, or the judge's word that it was useful (as Ragas asks). */
export const ContextPrecisionMode = z.enum(["claims", "usefulness"]);
export type ContextPrecisionMode = z.infer<typeof ContextPrecisionMode>;

export const ConsistencyChoice = z.enum(["off", "doubtful"]);
export type ConsistencyChoice = z.infer<typeof ConsistencyChoice>;

/** What the user of the app said of an answer. */
export const Feedback = z.enum(["like", "dislike"]);
export type Feedback = z.infer<typeof Feedback>;

/**
 * A request after intake: synonyms resolved, missing values `null`, contexts a list. Every field is present, so
 * the same payload always gives the same fingerprint.
 */
export const ScoreRequest = z.object({
  id: z.string().max(200).nullable().default(null),
  question: z.string().min(1),
  answer: z.string().min(1),
  contexts: z.array(z.string()).max(LIMITS.passages).nullable().default(null),
  ground_truth: z.string().nullable().default(null),
  reference_contexts: z.array(z.string()).max(LIMITS.passages).nullable().default(null),
  retrieved_ids: z.array(z.string()).max(1000).nullable().default(null),
  reference_ids: z.array(z.string()).max(1000).nullable().default(null),
  /** null: the default metrics. Empty: the criteria alone. */
  metrics: z.array(z.enum(METRIC_NAMES)).max(LIMITS.metrics).nullable().default(null),
  criteria: z.array(CriterionRequest).min(1).max(LIMITS.criteria).nullable().default(null),
  /** null: claims. */
  context_precision_mode: ContextPrecisionMode.nullable().default(null),
  judge: JudgeChoice.nullable().default(null),
  judge_model: z.string().max(200).nullable().default(null),
  embedding_model: z.string().max(200).nullable().default(null),
  session_id: z.string().max(LIMITS.sessionIdCharacters).nullable().default(null),
  feedback: Feedback.nullable().default(null),
  name: z.string().max(LIMITS.nameCharacters).nullable().default(null),
  tags: z.record(tag, tag).nullable().default(null),
  language: Language.nullable().default(null),
  callback_url: z.url().max(2000).nullable().default(null),
  /** `ragas` gives Ragas' own values where ours is the corrected one. */
  compat: z.enum(["ragas"]).nullable().default(null),
  /** `offline`: score without a model while the model is away, instead of waiting; labelled so. */
  fallback: z.enum(["offline"]).nullable().default(null),
  /** `doubtful`: ask the model twice where its word is doubtful, and at random; null: as the server is set. */
  consistency: ConsistencyChoice.nullable().default(null),
  /** Set by the project's settings, never by a client: texts go once the sample is scored. */
  store_text: z.literal(false).optional(),
  /** Set by the project's settings too: where severities begin in its report. */
  thresholds: Thresholds.optional(),
});
export type ScoreRequest = z.infer<typeof ScoreRequest>;
