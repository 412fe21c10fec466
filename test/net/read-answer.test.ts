import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { operatorDestination } from "../../src/net/destination.ts";
import { AnswerTooLarge, fetchWithin, readJsonText } from "../../src/net/read-answer.ts";
import { serveInTests } from "../fakes/serve.ts";

const MB = 1024 * 1024;
const serve = serveInTests();

describe("an answer of another server", () => {
  it("that never ends is left at the limit, and the server is told", async () => {
    let sent = 0;
    let isOpen = true;
    const origin = await serve((_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.on("close", () => {
        isOpen = false;
      });
      const more = () => {
        while (isOpen && response.write("x".repeat(MB))) sent += 1;
        if (isOpen) response.once("drain", more);
      };
      more();
    });
    await expect(readJsonText(await fetch(origin), 4 * MB)).rejects.toThrow(AnswerTooLarge);
    await expect.poll(() => isOpen).toBe(false);
    // What lies in the buffers of two sockets may have been sent besides.
    expect(sent).toBeLessThan(64);
  });

  it("that says it is too large is not read at all", async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 400 * MB });
      response.flushHeaders();
    });
    await expect(readJsonText(await fetch(origin), MB)).rejects.toThrow("larger than 1 MB");
  });

  it("that grows when it is unpacked is measured unpacked", async () => {
    const packed = gzipSync(Buffer.alloc(20 * MB, " "));
    const origin = await serve((_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" });
      response.end(packed);
    });
    await expect(readJsonText(await fetch(origin), MB)).rejects.toThrow(AnswerTooLarge);
  });

  it.each([
    ["text/html", null],
    ["", null],
    ["application/jsonp", null],
    ["application/json", "{}"],
    ["Application/JSON; charset=utf-8", "{}"],
    ["application/problem+json", "{}"],
  ])("of type %j", async (type, expected) => {
    const headers: Record<string, string> = type === "" ? {} : { "Content-Type": type };
    const body = new TextEncoder().encode("{}");
    expect(await readJsonText(new Response(body, { headers }), MB)).toBe(expected);
  });
});

describe("a fetch for one origin", () => {
  it("gives small answers whole, follows no redirect and leaves its origin for nobody", async () => {
    const asked: string[] = [];
    const elsewhere = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end("{}");
    });
    const origin = await serve((request, response) => {
      if (request.url === "/moved") return response.writeHead(307, { Location: elsewhere }).end();
      if (request.url === "/empty") return response.writeHead(204).end();
      const packed = gzipSync('{"名":"值"}');
      response.writeHead(request.url === "/bad" ? 400 : 200, {
        "Content-Encoding": "gzip",
        "X-Id": "1",
      });
      return response.end(packed);
    });
    const ask = fetchWithin(operatorDestination(origin), MB);
    const good = await ask(`${origin}/good`, { method: "POST", body: "{}" });
    expect([good.status, good.headers.get("x-id"), await good.json()]).toEqual([
      200,
      "1",
      { 名: "值" },
    ]);
    expect((await ask(`${origin}/bad`)).status).toBe(400);
    expect((await ask(new Request(`${origin}/empty`))).status).toBe(204);
    expect((await ask(new URL("/moved", origin))).status).toBe(307);
    for (const address of [elsewhere, `${elsewhere}/x`, origin.replace("http://", "http://u:p@")]) {
      await expect(ask(address)).rejects.toThrow(/left/);
    }
    expect(asked).toEqual([]);
  });
});
