import type { ScoreRequest } from "../contract/score-request.ts";
import type { ScoreOptions } from "../scoring/score-sample.ts";

/** What a request says about how it is to be scored, besides the metrics. */
export function scoringOptions(
  request: Pick<ScoreRequest, "compat" | "criteria" | "context_precision_mode">,
): Pick<ScoreOptions, "compat" | "criteria" | "contextPrecisionMode"> {
  const { compat, criteria, context_precision_mode: mode } = request;
  return {
    ...(compat ? { compat } : {}),
    ...(criteria ? { criteria } : {}),
    ...(mode ? { contextPrecisionMode: mode } : {}),
  };
}
