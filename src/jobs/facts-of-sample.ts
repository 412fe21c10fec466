import { gainOfSample } from "../reports/advice/gain.ts";
import { hasLongTexts } from "../scoring/long-texts.ts";
import type { ScoredSample } from "../scoring/score-sample.ts";
import { type Pause, runWithPauses } from "../scoring/steps.ts";
import { worstMetric } from "../scoring/weigh.ts";
import { letOthersIn } from "./let-others-in.ts";

/** A short text is done sooner than anybody could be let in. */
export function pauseFor(evidence: ScoredSample["evidence"]): Pause | undefined {
  return hasLongTexts(evidence) ? letOthersIn : undefined;
}

/** What lists and reports read of a scored sample without its evidence. */
export async function factsOf(result: ScoredSample, pause: Pause | undefined) {
  const { evidence, outcomes, weightedScore, usage } = result;
  const gain = await runWithPauses(gainOfSample(evidence, outcomes), pause);
  const { cause } = evidence;
  return { outcomes, weightedScore, cause, worstMetric: worstMetric(outcomes), gain, usage };
}
