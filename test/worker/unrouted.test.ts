import { beforeAll, describe, expect, it } from "vitest";
import { ask, bearer, createKey } from "./access-world.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";

const problemOf = async (answer: Response) => {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return (await answer.json()) as { code: string; detail: string; status: number };
};

describe("a wrong method on a known path", () => {
  it.each([
    ["PUT", "/api/runs", "GET, HEAD, OPTIONS"],
    ["DELETE", "/api/score/async", "POST, OPTIONS"],
    ["GET", "/api/score/async", "POST, OPTIONS"],
    ["HEAD", "/api/score/async", "POST, OPTIONS"],
    ["PATCH", "/api/score/jobs/job_1", "GET, HEAD, DELETE, OPTIONS"],
    ["POST", "/api/score/jobs/job_1", "GET, HEAD, DELETE, OPTIONS"],
    ["GET", "/api/score/jobs/job_1/cancel", "POST, OPTIONS"],
    ["POST", "/api/runs/run_1/artifacts/scores.csv", "GET, HEAD, OPTIONS"],
    ["POST", "/api/health", "GET, HEAD, OPTIONS"],
    ["DELETE", "/openapi.json", "GET, HEAD, OPTIONS"],
    ["POST", "/docs", "GET, HEAD, OPTIONS"],
    ["PUT", "/api/session", "GET, HEAD, POST, DELETE, OPTIONS"],
    ["PATCH", "/mcp", "POST, OPTIONS"],
    ["GET", "/mcp", "POST, OPTIONS"],
  ])("%s %s: 405, and what it takes is in Allow", async (method, path, allow) => {
    const answer = await send(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("Allow")).toBe(allow);
    if (method !== "HEAD") {
      expect(await problemOf(answer)).toMatchObject({ code: "method_not_allowed", status: 405 });
    }
  });

  it.each([
    ["/api/runs", "GET, HEAD, OPTIONS"],
    ["/api/score/async", "POST, OPTIONS"],
    ["/api/health", "GET, HEAD, OPTIONS"],
    ["/mcp", "POST, OPTIONS"],
  ])("OPTIONS %s says what it takes, and lets no other site in", async (path, allow) => {
    const answer = await send(path, {
      method: "OPTIONS",
      headers: { Origin: "https://evil.test", "Access-Control-Request-Method": "GET" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("Allow")).toBe(allow);
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
    expect(await answer.text()).toBe("");
  });

  it("HEAD is GET without the body", async () => {
    const answer = await send("/api/runs", { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(await answer.text()).toBe("");
  });
});

describe("a slip in the address", () => {
  it.each([
    ["//api/score/async", "/api/score/async"],
    ["/score/async", "/api/score/async"],
    ["/api/score/async/", "/api/score/async"],
    ["/api//score/async", "/api/score/async"],
    ["/api/score//async", "/api/score/async"],
    ["/api/api/score/async", "/api/score/async"],
    ["/api/score/async/api/score/async", "/api/score/async"],
    ["/v1/api/score/async", "/api/score/async"],
    ["/api/v1/score/async", "/api/score/async"],
    ["/v1/score/batch", "/api/score/batch"],
    ["/API/Score/Async", "/api/score/async"],
    ["/api/score/async%20", "/api/score/async"],
    ["/api/score/async%0A", "/api/score/async"],
    ["/%20/api/score", "/api/score"],
    ["/score", "/api/score"],
    ["/gate", "/api/gate"],
    ["/api/mcp", "/mcp"],
    ["/mcp/", "/mcp"],
    ["//mcp", "/mcp"],
  ])("POST %s is told %s, and nothing is accepted", async (path, right) => {
    for (const sample of [SAMPLE_ZH, SAMPLE_EN]) {
      const answer = await send(path, { json: sample });
      expect(answer.status).toBe(404);
      const { code, detail } = await problemOf(answer);
      expect(code).toBe("not_found");
      expect(detail).toContain(`POST https://touchstone.test${right} ·`);
      expect(detail).toMatch(/正确的地址是/);
    }
  });

  it.each([
    ["/score/jobs/job_01ABC", "/api/score/jobs/job_01ABC"],
    ["/API/Runs/run_01ABC/Artifacts/Scores.csv", "/api/runs/run_01ABC/artifacts/Scores.csv"],
    ["/health", "/api/health"],
    ["/api/openapi.json", "/openapi.json"],
    ["/docs/", "/docs"],
    ["/api/runs/", "/api/runs"],
  ])("GET %s is told %s, ids as they are", async (path, right) => {
    const answer = await send(path);
    expect(answer.status).toBe(404);
    expect((await problemOf(answer)).detail).toContain(`GET https://touchstone.test${right} ·`);
  });

  it("a right address under a wrong method is told both", async () => {
    const { detail } = await problemOf(await send("/score/async"));
    expect(detail).toContain("POST https://touchstone.test/api/score/async ·");
  });

  it("an id that is hostile or no text at all is no right address", async () => {
    for (const path of ["/%ff/score/x", "/<script>", "/..%2f..%2fapi/score/none", "/api/scor"]) {
      const answer = await send(path);
      expect(answer.status, path).toBe(404);
      expect((await problemOf(answer)).detail).not.toContain("touchstone.test");
    }
  });
});

describe("what is no address of ours", () => {
  it.each([
    "/.well-known/oauth-protected-resource",
    "/.well-known/openid-configuration",
    "/.env",
    "/.git/config",
    "/wp-login.php",
    "/sitemap.xml",
    "/favicon.ico",
    "/a/b.c",
    "/assets/none.js",
    "/assets/",
    "/v1.2/thing",
  ])("%s is problem+json for everybody, a browser too", async (path) => {
    for (const accept of ["*/*", "text/html,*/*;q=0.8"]) {
      const headers = { Accept: accept, "Sec-Fetch-Mode": "navigate" };
      const answer = await send(path, { headers });
      expect(answer.status).toBe(404);
      expect(await problemOf(answer)).toMatchObject({ code: "not_found" });
    }
  });

  it("is the dashboard's own page for a person who mistyped one, as 404", async () => {
    const answer = await send("/no/such/page", { headers: { Accept: "text/html,*/*;q=0.8" } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(await answer.text()).toContain('id="app"');
    expect((await send("/no/such/page")).headers.get("content-type")).toContain("problem+json");
    const posted = await send("/no/such/page", {
      method: "POST",
      headers: { Accept: "text/html" },
    });
    expect([posted.status, posted.headers.get("content-type")]).toEqual([
      404,
      "application/problem+json",
    ]);
  });
});

describe("a server that asks for keys", () => {
  let key = "";
  beforeAll(async () => {
    key = (await createKey("default", "submit")).key;
  });

  it("asks first where only a key may know what is there", async () => {
    for (const path of ["/api/runs", "/api/nothing", "/api/score/async/", "/api/api/runs"]) {
      expect((await ask(path, { method: "PUT" })).status, path).toBe(401);
      const known = await ask(path, { method: "PUT", headers: bearer(key) });
      expect(known.status, path).toBe(path === "/api/runs" ? 405 : 404);
    }
  });

  it("names the right address, and the methods of what is open to all, to everybody", async () => {
    for (const path of ["//api/score/async", "/score/async"]) {
      const answer = await ask(path, { json: SAMPLE_ZH });
      expect(answer.status).toBe(404);
      expect((await problemOf(answer)).detail).toContain("POST https://touchstone.test/api/score");
    }
    const health = await ask("/api/health", { method: "POST" });
    expect([health.status, health.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await ask("/.well-known/oauth-authorization-server")).status).toBe(404);
  });
});
