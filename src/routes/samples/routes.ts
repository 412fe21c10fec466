import * as z from "zod";
import { INSIGHT_LIMITS } from "../../contract/limits.ts";
import { SampleDetail, SamplePage } from "../../contract/report.ts";
import { ReviewList, ReviewQueue, ReviewRequest } from "../../contract/review.ts";
import { SamplePoints } from "../../contract/sample-points.ts";
import {
  bound,
  bounded,
  criterion,
  metric,
  oneOf,
  page,
  search,
  sessionId,
  wholeNumber,
} from "../../http/query-fields.ts";
import type { RouteTable } from "../../http/route.ts";
import { CAUSES } from "../../scoring/causes.ts";
import { METRIC_NAMES } from "../../scoring/metrics/registry.ts";
import { rule } from "../../words/issue-words.ts";
import { said } from "../../words/said.ts";

/** What a sample has a number for. */
const sampleValue = z.union(
  [z.enum([...METRIC_NAMES, "gain", "weighted_score"]), criterion],
  rule(said("rule_sample_value")),
);
const sampleOrder = z.union(
  [z.enum([...METRIC_NAMES, "gain", "weighted_score", "feedback"]), criterion],
  rule(said("rule_sample_order")),
);

const SamplesQuery = z
  .object({
    ...page,
    sort: sampleOrder
      .optional()
      .describe(
        "A metric, `weighted_score`, `gain`: how far the sample's weighted score could rise were its cause gone, or `feedback`: those the app's users disliked first, those they liked last. Default: as submitted.",
      ),
    order: oneOf(["asc", "desc"]).optional().describe("Default ascending, for `gain` descending."),
    cause: oneOf(CAUSES).optional().describe("Only samples with this cause."),
    metric: sampleValue
      .optional()
      .describe("What `below` and `above` are about; default: what is sorted by."),
    below: bound.describe("Only samples whose value is at most this; with `metric` or `sort`."),
    above: bound.describe("Only samples whose value is at least this; with `metric` or `sort`."),
    problems: oneOf(["true"])
      .transform(() => true as const)
      .optional()
      .describe("`true`: only samples with a cause, or without any score."),
    include: oneOf(["fault"])
      .optional()
      .describe("`fault`: with the sentence of each answer that is most wrong."),
    q: search.describe("Part of the question or of the sample's id."),
    session_id: sessionId.describe("Only samples of this session."),
  })
  .superRefine((query, context) => bounded(query, context, [query.metric, query.sort]));

export const SAMPLE_ROUTES = {
  get_review_queue: {
    method: "GET",
    path: "/api/reviews",
    policy: { need: "read" },
    en: "List what of the last seven days is most worth a human look, and how far people agree",
    zh: "列出最近七天最值得人工复核的样本，以及人与人、人与评判的一致程度",
    answer: { status: 200, description: "The queue.", body: ReviewQueue },
  },
  list_samples: {
    method: "GET",
    path: "/api/runs/:run_id/samples",
    policy: { need: "read", share: true },
    en: "List the samples of a run",
    zh: "列出运行中的样本",
    query: SamplesQuery,
    answer: { status: 200, description: "A page of samples.", body: SamplePage },
  },
  get_sample: {
    method: "GET",
    path: "/api/runs/:run_id/samples/:sample_id",
    policy: { need: "read", share: true },
    en: "Read one sample with its evidence",
    zh: "读取一个样本及其证据",
    query: z.object({
      sentences: wholeNumber(INSIGHT_LIMITS.sentencesAtMost)
        .transform((sentences) => Math.min(sentences, INSIGHT_LIMITS.sentencesAtMost))
        .optional()
        .describe(
          `Sentences of each text, and claims of answer and of reference, 1 to ${INSIGHT_LIMITS.sentencesAtMost}. Without it evidence up to 128 kB comes whole, longer evidence with ${INSIGHT_LIMITS.sentences} of each.`,
        ),
    }),
    answer: {
      status: 200,
      description:
        "The sample with its evidence. `more` is null, or says how many `claims` and `characters` of a long sample were left out; offsets are those of the whole texts, which `evidence.jsonl` holds.",
      body: SampleDetail,
    },
  },
  get_sample_points: {
    method: "GET",
    path: "/api/runs/:run_id/points",
    policy: { need: "read", share: true },
    en: "Read two metrics of the samples, to draw one against the other",
    zh: "读取样本的两个指标，用于绘制散点图",
    query: z.object({ x: metric.describe("A metric."), y: metric.describe("A metric.") }),
    answer: {
      status: 200,
      description: "Samples with a number for both; of more than 2,000 every n-th.",
      body: SamplePoints,
    },
  },
  list_reviews: {
    method: "GET",
    path: "/api/runs/:run_id/samples/:sample_id/reviews",
    policy: { need: "read" },
    en: "Read what people said of a sample and its claims",
    zh: "读取人工对样本及其论断的意见",
    answer: { status: 200, description: "All reviews.", body: ReviewList },
  },
  put_review: {
    method: "PUT",
    path: "/api/runs/:run_id/samples/:sample_id/reviews",
    policy: { need: "run" },
    en: "Agree or disagree with the judge on a claim or a sample",
    zh: "对某个论断或样本，同意或不同意评判",
    body: ReviewRequest,
    answer: { status: 200, description: "All reviews of the sample.", body: ReviewList },
  },
} as const satisfies RouteTable;
