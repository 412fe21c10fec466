import type { ServerResponse } from "node:http";
import type { ParsedPrompt } from "./openai-brain.ts";
import type { SeenCall } from "./openai-call.ts";

export interface FaultScene {
  call: SeenCall;
  /** Number of the call since the last reset, from 0. */
  index: number;
  prompt: ParsedPrompt | null;
  /** What would be sent otherwise. */
  honest: Record<string, unknown>;
  response: ServerResponse;
}

/** One way to misbehave, for all calls, the first `times` of them, or those of one task. */
export interface Fault {
  kind: FaultKind;
  times?: number;
  task?: string;
  /** `Retry-After` of 429 and 503, in seconds. */
  retryAfter?: number;
  /** Rewrites the reply's JSON (`rewrite`). */
  rewrite?: (reply: unknown, scene: FaultScene) => unknown;
  /** The reply as text (`say`). */
  say?: (content: string, scene: FaultScene) => string;
  /** The whole HTTP answer (`answer`); null: this call is answered honestly. A text body is sent as HTML. */
  answer?: (scene: FaultScene) => { status: number; body: unknown } | null;
}

type FaultKind =
  | "status_429"
  | "status_500"
  | "status_503"
  | "status_401"
  | "quota"
  | "reset"
  | "hang"
  | "trickle"
  | "html"
  | "invalid_json"
  | "empty_choices"
  | "null_content"
  | "length"
  | "content_filter"
  | "content_filter_400"
  | "refuse_max_tokens"
  | "refuse_temperature"
  | "refuse_schema"
  | "refuse_response_format"
  | "refuse_vaguely"
  | "too_long"
  | "no_embeddings"
  | "changing_dimension"
  | "zero_vector"
  | "rewrite"
  | "say"
  | "answer";

/** How often each fault has struck: faults with `times` end by themselves. */
const struck = new WeakMap<Fault, number>();

/** True when the fault has answered (or will never answer) the call. */
export async function applyFault(fault: Fault | null, scene: FaultScene): Promise<boolean> {
  if (!fault || (fault.task !== undefined && fault.task !== scene.call.task)) return false;
  const count = struck.get(fault) ?? 0;
  if (fault.times !== undefined && count >= fault.times) return false;
  const isStruck = strike(fault, scene);
  if (isStruck) struck.set(fault, count + 1);
  return isStruck;
}

