import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { APP_VERSION } from "../version.ts";
import type { Http } from "./http-context.ts";
import { MCP_TOOLS } from "./mcp-tools.ts";
import { toAppError } from "./problem.ts";

/**
 * `POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions: every request stands alone, so any
 * isolate can answer it. The caller is whoever the route let in.
 */
export async function postMcp(http: Http): Promise<Response> {
  const server = new Server(
    { name: "touchstone", version: APP_VERSION },
    { capabilities: { tools: {} } },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: MCP_TOOLS.map(({ name, description, inputSchema, isReadOnly }) => ({
      name,
      description,
      inputSchema,
      annotations: { readOnlyHint: isReadOnly, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const tool = MCP_TOOLS.find((candidate) => candidate.name === params.name);
    if (!tool) return failure(`There is no tool named ${params.name.slice(0, 100)}.`);
    try {
      const result = await tool.call(http, params.arguments ?? {});
      return { content: [{ type: "text" as const, text: JSON.stringify(result) }] };
    } catch (error) {
      // An error the model can read and correct itself by, not a broken call.
      const { message, errors } = toAppError(error);
      const details = errors.map((field) => `${field.pointer}: ${field.detail}`);
      return failure([message, ...details].join("\n"));
    }
  });
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  return transport.handleRequest(http.req.raw);
}

function failure(text: string) {
  return { isError: true, content: [{ type: "text" as const, text }] };
}
