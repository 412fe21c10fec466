import type { Warning } from "../contract/outcome.ts";
import type { ScoreRequest } from "../contract/score-request.ts";

const MODEL_FIX = "Set OPENAI_API_KEY (and JUDGE to auto or llm) so that a model judges.";

/** Says at once what a request asks for that only a model can judge, when no model will. */
export function warnOfOfflineLimits(
  request: Pick<ScoreRequest, "criteria" | "context_precision_mode">,
  judge: "llm" | "offline",
): Warning[] {
  if (judge === "llm") return [];
  const warnings: Warning[] = [];
  if (request.criteria) {
    warnings.push({
      code: "criteria_need_model",
      message: `The offline judge cannot judge criteria, so ${request.criteria.map(({ name }) => `criterion:${name}`).join(", ")} will be failed (judge_error).`,
      fix: MODEL_FIX,
    });
  }
  if (request.context_precision_mode === "usefulness") {
    warnings.push({
      code: "usefulness_needs_model",
      message:
        "The offline judge cannot judge usefulness, so context_precision and context_utilization rest on the evidence of claims.",
      fix: MODEL_FIX,
    });
  }
  return warnings;
}
