import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import worker from "./main.ts";

const ADMIN_KEY = "a-long-enough-admin-key";

async function ask(
  path: string,
  vars: Record<string, string | undefined>,
  headers: Record<string, string> = {},
) {
  const execution = createExecutionContext();
  const request = new Request(`https://touchstone.test${path}`, { headers });
  const answer = await worker.fetch(request as never, { ...env, ...vars } as never, execution);
  await waitOnExecutionContext(execution);
  return answer;
}

describe("closed until opened on purpose", () => {
  const keys = { ACCESS_MODE: undefined, ADMIN_KEY };

  it.each(["/api/score/jobs", "/api/runs", "/api/metrics", "/api/nothing"])(
    "%s without any key configured: 503",
    async (path) => {
      const answer = await ask(path, { ACCESS_MODE: undefined });
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ code: "access_not_configured" });
    },
  );

  it("health answers and says what is missing", async () => {
    const answer = await ask("/api/health", { ACCESS_MODE: undefined });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: "degraded", access: "keys" });
  });

  it.each([
    ["no key", {}, 401],
    ["a wrong key", { Authorization: "Bearer wrong" }, 401],
    ["the key", { Authorization: `Bearer ${ADMIN_KEY}` }, 200],
    ["the key with a doubled prefix", { Authorization: `Bearer Bearer ${ADMIN_KEY}` }, 200],
    ["the key in X-API-Key", { "X-API-Key": ADMIN_KEY }, 200],
  ])("%s", async (_name, headers, status) => {
    expect((await ask("/api/runs", keys, headers as Record<string, string>)).status).toBe(status);
  });

  it("a mistake in the settings is a sentence, not a crash", async () => {
    const answer = await ask(
      "/api/runs",
      { ...keys, JUDGE: "magic" },
      { Authorization: `Bearer ${ADMIN_KEY}` },
    );
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      code: "misconfigured",
      detail: expect.stringContaining("JUDGE"),
    });
  });
});
