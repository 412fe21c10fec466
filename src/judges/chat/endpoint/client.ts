import OpenAI from "openai";
import { addressAt, operatorDestination } from "../../../net/destination.ts";
import { fetchWithin } from "../../../net/read-answer.ts";
import type { Capabilities } from "./capabilities.ts";
import type { ChatRequest } from "./exchange.ts";
import { CALL_TIMEOUT_MS, type EndpointSettings } from "./settings.ts";

/** A hundred embeddings of 4,096 numbers are 8 MB; a reply in words is a hundredth of that. */
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

/** Nothing is read from the process environment, nothing is retried and nothing is logged behind our back. */
export function createClient(settings: EndpointSettings): OpenAI {
  const endpoint = operatorDestination(settings.baseURL);
  const base = addressAt({ ...endpoint, query: "" });
  return new OpenAI({
    baseURL: base.href,
    defaultQuery: Object.fromEntries(new URLSearchParams(endpoint.query)),
    apiKey: settings.apiKey,
    defaultHeaders: settings.headers,
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    // Our own timer also covers the body; the package's ends with the headers and must never be the first.
    timeout: 2 * (settings.timeoutMs ?? CALL_TIMEOUT_MS),
    logLevel: "off",
    fetch: fetchWithin(endpoint, LARGEST_ANSWER_BYTES, settings.fetch),
  });
}

/** The request as far as the endpoint understands it. */
export function chatBody(
  model: string,
  request: ChatRequest,
  capabilities: Capabilities,
): OpenAI.Chat.ChatCompletionCreateParamsNonStreaming {
  const hasSchema = capabilities.format === "schema";
  const isShapeKnown = hasSchema && !request.withShape && !capabilities.showsShape;
  const system = isShapeKnown ? request.system : `${request.system}\n${request.shape}`;
  const { lengthLimit, effort } = capabilities;
  return {
    model,
    messages:
      capabilities.system === "own"
        ? [
            { role: "system", content: system },
            { role: "user", content: request.user },
          ]
        : [{ role: "user", content: `${system}\n\n${request.user}` }],
    ...(hasSchema
      ? {
          response_format: {
            type: "json_schema",
            json_schema: { ...request.schema, strict: true },
          },
        }
      : {}),
    ...(capabilities.format === "json" ? { response_format: { type: "json_object" } } : {}),
    ...(capabilities.temperature ? { temperature: 0 } : {}),
    ...(effort === null ? {} : { reasoning_effort: effort }),
    ...THINKING_OFF[capabilities.thinking],
    ...(lengthLimit === "none" ? {} : { [lengthLimit]: replyLimit(request, lengthLimit) }),
  };
}

/** The ways to say that nothing is to be thought over. */
const THINKING_OFF: Readonly<Record<Capabilities["thinking"], object>> = {
  unsaid: {},
  enable_thinking: { enable_thinking: false },
  thinking: { thinking: { type: "disabled" } },
  chat_template_kwargs: { chat_template_kwargs: { enable_thinking: false } },
};

/** Models that ask for `max_completion_tokens` think before they speak, and their thoughts count. */
function replyLimit(request: ChatRequest, lengthLimit: Capabilities["lengthLimit"]): number {
  return lengthLimit === "max_completion_tokens" ? request.replyTokens * 4 : request.replyTokens;
}
