import * as z from "zod";
import type { Evidence } from "../scoring/evidence.ts";
import { Interval, JobError, Language, MeasuredJudge, Outcomes, Scores, Usage } from "./outcome.ts";
import { Run, Sure } from "./run.ts";
import { Feedback, Thresholds } from "./score-request.ts";

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
  /** The same without the numbers of low confidence. Absent: there are none. */
  sure: Sure.optional(),
  /** The same by the kind of judge, whose numbers do not mix. Absent: one judged all. */
  by_judge: z.record(z.string(), Sure.omit({ low: true })).optional(),
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

export const AdviceFacts = z.object({
  /** Samples with the cause. */
  affected: z.number(),
  /** Judged samples of the run. */
  total: z.number(),
  /** Statements (of answer or reference) that prove it; 0 when the proof is not a statement. */
  statements: z.number(),
  /** Median number of passages a question; null when none were sent. */
  passages: z.number().nullable(),
});
export type AdviceFacts = z.infer<typeof AdviceFacts>;

export const Advice = z.object({
  id: z.string(),
  cause: z.string(),
  severity: Severity,
  title: z.string(),
  /** What was seen, in one or two sentences, numbers filled in by code. */
  finding: z.string(),
  /** What to do, concrete steps for a RAG pipeline. */
  actions: z.array(z.string()),
  /** How to see that it worked. */
  check: z.string(),
  /** Work to remove the cause: 1 a prompt, 2 a step of the pipeline, 3 the index or the documents. */
  effort: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** The same in an engineer's words, by the model that judged; numbers filled in by code. */
  engineer: z.string().optional(),
  metric: z.string(),
  /** Most the mean of `metric` could rise if this cause were gone; with interval. */
  gain: z.object({ bound: z.number(), interval: Interval.nullable() }),
  sample_ids: z.array(z.string()),
  /** The numbers its sentences tell, so that they can be said in the reader's language. */
  facts: AdviceFacts,
});
export type Advice = z.infer<typeof Advice>;

/** The sentence of an answer that is most wrong, and where in it. */
export const Fault = z.object({
  /** The sentence, or its start. */
  text: z.string(),
  /** What is wrong, in `text`. */
  start: z.number(),
  end: z.number(),
  verdict: z.enum(["contradicted", "unsupported"]),
  /** What the passage says in that place; null: nothing, or the judge cannot say. */
  told: z.string().nullable(),
});
export type Fault = z.infer<typeof Fault>;

export const SampleRow = z.object({
  sample_id: z.string(),
  question: z.string(),
  /** Its start; absent in a report. */
  answer: z.string().optional(),
  scores: Scores,
  outcomes: Outcomes,
  weighted_score: z.number().nullable(),
  cause: z.string().nullable(),
  /** The metric furthest from its best value; absent in a report. */
  worst_metric: z.string().nullable().optional(),
  /** Most its weighted score could rise were its cause gone; null without a cause, absent in a report. */
  gain: z.number().nullable().optional(),
  /** The conversation it is a part of; absent in a report. */
  session_id: z.string().nullable().optional(),
  /** What the app's user said of the answer: no word on its evidence, so no agreement with the judge. Absent in a report. */
  feedback: Feedback.nullable().optional(),
  /** What is most wrong in its answer; null: no statement of the answer is. Absent unless asked for. */
  fault: Fault.nullable().optional(),
  error: JobError.nullable(),
});
export type SampleRow = z.infer<typeof SampleRow>;

export const SamplePage = z.object({
  samples: z.array(SampleRow),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type SamplePage = z.infer<typeof SamplePage>;

/** What the answer about one long sample leaves out. */
export const LeftOut = z.object({
  claims: z.number(),
  /** Of all texts together. */
  characters: z.number(),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** One sample with all it was judged by. */
export const SampleDetail = z.object({
  sample: SampleRow,
  /** As in `evidence.jsonl`, which holds the whole of it; offsets are those of the whole texts. null: nothing was judged. */
  evidence: z.custom<Evidence>().meta({ type: "object" }).nullable(),
  /** What was left out of a long sample. */
  more: LeftOut.nullable(),
});
export type SampleDetail = z.infer<typeof SampleDetail>;

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
  /** Rows of the upload that could not be read, so they are no samples. Absent: none. */
  rejected_rows: z.number().optional(),
  /** Absent: the judge was asked once. */
  consistency: Consistency.optional(),
  /** Replies of the judge with control claims, and those that told these apart. Absent: none carried any. */
  controls: z
    .object({
      asked: z.number(),
      held: z.number(),
      interval: Interval,
      /** False: too few passed for any number of the run to be relied on. */
      is_reliable: z.boolean(),
    })
    .optional(),
  /** Samples by the kind of judge they were judged by, where not all were by the run's own: the model was away. */
  judged_by: z.record(z.string(), z.number()).optional(),
  /** How far the judge was known to be right when the run ended. null: it was never measured. Absent: not known here. */
  judge_measured: MeasuredJudge.nullable().optional(),
  /** What the judge cost by the price list of that day. Absent: tokens or price are not known. */
  cost: z.object({ usd: z.number(), prices_of: z.string() }).optional(),
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
