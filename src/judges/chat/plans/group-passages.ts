import type { CutText } from "../../../scoring/sample.ts";
import type { JudgePlan } from "../endpoint/settings.ts";
import { sentenceCost } from "../questions/check-passages.ts";
import type { NumberedSentence } from "../questions/control-claims.ts";
import { cutByCost } from "../questions/estimate-tokens.ts";
import { sentenceText } from "../questions/split-text.ts";

/**
 * The passages in portions of one call each: all of them, as far as they fit, or one a call. A passage that does not
 * fit alone is cut between sentences. Numbers stay those of the whole.
 */
export function groupPassages(
  passages: readonly CutText[],
  plan: JudgePlan,
  inputTokens: number,
): NumberedSentence[][] {
  const numbered = passages.map((text, passage) =>
    text.sentences.map((_, sentence) => ({
      passage,
      sentence,
      text: sentenceText(text, sentence),
    })),
  );
  const portions = numbered
    .filter((sentences) => sentences.length > 0)
    .flatMap((sentences) => cutByCost(sentences, inputTokens, sentenceCost));
  if (plan === "per-passage") return portions;
  return cutByCost(portions, inputTokens, (portion) =>
    portion.reduce((cost, sentence) => cost + sentenceCost(sentence), 0),
  ).map((group) => group.flat());
}
