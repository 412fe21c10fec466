import { describe, expect, it } from "vitest";
import { send } from "./http.ts";

function ask(message: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return send("/mcp", { json: message, headers });
}

const call = (method: string, params?: object) => ask({ jsonrpc: "2.0", id: "一", method, params });

describe("POST /mcp", () => {
  it("agrees on a version it speaks, else names its newest", async () => {
    const initialize = async (protocolVersion: string) => {
      const clientInfo = { name: "测试", version: "1" };
      const answer = await call("initialize", { protocolVersion, capabilities: {}, clientInfo });
      return answer.json();
    };
    expect(await initialize("2025-06-18")).toMatchObject({
      jsonrpc: "2.0",
      id: "一",
      result: { protocolVersion: "2025-06-18", serverInfo: { name: "touchstone" } },
    });
    expect(await initialize("1999-01-01")).toMatchObject({
      result: { protocolVersion: "2025-11-25" },
    });
  });

  it("says nothing to a notification, and nothing to an answer nobody asked for", async () => {
    for (const message of [
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 7, result: {} },
    ]) {
      const answer = await ask(message);
      expect(answer.status).toBe(202);
      expect(await answer.text()).toBe("");
    }
  });

  it.each([
    ["resources/list", undefined, -32601],
    ["tools/call", { name: "no_such_tool" }, -32602],
    ["tools/call", {}, -32602],
    ["tools/call", { name: "get_job", arguments: ["a"] }, -32602],
    ["initialize", {}, -32603],
  ])("%s with %j is refused by code", async (method, params, code) => {
    const answer = await call(method, params);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id: "一", error: { code } });
  });

  it.each([
    ["no JSON", "{", -32700],
    ["a list", "[]", -32600],
    ["another version of JSON-RPC", '{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
    ["brackets without end", "[".repeat(100_000), -32700],
  ])("%s is refused with 400", async (_, body, code) => {
    const answer = await send("/mcp", { body, headers: { "Content-Type": "application/json" } });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it("gives what a tool found as data and as text, to a client of the older revisions", async () => {
    const answer = await call("tools/call", {
      name: "score_answer",
      arguments: { question: "年假几天？", answer: "10天。", contexts: ["年假10天。"] },
    });
    const { result } = (await answer.json()) as {
      result: { structuredContent: { job_id: string }; content: [{ text: string }] };
    };
    expect(result.structuredContent.job_id).toMatch(/^job_/);
    expect(JSON.parse(result.content[0].text)).toEqual(result.structuredContent);
  });

  it("refuses a version of the protocol it does not speak", async () => {
    const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
    expect((await ask(ping, { "MCP-Protocol-Version": "1999-01-01" })).status).toBe(400);
    const answer = await ask(ping, { "MCP-Protocol-Version": "2025-06-18" });
    expect(await answer.json()).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
  });
});
