import type { MetricInfo } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import type { Submission } from "../../kit/api.ts";
import { type ChoiceProblems, type Choices, checkChoices, readTagText } from "./choices.ts";
import type { Draft } from "./draft.ts";

/** As in the contract; the server has the last word. */
const MOST_BYTES = 2 * 1024 * 1024;

export interface DraftProblems extends ChoiceProblems {
  question?: string;
  answer?: string;
  size?: string;
}

export function checkDraft(draft: Draft, choices: Choices): DraftProblems {
  const problems: DraftProblems = {};
  if (!draft.question.trim()) problems.question = t().submit.required;
  if (!draft.answer.trim()) problems.answer = t().submit.required;
  Object.assign(problems, checkChoices(choices));
  const body = JSON.stringify(toSubmission(draft, choices));
  if (new TextEncoder().encode(body).length > MOST_BYTES) problems.size = t().submit.tooLong;
  return problems;
}

/** Empty boxes are left out: an empty passage is no passage, and no reference is not an empty one. */
export function toSubmission(draft: Draft, choices: Choices): Submission {
  const contexts = draft.contexts.filter((text) => text.trim());
  const tags = readTagText(choices.tags) ?? {};
  return {
    question: draft.question,
    answer: draft.answer,
    ...(contexts.length > 0 && { contexts }),
    ...(draft.groundTruth.trim() && { ground_truth: draft.groundTruth }),
    metrics: [...choices.metrics],
    ...(choices.name.trim() && { name: choices.name.trim() }),
    ...(Object.keys(tags).length > 0 && { tags }),
    ...(choices.judge && { judge: choices.judge }),
  };
}

export type Lack = "needsGroundTruth" | "needsContexts" | "needsOther";

/** Inputs a submission brings, of those metrics may need. */
export type Inputs = ReadonlySet<MetricInfo["needs"][number]>;

export function inputsOf(draft: Draft): Inputs {
  const inputs = new Set<MetricInfo["needs"][number]>(["question", "answer"]);
  if (draft.contexts.some((text) => text.trim())) inputs.add("contexts");
  if (draft.groundTruth.trim()) inputs.add("ground_truth");
  return inputs;
}

/** What a metric needs and is not there; null when it can be scored. */
export function findLack(metric: MetricInfo, inputs: Inputs): Lack | null {
  const missing = metric.needs.filter((need) => !inputs.has(need));
  if (missing.includes("reference_contexts") || missing.includes("ids")) return "needsOther";
  if (missing.includes("contexts")) return "needsContexts";
  return missing.includes("ground_truth") ? "needsGroundTruth" : null;
}
