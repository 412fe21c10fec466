import { describe, expect, it } from "vitest";
import { openEndpoint } from "../../../src/judges/chat/endpoint/endpoint.ts";
import type { ChatRequest } from "../../../src/judges/chat/endpoint/exchange.ts";
import { JudgeUnavailable } from "../../../src/scoring/judge.ts";
import { serveInTests } from "../../fakes/serve.ts";

const serve = serveInTests();

const REQUEST: ChatRequest = {
  system: "You judge.",
  user: "年假有几天？",
  schema: { name: "reply", schema: { type: "object" } },
  shape: "{}",
  withShape: false,
  replyTokens: 10,
};

const ask = (baseURL: string) =>
  openEndpoint({
    baseURL,
    apiKey: "sk-secret",
    model: "m",
    embeddingModel: null,
    retryPauseMs: 1,
    capabilities: new Map(),
  }).chat(REQUEST, undefined);

describe("what goes out to a judge", () => {
  it.each(["/v1", "/v1/", "/openai?api-version=2026-01-01", "//127.0.0.1:1/v1", "/a/../v1"])(
    "goes below the base address %s, with its query, and to nobody else",
    async (path) => {
      const seen: string[] = [];
      const origin = await serve((request, response) => {
        seen.push(request.url ?? "");
        const choices = [{ index: 0, finish_reason: "stop", message: { content: "好" } }];
        response
          .writeHead(200, { "Content-Type": "application/json" })
          .end(JSON.stringify({ id: "1", object: "chat.completion", choices }));
      });
      expect(await ask(`${origin}${path}`)).toMatchObject({ kind: "text", text: "好" });
      const base = new URL(`${origin}${path}`);
      const below = `${base.pathname.replace(/\/$/, "")}/chat/completions${base.search}`;
      expect(seen).toEqual([below]);
    },
  );

  it("follows no redirect: texts and key stay with the endpoint that was set", async () => {
    const seen: string[] = [];
    const other = await serve((request, response) => {
      seen.push(request.url ?? "");
      response.end();
    });
    const origin = await serve((request, response) => {
      request.resume();
      response.writeHead(307, { Location: `${other}/v1/chat/completions` }).end();
    });
    await expect(ask(`${origin}/v1`)).rejects.toMatchObject({ isRetryable: false });
    expect(seen).toEqual([]);
  });

  it("an endpoint that answers without end is no model", async () => {
    let isOpen = true;
    const origin = await serve((request, response) => {
      request.resume();
      response.writeHead(200, { "Content-Type": "application/json" });
      response.on("close", () => {
        isOpen = false;
      });
      const piece = " ".repeat(1 << 20);
      const more = () => {
        while (isOpen && response.write(piece));
        if (isOpen) response.once("drain", more);
      };
      more();
    });
    const failure = ask(`${origin}/v1`);
    await expect(failure).rejects.toThrow(JudgeUnavailable);
    await expect(failure).rejects.toThrow(/more than 16 MB/);
    await expect.poll(() => isOpen).toBe(false);
  });
});