function strike(fault: Fault, scene: FaultScene): boolean {
  const { response, call, honest } = scene;
  const { body } = call;
  const isChat = call.kind === "chat";
  const retryAfter =
    fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  const format = body.response_format as { type: string } | undefined;
  switch (fault.kind) {
    case "status_429":
      return reply(response, 429, failure("Rate limit reached", "rate_limit_exceeded"), retryAfter);
    case "status_500":
      return reply(response, 500, failure("Internal error"));
    case "status_503":
      return reply(response, 503, failure("Overloaded"), retryAfter);
    case "status_401":
      return reply(response, 401, failure("Incorrect API key provided", "invalid_api_key"));
    case "quota":
      return reply(response, 429, failure("You exceeded your current quota", "insufficient_quota"));
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "hang":
      return true;
    case "trickle":
      trickle(response, JSON.stringify(honest));
      return true;
    case "html":
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html><body>Welcome to the hotel network</body></html>");
      return true;
    case "invalid_json":
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"choices": [{"message": ');
      return true;
    case "empty_choices":
      return isChat && reply(response, 200, { ...honest, choices: [] });
    case "null_content":
      return isChat && say(response, honest, null, "stop");
    case "length":
      return isChat && cut(scene);
    case "content_filter":
      return isChat && say(response, honest, "", "content_filter");
    case "content_filter_400":
      return (
        isChat &&
        reply(response, 400, failure("Filtered by content management policy", "content_filter"))
      );
    case "refuse_max_tokens":
      return "max_tokens" in body && reply(response, 400, REFUSED_MAX_TOKENS);
    case "refuse_temperature":
      return "temperature" in body && reply(response, 400, REFUSED_TEMPERATURE);
    case "refuse_schema":
      return (
        format?.type === "json_schema" &&
        reply(response, 400, failure("This response_format type is unavailable now: json_schema"))
      );
    case "refuse_response_format":
      return (
        format !== undefined && reply(response, 400, failure("Unknown parameter: response_format"))
      );
    case "refuse_vaguely":
      return format !== undefined && reply(response, 422, failure("Invalid request"));
    case "too_long":
      return (
        isChat &&
        call.promptCharacters > 6_000 &&
        reply(
          response,
          400,
          failure("This model's maximum context length is 2048 tokens", "context_length_exceeded"),
        )
      );
    case "no_embeddings":
      return (
        !isChat && reply(response, 404, failure("The model does not exist", "model_not_found"))
      );
    case "changing_dimension":
      return !isChat && reply(response, 200, { ...honest, data: narrowEveryOther(honest) });
    case "zero_vector":
      return !isChat && reply(response, 200, { ...honest, data: zeros(honest) });
    case "rewrite":
      return isChat && fault.rewrite !== undefined
        ? say(
            response,
            honest,
            JSON.stringify(fault.rewrite(JSON.parse(contentOf(honest)), scene)),
            "stop",
          )
        : false;
    case "say":
      return isChat && fault.say !== undefined
        ? say(response, honest, fault.say(contentOf(honest), scene), "stop")
        : false;
    case "answer": {
      const answer = fault.answer?.(scene) ?? null;
      if (answer === null) return false;
      if (typeof answer.body !== "string") return reply(response, answer.status, answer.body);
      response.writeHead(answer.status, { "content-type": "text/html; charset=utf-8" });
      response.end(answer.body);
      return true;
    }
    default:
      return fault.kind satisfies never;
  }
}

const REFUSED_MAX_TOKENS = {
  error: {
    message:
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    type: "invalid_request_error",
    param: "max_tokens",
    code: "unsupported_parameter",
  },
};
const REFUSED_TEMPERATURE = {
  error: {
    message:
      "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    type: "invalid_request_error",
    param: "temperature",
    code: "unsupported_value",
  },
};

function failure(message: string, code: string | null = null): unknown {
  return { error: { message, type: "invalid_request_error", param: null, code } };
}

function reply(response: ServerResponse, status: number, body: unknown, headers = {}): true {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
  return true;
}

function contentOf(honest: Record<string, unknown>): string {
  const choices = honest.choices as { message: { content: string } }[];
  return choices[0]?.message.content ?? "";
}

function say(
  response: ServerResponse,
  honest: Record<string, unknown>,
  content: string | null,
  finishReason: string,
): true {
  const choice = { index: 0, finish_reason: finishReason, message: { role: "assistant", content } };
  return reply(response, 200, { ...honest, choices: [choice] });
}

/** Stops in the middle, wherever that is: the usual way a reply ends at the length limit. */
function cut(scene: FaultScene): true {
  const content = contentOf(scene.honest);
  return say(
    scene.response,
    scene.honest,
    content.slice(0, Math.floor(content.length * 0.7)),
    "length",
  );
}

/** A byte now and then: headers are there at once, the end never is. */
function trickle(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "application/json" });
  let at = 0;
  const timer = setInterval(() => {
    response.write(text.slice(at, at + 1));
    at += 1;
    if (at >= Math.min(text.length - 1, 5_000)) clearInterval(timer);
  }, 20);
  timer.unref();
  response.on("close", () => clearInterval(timer));
}

function vectorsOf(honest: Record<string, unknown>): { index: number; embedding: number[] }[] {
  return honest.data as { index: number; embedding: number[] }[];
}

function narrowEveryOther(honest: Record<string, unknown>) {
  return vectorsOf(honest).map((item) =>
    item.index % 2 === 1 ? { ...item, embedding: item.embedding.slice(0, -8) } : item,
  );
}

function zeros(honest: Record<string, unknown>) {
  return vectorsOf(honest).map((item) => ({ ...item, embedding: item.embedding.map(() => 0) }));
}
