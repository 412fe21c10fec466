import * as z from "zod";
import { AppError } from "../errors.ts";
import { parseJson } from "../intake/parse-json.ts";
import { readBytes } from "../intake/read-bytes.ts";
import { APP_VERSION } from "../version.ts";
import type { Http } from "./http-context.ts";
import { MCP_TOOLS } from "./mcp-tools.ts";
import { toAppError } from "./problem.ts";

/** Newest first; a client that speaks another one is told the newest and decides. */
const VERSIONS = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;

const Message = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number().int()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
});
const InitializeParams = z.object({ protocolVersion: z.string() });
const CallParams = z.object({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
});

type Reply = { result: object } | { error: { code: number; message: string } };

/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions and without streams: every request
 * stands alone, so any isolate can answer it. The caller is whoever the route let in. Written out because the four
 * methods of a server of tools take a page, and the SDK a twentieth of the upload; its client tests this.
 */
export async function postMcp(http: Http): Promise<Response> {
  const version = http.req.header("mcp-protocol-version");
  if (version !== undefined && !VERSIONS.includes(version)) {
    return refuse(INVALID_REQUEST, `This server speaks ${VERSIONS.join(", ")}.`);
  }
  const body = parseJson(new TextDecoder().decode(await readBytes(http.req.raw)));
  if (body === undefined) return refuse(PARSE_ERROR, "The body is not JSON.");
  const message = Message.safeParse(body);
  if (!message.success) return refuse(INVALID_REQUEST, "The body is not one JSON-RPC 2.0 message.");
  const { id, method, params } = message.data;
  // A notification, or an answer to a question that was never asked: nothing is said back.
  if (id === undefined || method === undefined) return new Response(null, { status: 202 });
  return Response.json({ jsonrpc: "2.0", id, ...(await answer(http, method, params ?? {})) });
}

/** `GET` and `DELETE /mcp`: the protocol asks for 405 of a server without streams and sessions; clients go on without. */
export function refuseMcpStream(): never {
  throw new AppError(
    "method_not_allowed",
    "This server takes POST only: no streams, no sessions.",
    { headers: { Allow: "POST, OPTIONS" } },
  );
}

async function answer(http: Http, method: string, params: object): Promise<Reply> {
  if (method === "initialize") return initialize(params);
  if (method === "ping") return { result: {} };
  if (method === "tools/list") return { result: { tools: MCP_TOOLS.map(describeTool) } };
  if (method === "tools/call") return callTool(http, params);
  return failure(METHOD_NOT_FOUND, "There is no such method.");
}

function initialize(params: object): Reply {
  const asked = InitializeParams.safeParse(params);
  if (!asked.success) return failure(INVALID_PARAMS, "initialize needs a protocolVersion.");
  const isKnown = VERSIONS.includes(asked.data.protocolVersion);
  return {
    result: {
      protocolVersion: isKnown ? asked.data.protocolVersion : VERSIONS[0],
      capabilities: { tools: {} },
      serverInfo: { name: "touchstone", version: APP_VERSION },
    },
  };
}

function describeTool({ name, description, inputSchema, isReadOnly }: (typeof MCP_TOOLS)[number]) {
  const annotations = { readOnlyHint: isReadOnly, openWorldHint: false };
  return { name, description, inputSchema, annotations };
}

async function callTool(http: Http, params: object): Promise<Reply> {
  const asked = CallParams.safeParse(params);
  if (!asked.success) return failure(INVALID_PARAMS, "tools/call needs a name and arguments.");
  const tool = MCP_TOOLS.find(({ name }) => name === asked.data.name);
  if (!tool) return failure(INVALID_PARAMS, "There is no tool of this name; see tools/list.");
  try {
    const result = await tool.call(http, asked.data.arguments);
    return { result: { content: [{ type: "text", text: JSON.stringify(result) }] } };
  } catch (error) {
    // An error the model can read and correct itself by, not a broken call.
    const { message, errors } = toAppError(error);
    const details = errors.map((field) => `${field.pointer}: ${field.detail}`);
    const text = [message, ...details].join("\n");
    return { result: { isError: true, content: [{ type: "text", text }] } };
  }
}

function failure(code: number, message: string): Reply {
  return { error: { code, message } };
}

function refuse(code: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", id: null, ...failure(code, message) }, { status: 400 });
}
