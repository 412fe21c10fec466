import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../src/config.ts";
import { SAMPLE_ZH } from "./http.ts";
import worker from "./main.ts";

const OPEN = { ACCESS_MODE: "open", ADMIN_KEY: undefined, OPEN_HOSTS: undefined };

async function askAt(
  host: string,
  path = "/api/runs",
  vars: object = OPEN,
  init?: RequestInit,
): Promise<Response> {
  const execution = createExecutionContext();
  const request = new Request(`http://${host}${path}`, init);
  const answer = await worker.fetch(request as never, { ...env, ...vars } as never, execution);
  const text = await answer.text();
  await waitOnExecutionContext(execution);
  return new Response(text === "" ? null : text, answer as never);
}

describe("an open server", () => {
  it.each([
    "localhost",
    "localhost:8787",
    "LOCALHOST",
    "localhost.",
    "touchstone.localhost",
    "127.0.0.1:8787",
    "192.168.1.20",
    "8.8.8.8",
    "2130706433",
    "0x7f.1",
    "[::1]:8787",
    "[2001:db8::7]",
    "touchstone",
    "touchstone-1:8787",
    "host.docker.internal",
    "gateway.docker.internal:8787",
    "mac-mini.local",
    "nas.lan",
    "pi.home.arpa",
    "four-random-words-here.trycloudflare.com",
  ])("answers to %s", async (host) => {
    expect((await askAt(host)).status).toBe(200);
  });

  it.each([
    "evil.example",
    "evil.example:8787",
    "EVIL.example.",
    "127.0.0.1.nip.io",
    "localhost.evil.example",
    "notlocal.evillocal.com",
    "internal.example.com",
    "xlan.com",
    "a.b.trycloudflare.com.evil.example",
    "eviltrycloudflare.com",
    "home.arpa.evil.example",
    "试金石.example",
    "xn--jlq480n2rg.example",
  ])("does not answer to %s", async (host) => {
    expect((await askAt(host)).status).toBe(421);
  });

  it.each([
    ["GET", "/api/health"],
    ["GET", "/api/runs"],
    ["GET", "/api/score/jobs/none/events"],
    ["GET", "/openapi.json"],
    ["GET", "/openapi-dify.json"],
    ["GET", "/docs"],
    ["GET", "/nothing"],
    ["OPTIONS", "/api/runs"],
    ["POST", "/mcp"],
    ["POST", "/api/session"],
    ["POST", "/api/score"],
  ])("says nothing else to a foreign name at %s %s", async (method, path) => {
    const body = method === "POST" ? { body: JSON.stringify(SAMPLE_ZH) } : {};
    const answer = await askAt("evil.example", path, OPEN, { method, ...body });
    expect(answer.status).toBe(421);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({
      code: "misdirected_request",
      detail: expect.stringMatching(
        /set OPEN_HOSTS=evil\.example .*设置 OPEN_HOSTS=evil\.example（/s,
      ),
    });
  });

  it("answers to what OPEN_HOSTS names, however it was pasted, and to nothing below it", async () => {
    const vars = { ...OPEN, OPEN_HOSTS: " Touchstone.Example.com, https://试金石.example:8443/ ," };
    for (const host of [
      "touchstone.example.com:8787",
      "touchstone.example.com.",
      "试金石.example",
    ]) {
      expect((await askAt(host, "/api/runs", vars)).status, host).toBe(200);
    }
    for (const host of ["a.touchstone.example.com", "example.com", "xtouchstone.example.com"]) {
      expect((await askAt(host, "/api/runs", vars)).status, host).toBe(421);
    }
  });

  it.each(["*", "*.example.com", "a b", "http://"])("%s is no host name", (value) => {
    const read = readConfiguration({ ...env, ...OPEN, OPEN_HOSTS: value } as never);
    expect(read).toEqual({ ok: false, mistakes: [expect.stringContaining("OPEN_HOSTS")] });
  });
});

it("a server that asks for keys answers to every name: whoever has no key reads nothing by it", async () => {
  const vars = { ACCESS_MODE: undefined, ADMIN_KEY: "a-long-enough-admin-key" };
  expect((await askAt("touchstone.example.com", "/api/health", vars)).status).toBe(200);
  expect((await askAt("touchstone.example.com", "/api/runs", vars)).status).toBe(401);
});
