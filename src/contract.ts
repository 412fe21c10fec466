import * as z from "zod";
import { METRIC_NAMES, REASONS } from "./metric-names.ts";

/** The HTTP contract as schemas. Types are inferred from here and written nowhere else. */

export const LIMITS = {
  /** Bytes of a request body. */
  bodyBytes: 2 * 1024 * 1024,
  /** Bytes and rows of a batch. */
  batchBytes: 50 * 1024 * 1024,
  batchRows: 50_000,
  /** Bad rows named on the job itself; all of them are at `/bad-rows`. */
  badRowsListed: 100,
  passages: 100,
  metrics: 60,
  criteria: 10,
  criterionNameCharacters: 64,
  criterionTextCharacters: 2000,
  tags: 16,
  tagCharacters: 64,
  nameCharacters: 200,
  sessionIdCharacters: 200,
  previewCharacters: 200,
  /** Seconds `Prefer: wait` may ask for. */
  waitSeconds: 30,
  pageSize: 100,
} as const;

export const JobStatus = z.enum(["queued", "running", "completed", "failed", "cancelled"]);
export type JobStatus = z.infer<typeof JobStatus>;

export const Reason = z.enum(REASONS);

export const Outcome = z.object({
  status: z.enum(["scored", "not_applicable", "failed"]),
  value: z.number().nullable(),
  reason: Reason.nullable(),
  method: z.enum(["llm", "offline", "embedding", "text"]),
  interval: z.tuple([z.number(), z.number()]).optional(),
  coverage: z.number().optional(),
  confidence: z.enum(["high", "medium", "low"]).optional(),
});

export const Warning = z.object({ code: z.string(), message: z.string(), fix: z.string() });
export type Warning = z.infer<typeof Warning>;

export const JudgeChoice = z.enum(["auto", "llm", "offline"]);
export type JudgeChoice = z.infer<typeof JudgeChoice>;

export const Language = z.enum(["zh", "en"]);
export type Language = z.infer<typeof Language>;

const tag = z.string().trim().min(1).max(LIMITS.tagCharacters);

/** Letters and digits of any script, then `-` and `_` too: safe in a column name, a file name and an address. */
const SLUG = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u;

/** A question or rubric of the user's own; scored as the metric `criterion:<name>`. Needs a model as judge. */
export const CriterionRequest = z.object({
  name: z
    .string()
    .max(LIMITS.criterionNameCharacters)
    .regex(SLUG, "a name is letters, digits, - and _, such as polite-tone"),
  /** Raised by the user when the text changes, so that scores of two wordings are never taken for one. */
  version: z.int().min(1).max(1_000_000).default(1),
  text: z.string().trim().min(1).max(LIMITS.criterionTextCharacters),
  kind: z.enum(["yes_no", "scale"]).default("yes_no"),
});
export type CriterionRequest = z.infer<typeof CriterionRequest>;

/** Where severities begin: below the first severe, below the second a warning, below the third could be better. */
export const SeverityLines = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)])
  .refine(([severe, warning, improve]) => severe <= warning && warning <= improve, {
    message: "the three lines must rise: severe, warning, improve",
  });
export const Thresholds = z.record(z.string().max(100), SeverityLines);
export type Thresholds = z.infer<typeof Thresholds>;

/** What makes a passage relevant: evidence of a claim, or the judge's word that it was useful (as Ragas asks). */
export const ContextPrecisionMode = z.enum(["claims", "usefulness"]);
export type ContextPrecisionMode = z.infer<typeof ContextPrecisionMode>;

export const ConsistencyChoice = z.enum(["off", "doubtful"]);
export type ConsistencyChoice = z.infer<typeof ConsistencyChoice>;

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

/** One retrieved chunk as Dify's knowledge retrieval gives it; further keys are allowed. */
const DifyChunk = z.looseObject({ content: z.string(), title: z.string().optional() });
const Chunks = z.array(z.union([z.string(), DifyChunk]));
const chunksText =
  "JSON text, the text of a Python list, or plain text split by `context_separator`";

/**
 * What a client may send, for the API document: intake reads more than this (synonyms, every shape of Dify) and turns
 * it into a ScoreRequest.
 */
