import { t } from "../../i18n/translate.ts";
import type { Submission } from "../../kit/api.ts";
import {
  type ChoiceProblems,
  type Choices,
  checkChoices,
  readTagText,
} from "../submission/choices.ts";
import type { Draft } from "../submission/draft.ts";
import type { Input } from "../submission/metric-picker.tsx";

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

export function inputsOf(draft: Draft): ReadonlySet<Input> {
  const inputs = new Set<Input>(["question", "answer"]);
  if (draft.contexts.some((text) => text.trim())) inputs.add("contexts");
  if (draft.groundTruth.trim()) inputs.add("ground_truth");
  return inputs;
}
