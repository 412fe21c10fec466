import type { Parameter } from "../../../words/said.ts";
// What is asked of an endpoint and what it answers.

export interface ChatRequest {
  system: string;
  user: string;
  /** Name and strict JSON schema of the reply. */
  schema: { name: string; schema: Record<string, unknown> };
  /** The reply's shape in words, for endpoints that take no schema. */
  shape: string;
  /** Send the words with the schema too: the endpoint took the schema before and answered something else. */
  withShape: boolean;
  /** Upper limit of the reply in tokens. */
  replyTokens: number;
}

/** null: the endpoint did not tell. */
export interface Tokens {
  prompt: number | null;
  completion: number | null;
}

export type ChatReply =
  | { kind: "text"; text: string; isTruncated: boolean; tokens: Tokens }
  | { kind: "refused"; tokens: Tokens; words?: Parameter }
  | { kind: "too_long" }
  | { kind: "cancelled" };

export type EmbeddingReply =
  | { kind: "vectors"; vectors: number[][]; tokens: Tokens }
  | { kind: "invalid"; tokens: Tokens }
  /** The endpoint has no embeddings, or not this model. */
  | { kind: "missing"; words?: Parameter }
  | { kind: "too_long" }
  | { kind: "cancelled" };

/** One endpoint and model. Throws `JudgeUnavailable` only; everything else is a reply. */
export interface Endpoint {
  chat(request: ChatRequest, signal: AbortSignal | undefined): Promise<ChatReply>;
  embed(input: readonly string[], signal: AbortSignal | undefined): Promise<EmbeddingReply>;
}
