import type { JudgeCall } from "../../../scoring/judge.ts";
import type { ChatReply, EmbeddingReply, Endpoint, Tokens } from "./exchange.ts";
import type { EndpointSettings } from "./settings.ts";

/** The same endpoint, which notes how long each call took and what it cost; never what was said. */
export function recordCalls(
  endpoint: Endpoint,
  { model, embeddingModel }: Pick<EndpointSettings, "model" | "embeddingModel">,
  calls: JudgeCall[],
): Endpoint {
  async function record<T extends ChatReply | EmbeddingReply>(
    of: Pick<JudgeCall, "operation" | "model" | "task">,
    call: () => Promise<T>,
  ): Promise<T> {
    const startedAt = Date.now();
    const reply = await call();
    const tokens = tokensOf(reply);
    calls.push({
      ...of,
      startedAt,
      endedAt: Date.now(),
      promptTokens: tokens.prompt,
      completionTokens: tokens.completion,
      error: ERRORS[reply.kind] ?? null,
    });
    return reply;
  }
  return {
    chat: (request, signal) =>
      record({ operation: "chat", model, task: request.schema.name }, () =>
        endpoint.chat(request, signal),
      ),
    embed: (input, signal) =>
      record({ operation: "embeddings", model: embeddingModel ?? "", task: "embed" }, () =>
        endpoint.embed(input, signal),
      ),
  };
}

/** Of a call that was refused or never made. */
const NO_TOKENS: Tokens = { prompt: 0, completion: 0 };

function tokensOf(reply: ChatReply | EmbeddingReply): Tokens {
  return "tokens" in reply ? reply.tokens : NO_TOKENS;
}

const ERRORS: Partial<Record<(ChatReply | EmbeddingReply)["kind"], string>> = {
  refused: "content_filter",
  too_long: "context_length_exceeded",
  cancelled: "cancelled",
  invalid: "invalid_response",
  missing: "model_not_found",
};
