import { request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningWorker, startWorker } from "./worker.ts";

let worker: RunningWorker;

beforeAll(async () => {
  worker = await startWorker({ OPEN_HOSTS: "touchstone.example.com" });
});
afterAll(() => worker.close());

/** As a browser does that was led here by a name: the address is ours, the header `Host` is the name. */
function askAs(host: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(worker.origin);
    const asked = request({ hostname, port, path, headers: { Host: host } }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

it("a page that leads its own name here reads no data, while names of ours do", async () => {
  for (const path of ["/api/runs", "/api/health", "/openapi.json", "/docs", "/mcp"]) {
    const { status, text } = await askAs("evil.example:8787", path);
    expect(status, path).toBe(421);
    expect(text).toContain("OPEN_HOSTS=evil.example");
  }
  for (const host of [
    "localhost:8787",
    "192.168.1.20:8787",
    "[::1]:8787",
    "host.docker.internal:8787",
    "touchstone:8787",
    "four-random-words-here.trycloudflare.com",
    "touchstone.example.com",
  ]) {
    expect((await askAs(host, "/api/runs")).status, host).toBe(200);
  }
});
