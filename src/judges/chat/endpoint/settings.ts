import type { CapabilityMemory, Effort } from "./capabilities.ts";

export interface EndpointSettings {
  baseURL: string;
  apiKey: string;
  model: string;
  /** null: no embeddings; answer relevancy then rests on the on-topic flags of the claims. */
  embeddingModel: string | null;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>;
  /** How much a model that reasons may think; null or absent: nothing is sent. */
  effort?: Effort | null;
  /** Milliseconds of one call, counted from the moment it has a slot; default 60,000. */
  timeoutMs?: number;
  /** Calls in flight at once over all samples of this judge; default 5. */
  slots?: number;
  fetch?: typeof fetch;
  capabilities?: CapabilityMemory;
  /** Pause before the one quick retry when the provider names none, in milliseconds; default 400. */
  retryPauseMs?: number;
}

/** Workers allow six connections waiting for headers per invocation; one is left for D1 and R2. */
export const JUDGE_SLOTS = 5;
export const CALL_TIMEOUT_MS = 60_000;
export const RETRY_PAUSE_MS = 400;
