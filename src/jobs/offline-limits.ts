import type { ScoreRequest } from "../contract/score-request.ts";
import { criterionMetric } from "../criterion-metric.ts";
import type { JudgeKind } from "../scoring/outcome.ts";
import { type SaidWarning, said } from "../words/said.ts";

/** Says at once what a request asks for that only a model can judge, when no model will. */
export function warnOfOfflineLimits(
  request: Pick<ScoreRequest, "criteria" | "context_precision_mode">,
  judge: JudgeKind,
): SaidWarning[] {
  if (judge !== "offline") return [];
  const warnings: SaidWarning[] = [];
  if (request.criteria) {
    const criteria = request.criteria.map(({ name }) => criterionMetric(name)).join(", ");
    warnings.push(said("criteria_need_model", { criteria }));
  }
  if (request.context_precision_mode === "usefulness") {
    warnings.push(said("usefulness_needs_model"));
  }
  return warnings;
}