export const Submission = z.object({
  question: z.string().min(1).describe("The user's question. Also: query, user_input."),
  answer: z
    .string()
    .min(1)
    .describe("The answer to score; <think>…</think> is removed. Also: response, output."),
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
    .union([z.array(z.enum(METRIC_NAMES)), z.string()])
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
  name: z.string().max(LIMITS.nameCharacters).optional(),
  tags: z.record(z.string(), z.string()).optional().describe("At most 16 short strings by name."),
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

export const Usage = z.object({
  judge_calls: z.number(),
  cached_calls: z.number(),
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
});
export type Usage = z.infer<typeof Usage>;

export const Scores = z.record(z.string(), z.number().nullable());
export const Outcomes = z.record(z.string(), Outcome);
export type Scores = z.infer<typeof Scores>;
export type Outcomes = z.infer<typeof Outcomes>;

export const Accepted = z.object({
  job_id: z.string(),
  status: JobStatus,
  run_id: z.string().nullable(),
  status_url: z.string(),
  report_url: z.string(),
  warnings: z.array(Warning),
});
export type Accepted = z.infer<typeof Accepted>;

export const Job = z.object({
  job_id: z.string(),
  kind: z.enum(["single", "batch"]),
  status: JobStatus,
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  question: z.string(),
  name: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  session_id: z.string().nullable(),
  metrics: z.array(z.string()),
  judge: z.string(),
  judge_model: z.string().nullable(),
  embedding_model: z.string().nullable(),
  scores: Scores,
  outcomes: Outcomes,
  weighted_score: z.number().nullable(),
  skipped_metrics: z.array(z.string()),
  progress: z.object({ done: z.number(), failed: z.number(), total: z.number() }),
  attempts: z.number(),
  run_id: z.string().nullable(),
  report_url: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  warnings: z.array(Warning),
  /** Items of `contexts` that arrived and that were understood. */
  contexts_received: z.number().nullable(),
  contexts_parsed: z.number().nullable(),
  /** Rows of an upload that could not be read; they are at `/api/score/jobs/{id}/bad-rows`. */
  bad_rows: z.number(),
  usage: Usage,
});
export type Job = z.infer<typeof Job>;

export const JobPage = z.object({
  jobs: z.array(Job),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type JobPage = z.infer<typeof JobPage>;

/** `GET /api/score/sessions/{session_id}`: the newest jobs of a session and the means over all of them. */
export const Session = z.object({
  session_id: z.string(),
  call_count: z.number(),
  metric_means: Scores,
  /** null until the first call is scored. */
  run_id: z.string().nullable(),
  jobs: z.array(Job),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/** A webhook of a job and what became of it. */
export const Delivery = z.object({
  delivery_id: z.string(),
  event: z.string(),
  url: z.string(),
  state: z.enum(["pending", "delivered", "failed", "disabled"]),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
  next_attempt_at: z.string().nullable(),
  attempts: z.array(
    z.object({
      at: z.string(),
      /** HTTP status of the receiver; null when none came. */
      status: z.number().nullable(),
      error: z.string().nullable(),
      ms: z.number(),
    }),
  ),
});
export type Delivery = z.infer<typeof Delivery>;

/** A row of an upload that could not be read. */
export const BadRow = z.object({ line: z.number(), reason: z.string() });
export type BadRow = z.infer<typeof BadRow>;

/** `POST /api/score`: scored within the request. */
export const SyncResult = z.object({
  scores: Scores,
  weighted_score: z.number().nullable(),
  latency_ms: z.number(),
  skipped_metrics: z.array(z.string()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  job_id: z.string(),
  run_id: z.string().nullable(),
  outcomes: Outcomes,
  warnings: z.array(Warning),
});
export type SyncResult = z.infer<typeof SyncResult>;

export const Interval = z.tuple([z.number(), z.number()]);

export const Run = z.object({
  run_id: z.string(),
  name: z.string().nullable(),
  mode: z.enum(["single", "batch", "session"]),
  judge: z.string(),
  judge_model: z.string().nullable(),
  embedding_model: z.string().nullable(),
  started_at: z.string(),
  finished_at: z.string(),
  total_samples: z.number(),
  valid_samples: z.number(),
  invalid_samples: z.number(),
  metrics: z.array(z.string()),
  metric_means: Scores,
  intervals: z.record(z.string(), Interval.nullable()),
  coverage: z.record(z.string(), z.number()),
  advice_top: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  session_id: z.string().nullable(),
});
export type Run = z.infer<typeof Run>;

/** A run in a list, with what is known of it beside its report. */
export const RunRow = Run.extend({
  /** Of a run of one sample (≤ 200 characters). */
  question: z.string().nullable(),
  /** The cause `advice_top` is about. */
  cause_top: z.string().nullable(),
  /** What the last gate said; `metrics` are those of the rules that decided it. */
  gate: z
    .object({
      verdict: z.enum(["pass", "fail", "inconclusive"]),
      metrics: z.array(z.string()),
      base_run_id: z.string().nullable(),
      judged_at: z.string(),
    })
    .nullable(),
  /** How far people agree with the judge on claims; null when nobody looked. */
  agreement: z
    .object({ n: z.number(), rate: z.number().nullable(), kappa: z.number().nullable() })
    .nullable(),
});
export type RunRow = z.infer<typeof RunRow>;

export const RunPage = z.object({
  runs: z.array(RunRow),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type RunPage = z.infer<typeof RunPage>;

export const MetricSummary = z.object({
  mean: z.number().nullable(),
  interval: Interval.nullable(),
  /** Number of scored samples. */
  n: z.number(),
  /** n ÷ samples the metric applies to (scored + failed); 1 when nothing failed. */
  coverage: z.number(),
  histogram: z.array(z.number()).length(10),
  missing: z.record(z.string(), z.number()),
  /** Mean if every failed sample had the worst / the best value; null when nothing failed. */
  band: Interval.nullable(),
});
export type MetricSummary = z.infer<typeof MetricSummary>;

const FlipRate = z.object({
  /** Verdicts asked for twice, with two usable answers. */
  asked: z.number(),
  /** Of them, those that came out differently. */
  flipped: z.number(),
  rate: z.number().nullable(),
  interval: Interval.nullable(),
});

/** How steady the judge was, where doubtful verdicts and some at random were asked for twice. */
export const Consistency = z.object({
  /** Verdicts the judge gave. */
  verdicts: z.number(),
  doubtful: FlipRate,
  random: FlipRate,
  /** Share of all verdicts that would differ a second time; null while none drawn at random was asked. */
  flip_rate: z.number().nullable(),
  interval: Interval.nullable(),
});

export const Severity = z.enum(["severe", "warning", "improve"]);

export const Advice = z.object({
  id: z.string(),
  cause: z.string(),
  severity: Severity,
  title: z.string(),
  /** What was seen, in one or two sentences, numbers filled in by code. */
  finding: z.string(),
  /** What to do, concrete steps for a RAG pipeline. */
  actions: z.array(z.string()),
  /** The same in an engineer's words, by the model that judged; numbers filled in by code. */
  engineer: z.string().optional(),
  metric: z.string(),
  /** Most the mean of `metric` could rise if this cause were gone; with interval. */
  gain: z.object({ bound: z.number(), interval: Interval.nullable() }),
  sample_ids: z.array(z.string()),
});
export type Advice = z.infer<typeof Advice>;

export const SampleRow = z.object({
  sample_id: z.string(),
  question: z.string(),
  scores: Scores,
  outcomes: Outcomes,
  weighted_score: z.number().nullable(),
  cause: z.string().nullable(),
  /** Most its weighted score could rise were its cause gone; null without a cause, absent in a report. */
  gain: z.number().nullable().optional(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type SampleRow = z.infer<typeof SampleRow>;

export const SamplePage = z.object({
  samples: z.array(SampleRow),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type SamplePage = z.infer<typeof SamplePage>;

/** `GET /api/runs/{run_id}`: the whole report except the samples. */
export const Report = z.object({
  run: Run,
  metrics: z.record(z.string(), MetricSummary),
  /** Means by tag, `name=value`. */
  groups: z.array(z.object({ tag: z.string(), n: z.number(), means: Scores })),
  lowest: z.array(SampleRow),
  diagnosis: z.record(z.string(), z.number()),
  advice: z.array(Advice),
  /** In a large run the advice rests on the weakest samples; how many those are. Absent: on all. */
  advice_samples: z.number().optional(),
  versions: z.record(z.string(), z.string()),
  language: Language,
  artifacts: z.array(z.string()),
  usage: Usage,
  /** Absent: the judge was asked once. */
  consistency: Consistency.optional(),
  /** [n, sum, sum of squares] by tag (`name=value`, empty: all samples) and metric. Absent: counts in no trend. */
  totals: z
    .record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number(), z.number()])))
    .optional(),
  /** Where severities begin, for metrics with lines of their own: [severe, warning, improve]. */
  thresholds: Thresholds.optional(),
  /** The run whose judgements this one was computed from. */
  rescored_from: z.string().optional(),
});
export type Report = z.infer<typeof Report>;

export const MetricInfo = z.object({
  name: z.string(),
  title: z.object({ en: z.string(), zh: z.string() }),
  description: z.object({ en: z.string(), zh: z.string() }),
  formula: z.string(),
  direction: z.enum(["higher", "lower"]),
  range: Interval,
  needs: z.array(
    z.enum(["question", "answer", "contexts", "ground_truth", "reference_contexts", "ids"]),
  ),
  family: z.enum([
    "faithfulness",
    "relevancy",
    "retrieval",
    "correctness",
    "ragchecker",
    "text",
    "other",
  ]),
  source: z.string(),
  /** What differs from the metric's namesake, and the flag that gives the namesake's value. */
  deviation: z.object({ en: z.string(), zh: z.string() }).nullable(),
  default: z.boolean(),
});
export type MetricInfo = z.infer<typeof MetricInfo>;

export const Health = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  schema: z.string().nullable(),
  judge: z.object({
    mode: JudgeChoice,
    name: z.string(),
    model: z.string().nullable(),
    /** While the provider is away judge work rests until then; null: it does not. */
    paused_until: z.string().nullable(),
  }),
  embedding_model: z.string().nullable(),
  access: z.enum(["keys", "open"]),
  queue: z.object({
    queued: z.number(),
    running: z.number(),
    oldest_queued_seconds: z.number().nullable(),
  }),
  /** Sentences about what is wrong, empty when nothing is. */
  problems: z.array(z.string()),
});
export type Health = z.infer<typeof Health>;

export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  request_id: z.string(),
});
export type Problem = z.infer<typeof Problem>;

export const ARTIFACT_NAMES = [
  "metadata.json",
  "scores.csv",
  "summary.md",
  "optimization_advice.md",
  "evidence.jsonl",
] as const;
export type ArtifactName = (typeof ARTIFACT_NAMES)[number];
