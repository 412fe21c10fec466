import type { ScoreRequest } from "../contract/score-request.ts";
import type { Sample } from "../scoring/sample.ts";

/** The texts and ids of a request under the names that scoring uses. */
export function toSample(request: ScoreRequest): Sample {
  return {
    question: request.question,
    answer: request.answer,
    passages: request.contexts,
    reference: request.ground_truth,
    referencePassages: request.reference_contexts,
    retrievedIds: request.retrieved_ids,
    referenceIds: request.reference_ids,
  };
}
