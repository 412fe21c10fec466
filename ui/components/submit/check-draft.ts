import type { MetricInfo } from "../../../src/contract.ts";
import type { Submission } from "../../api.ts";
import { t } from "../../i18n/translate.ts";
import type { Draft } from "./example.ts";

/** As in the contract; the server has the last word. */
const MOST_BYTES = 2 * 1024 * 1024;

export interface DraftProblems {
  question?: string;
  answer?: string;
  metrics?: string;
  size?: string;
}

export function checkDraft(draft: Draft, metrics: readonly string[]): DraftProblems {
  const problems: DraftProblems = {};
  if (!draft.question.trim()) problems.question = t().submit.required;
  if (!draft.answer.trim()) problems.answer = t().submit.required;
  if (metrics.length === 0) problems.metrics = t().submit.noMetric;
  const body = JSON.stringify(toSubmission(draft, metrics));
  if (new TextEncoder().encode(body).length > MOST_BYTES) problems.size = t().submit.tooLong;
  return problems;
}

/** Empty boxes are left out: an empty passage is no passage, and no reference is not an empty one. */
export function toSubmission(draft: Draft, metrics: readonly string[]): Submission {
  const contexts = draft.contexts.filter((text) => text.trim());
  return {
    question: draft.question,
    answer: draft.answer,
    ...(contexts.length > 0 && { contexts }),
    ...(draft.groundTruth.trim() && { ground_truth: draft.groundTruth }),
    metrics: [...metrics],
  };
}

export type Lack = "needsGroundTruth" | "needsContexts" | "needsOther";

/** What a metric needs and the draft does not have; null when it can be scored. */
export function findLack(metric: MetricInfo, draft: Draft): Lack | null {
  if (metric.needs.includes("reference_contexts") || metric.needs.includes("ids")) {
    return "needsOther";
  }
  if (metric.needs.includes("contexts") && draft.contexts.every((text) => !text.trim())) {
    return "needsContexts";
  }
  return metric.needs.includes("ground_truth") && !draft.groundTruth.trim()
    ? "needsGroundTruth"
    : null;
}
