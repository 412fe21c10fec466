import * as z from "zod";
import type { LongMetric, Metric } from "./settle.ts";

/** Inputs of a sample as metrics name them; `ids`: both lists of ids. */
const INPUTS = [
  "question",
  "answer",
  "contexts",
  "ground_truth",
  "reference_contexts",
  "ids",
] as const;

/** `other` besides, for criteria of users. */
export const METRIC_FAMILIES = [
  "faithfulness",
  "relevancy",
  "retrieval",
  "correctness",
  "ragchecker",
  "text",
] as const;

const InBothLanguages = z.object({ en: z.string(), zh: z.string() });

/** A metric as `GET /api/metrics` describes it. */
export const MetricInfo = z.object({
  name: z.string(),
  title: InBothLanguages,
  description: InBothLanguages,
  formula: z.string(),
  direction: z.enum(["higher", "lower"]),
  range: z.tuple([z.number(), z.number()]),
  needs: z.array(z.enum(INPUTS)),
  family: z.enum([...METRIC_FAMILIES, "other"]),
  source: z.string(),
  /** What differs from the metric's namesake, and the flag that gives the namesake's value. */
  deviation: InBothLanguages.nullable(),
  /** Scored when a request names no metrics. */
  default: z.boolean(),
  /** Among the few that are shown first. */
  core: z.boolean(),
});
export type MetricInfo = z.infer<typeof MetricInfo>;

/** Cells of the evidence table, and what else is judged of a sample. */
export type Part =
  | "answerPassages"
  | "referencePassages"
  | "answerReference"
  | "referenceAnswer"
  | "relevancy"
  | "similarity"
  | "entities"
  | "relevance"
  | "usefulForReference"
  | "usefulForAnswer";

/**
 * All there is to say of a metric, in one place: names, documents, defaults and what the judge is asked derive from it.
 * Most metrics are 0..1 and better when higher.
 */
export interface MetricDefinition
  extends Pick<MetricInfo, "title" | "description" | "formula" | "source" | "deviation"> {
  direction?: "lower";
  needs: readonly MetricInfo["needs"][number][];
  /** What it reads of the evidence table, which the judge is then asked for; empty: it needs no judge. */
  reads: readonly Part[];
  /** What it reads with `context_precision_mode: usefulness`: the claims too, for a judge that cannot tell usefulness. */
  readsForUsefulness?: readonly Part[];
  isDefault?: true;
  /** One of the twelve the dashboard shows; the others, most of them for numbers of other tools, are folded. */
  isCore?: true;
  /** The outcome, from the stored evidence alone. */
  measure: Metric | LongMetric;
}

/** The metrics of a file, by name. */
export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>;
