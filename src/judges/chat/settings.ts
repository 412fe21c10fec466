import { EFFORTS, type Effort } from "./endpoint/capabilities.ts";

/** What a deployment may set about the model that judges, beside its address and key. */

/** The model of a deployment that names none. */
export const DEFAULT_MODEL = "gpt-6-luna";

/** How the evidence table is asked for; every plan fills the same table. */
export const JUDGE_PLANS = ["block", "per-passage"] as const;
export type JudgePlan = (typeof JUDGE_PLANS)[number];

/** A plan there was until 0.1; it is read as `block` for one version. */
export const REMOVED_PLAN = "single";
export const REMOVED_PLAN_WARNING =
  "JUDGE_PLAN=single is gone and read as block; remove it, the next version refuses it. · JUDGE_PLAN=single 已取消，现按 block 处理；请删除，下一版本将不再接受。";

/** What REASONING_EFFORT may say. */
export const EFFORT_SETTINGS = ["default", ...EFFORTS] as const;
export type EffortSetting = (typeof EFFORT_SETTINGS)[number];

/**
 * What is sent as `reasoning_effort` to a model: what the settings say, else `none` to the default model, which thinks
 * by default at several times the price. `default`: nothing is sent.
 */
export function effortFor(model: string, setting: EffortSetting | null): Effort | null {
  if (setting !== null) return setting === "default" ? null : setting;
  return /(^|\/)gpt-6-luna\b/.test(model) ? "none" : null;
}
