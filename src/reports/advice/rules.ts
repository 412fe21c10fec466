import { contradictsContext } from "./contradicts-context.ts";
import { invented } from "./invented.ts";
import { missingInRetrieval } from "./missing-in-retrieval.ts";
import { noiseFollowed } from "./noise-followed.ts";
import { offTopic } from "./off-topic.ts";
import { rankedTooLow } from "./ranked-too-low.ts";
import { refusedThoughAnswerable } from "./refused-though-answerable.ts";
import { retrievedButIgnored } from "./retrieved-but-ignored.ts";
import type { AdviceRule } from "./rule.ts";

/** One rule a cause. The order decides between advice of equal worth: what harms readers most comes first. */
export const ADVICE_RULES: readonly AdviceRule[] = [
  contradictsContext,
  invented,
  refusedThoughAnswerable,
  offTopic,
  noiseFollowed,
  missingInRetrieval,
  retrievedButIgnored,
  rankedTooLow,
];
