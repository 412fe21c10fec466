import type { JudgementStore } from "../../cache/judgement-store.ts";
import { type CapabilityMemory, EFFORTS, type Effort } from "./capabilities.ts";

/** How the evidence table is asked for; every plan fills the same table. */
export const JUDGE_PLANS = ["block", "per-passage"] as const;
export type JudgePlan = (typeof JUDGE_PLANS)[number];

/** A plan there was until 0.1; it is read as `block` for one version. */
export const REMOVED_PLAN = "single";
export const REMOVED_PLAN_WARNING =
  "JUDGE_PLAN=single is gone and read as block; remove it, the next version refuses it. · JUDGE_PLAN=single 已取消，现按 block 处理；请删除，下一版本将不再接受。";

export interface OpenAiJudgeSettings {
  baseURL: string;
  apiKey: string;
  model: string;
  /** null: no embeddings; answer relevancy then rests on the on-topic flags of the claims. */
  embeddingModel: string | null;
  /** How much a model that reasons may think; null or absent: nothing is sent. */
  effort?: Effort | null;
  plan?: JudgePlan;
  /** Milliseconds of one call, counted from the moment it has a slot; default 60,000. */
  timeoutMs?: number;
  /** Calls in flight at once over all samples of this judge; default 5. */
  slots?: number;
  /** Estimated tokens of texts in one call; longer inputs are cut into several calls. Default 12,000. */
  inputTokens?: number;
  /** Calls one sample may cost at most; what is left then fails with `budget`. Default 200. */
  callsPerSample?: number;
  fetch?: typeof fetch;
  /** Fresh unguessable hex digits, for fences and control claims; default 8 random bytes. */
  randomHex?: () => string;
  capabilities?: CapabilityMemory;
  store?: JudgementStore;
  /** Pause before the one quick retry when the provider names none, in milliseconds; default 400. */
  retryPauseMs?: number;
}

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

/** The model of a deployment that names none. */
export const DEFAULT_MODEL = "gpt-6-luna";

/** Workers allow six connections waiting for headers per invocation; one is left for D1 and R2. */
export const JUDGE_SLOTS = 5;
export const CALL_TIMEOUT_MS = 60_000;
export const INPUT_TOKENS = 12_000;
export const CALLS_PER_SAMPLE = 200;
export const RETRY_PAUSE_MS = 400;

export function drawHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
