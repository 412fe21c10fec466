import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { OPERATIONS } from "../../src/openapi/operations.ts";
import { checkDocumented } from "./documented.ts";

describe("/openapi.json", () => {
  it("describes exactly the routes the app has", () => {
    const app = createApp(() => {
      throw new Error("no context needed");
    });
    const routes = new Set(
      app.routes
        .filter((route) => route.method !== "ALL" && route.path.startsWith("/api/"))
        .map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, "{$1}")}`),
    );
    const described = OPERATIONS.map((operation) => `${operation.method} ${operation.path}`);
    expect([...routes].sort()).toEqual([...described].sort());
  });
});

describe("answers are checked against the document", () => {
  const problem = { type: "t", title: "t", status: 418, code: "c", detail: "d", request_id: "r" };
  const check = (path: string, status: number, body: unknown) =>
    checkDocumented("GET", `https://touchstone.test${path}`, Response.json(body, { status }));

  it("finds a status, a field and a type nobody described", async () => {
    await expect(check("/api/runs/compare", 418, problem)).rejects.toThrow(
      /compare_runs.*undocumented/,
    );
    await expect(check("/api/runs/compare", 404, { ...problem, 内部: 1 })).rejects.toThrow(/内部/);
    await expect(check("/api/alerts", 200, { alerts: "none" })).rejects.toThrow(/another body/);
    await expect(check("/api/runs/run_1", 404, problem)).resolves.toBeUndefined();
    await expect(check("/api/nowhere", 418, {})).resolves.toBeUndefined();
  });
});
