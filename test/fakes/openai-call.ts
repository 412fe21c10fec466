import type { ServerResponse } from "node:http";

/** One request as the fake saw it. */
export interface SeenCall {
  kind: "chat" | "embeddings";
  /** `split_answer`, `split_reference`, `check_passages`, `cross_check`; "" for embeddings. */
  task: string;
  /** 1 for calls that waited for no other, 2 for calls made after one was answered, … */
  round: number;
  promptCharacters: number;
  /** Without the judged texts: system, schema, frames and labels. */
  fixedCharacters: number;
  replyCharacters: number;
  format: "json_schema" | "json_object" | "text";
  body: Record<string, unknown>;
  at: number;
}

export function send(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
