import * as z from "zod";
import { JobStatus, LIMITS } from "../contract.ts";
import { INSIGHT_LIMITS } from "../contract-limits.ts";
import { CRITERION_PREFIX } from "../criterion-metric.ts";
import { CAUSES } from "../scoring/causes.ts";
import { METRIC_NAMES } from "../scoring/metrics/registry.ts";

/**
 * The query parameters of each operation that has some: the server reads them with these, and the API documents are made
 * of them. A message goes on after the parameter's name and says what is allowed.
 */

const wholeNumber = (error: string) => z.coerce.number(error).int(error).min(1, error);
const oneOf = <const T extends readonly string[]>(values: T, more = "") =>
  z.enum(values, `must be one of: ${values.join(", ")}${more}`);
const textOf = (characters: number) =>
  z.string().max(characters, `must have at most ${characters} characters`);

const DEFAULT_PAGE_SIZE = 50;
const DEFAULT_DAYS = 30;

const page = {
  limit: wholeNumber(`must be a whole number from 1 to ${LIMITS.pageSize}`)
    .transform((rows) => Math.min(rows, LIMITS.pageSize))
    .default(DEFAULT_PAGE_SIZE)
    .describe(
      `Rows of a page, 1 to ${LIMITS.pageSize}; more count as ${LIMITS.pageSize}; default ${DEFAULT_PAGE_SIZE}.`,
    ),
  cursor: z
    .string()
    .optional()
    .describe("`next_cursor` of the page before, with the same filters."),
};

export const PageQuery = z.object(page);

const NAME_AND_VALUE = 2 * LIMITS.tagCharacters + 1;
const tag = (pattern: RegExp, words: string) =>
  textOf(NAME_AND_VALUE).regex(pattern, `must be a tag: ${words}`).optional();
const tagOrValue = tag(/^[^=]/, "`name` or `name=value`");

const DAY = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?`;
const ZONE = String.raw`(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?`;
const time = (meaning: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${DAY}(T${CLOCK}${ZONE})?$`),
      "must be a time such as 2026-01-31 or 2026-01-31T08:00:00Z",
    )
    .optional()
    .describe(`ISO 8601 time, ${meaning}.`);

/** Of a search only so many characters count: what is searched has no more. */
const search = z
  .string()
  .transform((text) => text.slice(0, LIMITS.previewCharacters))
  .optional();
const sessionId = textOf(LIMITS.sessionIdCharacters).optional();
const download = oneOf(["1", "0", "true", "false"])
  .transform((text) => text === "1" || text === "true")
  .optional()
  .describe("`1` saves it as a file.");

// Aborting, or the union would tell of this pattern alone.
const criterion = z
  .string()
  .regex(new RegExp(`^${CRITERION_PREFIX}.{1,${LIMITS.criterionNameCharacters}}$`, "u"), {
    abort: true,
  });
const metric = oneOf(METRIC_NAMES, "; see GET /api/metrics");
const metricOrCriterion = z.union(
  [metric, criterion],
  `must be the name of a metric or ${CRITERION_PREFIX}<name>; see GET /api/metrics`,
);
/** What a sample has a number for. */
const sampleValue = z.union(
  [z.enum([...METRIC_NAMES, "gain", "weighted_score"]), criterion],
  `must be gain, weighted_score, the name of a metric or ${CRITERION_PREFIX}<name>; see GET /api/metrics`,
);
const sampleOrder = z.union(
  [z.enum([...METRIC_NAMES, "gain", "weighted_score", "feedback"]), criterion],
  `must be feedback, gain, weighted_score, the name of a metric or ${CRITERION_PREFIX}<name>; see GET /api/metrics`,
);
const bound = z.coerce.number("must be a number").optional();

export const JobsQuery = z.object({
  ...page,
  status: oneOf(JobStatus.options).optional(),
  q: search.describe("Part of the question or name."),
  tag: tagOrValue.describe("`name` or `name=value`."),
  session_id: sessionId.describe("Jobs of one session."),
  from: time("included"),
  to: time("excluded"),
});

export const RunsQuery = z.object({
  ...page,
  tag: tagOrValue.describe("`name` or `name=value`."),
  session_id: sessionId.describe("The run of one session."),
  judge: textOf(LIMITS.nameCharacters)
    .optional()
    .describe("The judge or its model, as a run names it."),
  from: time("of the start, included"),
  to: time("of the start, excluded"),
});

/** What bounds a value must say of which: a list that is empty for want of it looks like an answer. */
const NO_SUBJECT = `needs a value it is about: set metric, or sort, to gain, weighted_score, the name of a metric or ${CRITERION_PREFIX}<name>`;

export const SamplesQuery = z
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
    q: search.describe("Part of the question or of the sample's id."),
    session_id: sessionId.describe("Only samples of this session."),
  })
  .superRefine((query, context) => {
    if (query.metric !== undefined || query.sort !== undefined) return;
    for (const name of ["below", "above"] as const) {
      if (query[name] === undefined) continue;
      context.addIssue({ code: "custom", path: [name], message: NO_SUBJECT });
    }
  });

export const SampleQuery = z.object({
  sentences: wholeNumber(`must be a whole number from 1 to ${INSIGHT_LIMITS.sentencesAtMost}`)
    .transform((sentences) => Math.min(sentences, INSIGHT_LIMITS.sentencesAtMost))
    .optional()
    .describe(
      `Sentences of each text, and claims of answer and of reference, 1 to ${INSIGHT_LIMITS.sentencesAtMost}. Without it evidence up to 128 kB comes whole, longer evidence with ${INSIGHT_LIMITS.sentences} of each.`,
    ),
});

export const PointsQuery = z.object({
  x: metric.describe("A metric."),
  y: metric.describe("A metric."),
});

export const DownloadQuery = z.object({ download });

export const BadRowsQuery = z.object({
  format: oneOf(["json", "csv"])
    .default("json")
    .describe(
      "`csv`: the columns that were sent with line and reason; corrected, the file can be sent again as it is. Default: json.",
    ),
});

const NO_RUN = "must be the id of a run";
const runId = z.string(NO_RUN).min(1, NO_RUN);
export const CompareQuery = z.object({
  base: runId.describe("Id of the run before."),
  other: runId.describe("Id of the run after."),
});

const { trendDays } = INSIGHT_LIMITS;
const daysError = `must be a whole number from 1 to ${trendDays}`;
export const TrendQuery = z.object({
  metric: metricOrCriterion.describe("A metric or a criterion."),
  days: wholeNumber(daysError)
    .max(trendDays, daysError)
    .default(DEFAULT_DAYS)
    .describe(`1 to ${trendDays}; default ${DEFAULT_DAYS}.`),
  tag: tag(/^[^=]+=./, "`name=value`").describe("`name=value`; default: all samples."),
});
