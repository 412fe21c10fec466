import * as z from "zod";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import { METRIC_NAMES } from "../scoring/metrics/registry.ts";
import { LIMITS } from "./limits.ts";
import { JudgeChoice, Language } from "./outcome.ts";
import {
  ConsistencyChoice,
  ContextPrecisionMode,
  CriterionRequest,
  Feedback,
} from "./score-request.ts";

/** One retrieved chunk as Dify's knowledge retrieval gives it; further keys are allowed. */
const DifyChunk = z.looseObject({ content: z.string(), title: z.string().optional() });
const Chunks = z.array(z.union([z.string(), DifyChunk]));
const CriterionName = z.string().regex(new RegExp(`^${CRITERION_PREFIX}.`));
const chunksText =
  "JSON text, the text of a Python list or numpy array, the answer of a search tool or vector store, or plain text split by `context_separator`";

/**
 * What a client may send, for the API document: intake reads more than this (synonyms, every shape of Dify) and turns
 * it into a ScoreRequest.
 */
export const Submission = z.object({
  question: z.string().min(1).describe("The user's question. Also: query, user_input."),
  answer: z
    .string()
    .min(1)
    .describe(
      "The answer to score; <think>…</think> and what other models write for it is removed. Also: response, output.",
    ),
  contexts: z
    .union([Chunks, z.string()])
    .optional()
    .describe(
      `Retrieved chunks in rank order: strings, Dify result objects, ${chunksText}. An empty array: nothing was found. Also: retrieved_contexts, context, retriever_resources.`,
    ),
  context_separator: z.string().optional().describe('Splits plain text; default " |||| ".'),
  ground_truth: z
    .string()
    .nullish()
    .describe("Reference answer. Also: reference, expected_output."),
  reference_contexts: z
    .union([Chunks, z.string()])
    .optional()
    .describe("Chunks that should have been retrieved."),
  retrieved_ids: z.array(z.string()).optional().describe("Ids of the retrieved chunks."),
  reference_ids: z.array(z.string()).optional().describe("Ids that should have been retrieved."),
  metrics: z
    .union([z.array(z.union([z.enum(METRIC_NAMES), CriterionName])), z.string()])
    .optional()
    .describe("Names of metrics, as array or comma-separated; see GET /api/metrics."),
  criteria: z
    .union([z.array(CriterionRequest.partial({ version: true, kind: true })), z.string()])
    .optional()
    .describe(
      "Up to 10 questions or rubrics of your own about the answer, each scored as the metric criterion:<name>, besides `metrics` (all of them when `metrics` is left out; name them there as criterion:<name> to score criteria alone). yes_no gives 1 or 0, scale gives (level − 1) ÷ 4 for levels 1 to 5. Judged by a model only: with the offline judge a criterion fails with judge_error.",
    ),
  context_precision_mode: ContextPrecisionMode.optional().describe(
    "usefulness: context_precision and context_utilization ask a model whether each passage was useful, as Ragas does; default claims: the passage holds evidence of a claim.",
  ),
  judge: JudgeChoice.optional(),
  judge_model: z.string().optional().describe("Only from ALLOWED_MODELS."),
  embedding_model: z.string().optional().describe("Only from ALLOWED_MODELS."),
  session_id: z.string().max(LIMITS.sessionIdCharacters).optional().describe("Groups calls."),
  feedback: Feedback.optional().describe(
    "What the app's user said of the answer; orders what to review, and is no agreement with the judge.",
  ),
  name: z.string().max(LIMITS.nameCharacters).optional(),
  tags: z.record(z.string(), z.string()).optional().describe("At most 16 short strings by name."),
  format: z
    .string()
    .optional()
    .describe(
      "Whose names the fields have, where they do not say it themselves: deepeval, ragas, phoenix …; see POST /api/score/batch.",
    ),
  language: Language.optional().describe("Of summary and advice; default: detected."),
  callback_url: z.string().optional().describe("Receives a signed webhook at the end."),
  compat: z.enum(["ragas"]).optional().describe("Ragas' own values where ours are corrected."),
  fallback: z
    .enum(["offline"])
    .optional()
    .describe("Score with the offline judge while the model is away, instead of waiting."),
  consistency: ConsistencyChoice.optional().describe(
    "doubtful: ask the model a second time where it is unsure or the offline judge would say otherwise, and for 5 % drawn at random; the report then has its flip rate, and intervals widen by it. Default: JUDGE_CONSISTENCY.",
  ),
});
