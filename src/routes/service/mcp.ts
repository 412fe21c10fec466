import type { McpServer } from "@modelcontextprotocol/server";
import type { Http } from "../../http/http-context.ts";
import { readerOf } from "../../http/http-context.ts";
import { toAppError } from "../../http/problem.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { parseJson } from "../../intake/parse-json.ts";
import { readBytes } from "../../intake/read-bytes.ts";
import { APP_VERSION } from "../../version.ts";
import { say } from "../../words/say.ts";
import { MCP_TOOLS, type McpTool } from "./mcp-tools.ts";
import type { SERVICE_ROUTES } from "./routes.ts";

export const MCP_HANDLERS = {
  /**
   * The Model Context Protocol, revision 2026-07-28 and those with `initialize` before it, without sessions
   * and without streams: every request stands alone, so any isolate can answer it. The caller is whoever the route let in.
   */
  async mcp(http) {
    // Large, and most isolates never need it: it is read when somebody speaks the protocol.
    const sdk = await import("@modelcontextprotocol/server");
    const parsedBody = parseJson(new TextDecoder().decode(await readBytes(http.req.raw)));
    if (parsedBody === undefined) return parseError();
    // The protocol wants clients to accept streams too; nothing is streamed here, so whoever takes JSON is answered.
    const headers = new Headers(http.req.raw.headers);
    headers.set("Accept", "application/json, text/event-stream");
    headers.delete("Content-Length");
    const request = new Request(http.req.url, { method: "POST", headers });
    const server = addTools(new sdk.McpServer({ name: "touchstone", version: APP_VERSION }), http);
    if (await sdk.isLegacyRequest(request, parsedBody)) {
      const transport = new sdk.WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: undefined,
        enableJsonResponse: true,
      });
      await server.connect(transport);
      return transport.handleRequest(request, { parsedBody });
    }
    const handler = sdk.createMcpHandler(() => server, { legacy: "reject", responseMode: "json" });
    return handler.fetch(request, { parsedBody });
  },
} satisfies Partial<Handlers<typeof SERVICE_ROUTES>>;

function addTools(server: McpServer, http: Http): McpServer {
  for (const tool of MCP_TOOLS) {
    const { name, description, inputSchema, outputSchema, isReadOnly } = tool;
    const annotations = { readOnlyHint: isReadOnly, openWorldHint: false };
    server.registerTool(name, { description, inputSchema, outputSchema, annotations }, (input) =>
      callTool(tool, http, input),
    );
  }
  return server;
}

function parseError(): Response {
  const error = { code: -32700, message: "The body is not JSON." };
  return Response.json({ jsonrpc: "2.0", id: null, error }, { status: 400 });
}

async function callTool(tool: McpTool, http: Http, input: Record<string, unknown>) {
  try {
    const result = await tool.call(http, input);
    const content = [{ type: "text" as const, text: JSON.stringify(result) }];
    return { content, structuredContent: result };
  } catch (error) {
    // An error the model can read and correct itself by, not a broken call.
    const { said: problem, errors } = toAppError(error);
    const reader = readerOf(http);
    const details = errors.map(({ pointer, detail }) => `${pointer}: ${say(detail, reader)}`);
    const text = [say(problem, reader), ...details].join("\n");
    return { isError: true, content: [{ type: "text" as const, text }] };
  }
}
