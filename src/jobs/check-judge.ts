import type { JudgeChoice } from "../contract/outcome.ts";
import { AppError } from "../errors.ts";
import type { Settings } from "../settings.ts";
import { said } from "../words/said.ts";

export interface AskedJudge {
  judge: JudgeChoice | null;
  judge_model: string | null;
  embedding_model: string | null;
}

/** Refuses a judge or a model this server does not offer. */
export function checkJudge(settings: Settings, asked: AskedJudge): void {
  checkModel(settings, asked.judge_model, "judge_model");
  checkModel(settings, asked.embedding_model, "embedding_model");
  const { judge } = asked;
  if (judge === null || isOffered(settings, judge)) return;
  throw new AppError(said("invalid_request.no_model", { judge }), {
    errors: [{ pointer: "#/judge", detail: said("no_model_here") }],
  });
}

/** Can it judge here, as the server is set up? */
export function isOffered({ decision, openaiApiKey }: Settings, judge: JudgeChoice): boolean {
  const { baseURL, isBound } = decision;
  const offered = {
    llm: openaiApiKey !== null,
    decision: baseURL !== null || isBound,
    offline: true,
    auto: true,
  };
  return offered[judge];
}

function checkModel(settings: Settings, model: string | null, field: string): void {
  if (model === null) return;
  const { allowedModels, judgeModel, embeddingModel, decision } = settings;
  const allowed = [
    ...new Set([...allowedModels, judgeModel, decision.model, embeddingModel ?? ""]),
  ].filter(Boolean);
  if (allowed.includes(model)) return;
  const names = allowed.join(", ");
  throw new AppError(said("invalid_request.model_not_allowed", { names }), {
    errors: [{ pointer: `#/${field}`, detail: said("model_not_allowed", { names }) }],
  });
}
