import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Settings } from "../../src/settings.ts";
import { createWorld } from "./job-world.ts";

const ORIGIN = "https://touchstone.test";

/** Asks the whole app, with names that lead where the test says, and notes what went out. */
async function importFrom(
  base_url: string,
  addresses: Record<string, string[]>,
  settings: Partial<Settings> = {},
): Promise<{ status: number; detail: string; sent: string[]; looked: string[] }> {
  const sent: string[] = [];
  const looked: string[] = [];
  const world = createWorld({
    settings,
    outside: {
      fetch: async (url) => {
        sent.push(url);
        return Response.json({ data: [], has_more: false });
      },
      resolve: async (name) => {
        looked.push(name);
        return addresses[name] ?? [];
      },
    },
  });
  const app = createApp(() => world.context);
  const request = new Request(`${ORIGIN}/api/import/dify`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ base_url, app_key: "app-1", users: ["小明"], since: "2026-01-01" }),
  });
  const execution = createExecutionContext();
  const answer = await app.fetch(request, env as never, execution);
  const { detail } = (await answer.json()) as { detail: string };
  await waitOnExecutionContext(execution);
  return { status: answer.status, detail, sent, looked };
}

describe("an import from a name", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "::1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "4000::1",
  ])("that leads to %s is refused before anything is sent", async (inside) => {
    for (const found of [[inside], ["93.184.216.34", inside]]) {
      const name = "dify.example.com";
      const { status, detail, sent, looked } = await importFrom(`https://${name}/v1`, {
        [name]: found,
      });
      expect([status, sent, looked]).toEqual([422, [], [name]]);
      expect(detail).toContain("not public");
      expect(detail).toContain(`DIFY_ORIGINS=https://${name} `);
      expect(detail).toContain("运维");
    }
  });

  it("that leads nowhere is refused too", async () => {
    const { status, detail, sent } = await importFrom("https://dify.example.com/v1", {});
    expect([status, sent]).toEqual([422, []]);
    expect(detail).toContain("could not be resolved");
  });

  it("that is public is asked, at its own origin only", async () => {
    const { detail, sent } = await importFrom("https://dify.example.com//127.0.0.1/v1", {
      "dify.example.com": ["93.184.216.34", "2606:2800:220:1::1"],
    });
    expect(detail).toContain("There are no messages");
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map((url) => new URL(url).origin))).toEqual(
      new Set(["https://dify.example.com"]),
    );
  });

  it("that the operator named is asked wherever it leads, and not looked up", async () => {
    const named = { difyOrigins: ["http://dify.lan:8080"] };
    const { sent, looked } = await importFrom("http://dify.lan:8080/v1", {}, named);
    expect(looked).toEqual([]);
    expect(new URL(sent[0] ?? "").origin).toBe("http://dify.lan:8080");
  });
});
