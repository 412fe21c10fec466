import type { Settings } from "../config.ts";
import type { JudgeChoice } from "../contract/outcome.ts";
import { AppError } from "../errors.ts";

export interface AskedJudge {
  judge: JudgeChoice | null;
  judge_model: string | null;
  embedding_model: string | null;
}

/** Refuses a judge or a model this server does not offer. */
export function checkJudge(settings: Settings, asked: AskedJudge): void {
  checkModel(settings, asked.judge_model, "judge_model");
  checkModel(settings, asked.embedding_model, "embedding_model");
  if (asked.judge !== "llm" || settings.openaiApiKey !== null) return;
  throw new AppError(
    "invalid_request",
    "`judge` is llm, but this server has no model key; use auto or offline.",
    { errors: [{ pointer: "#/judge", detail: "No model is configured on this server." }] },
  );
}

function checkModel(settings: Settings, model: string | null, field: string): void {
  if (model === null) return;
  const { allowedModels, judgeModel, embeddingModel } = settings;
  const allowed = [...new Set([...allowedModels, judgeModel, embeddingModel ?? ""])].filter(
    Boolean,
  );
  if (allowed.includes(model)) return;
  const names = allowed.join(", ");
  throw new AppError("invalid_request", `This model is not allowed here. Allowed: ${names}.`, {
    errors: [{ pointer: `#/${field}`, detail: `Not in ALLOWED_MODELS. Allowed: ${names}.` }],
  });
}
