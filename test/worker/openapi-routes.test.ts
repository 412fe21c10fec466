import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/api/openapi/operations.ts";
import { createApp } from "../../src/app.ts";

describe("/openapi.json", () => {
  it("describes exactly the routes the app has", () => {
    const app = createApp(() => {
      throw new Error("no context needed");
    });
    const routes = new Set(
      app.routes
        .filter((route) => route.method !== "ALL" && route.path.startsWith("/api/"))
        .map((route) => `${route.method.toLowerCase()} ${route.path.replace(/:(\w+)/g, "{$1}")}`),
    );
    const described = OPERATIONS.map((operation) => `${operation.method} ${operation.path}`);
    expect([...routes].sort()).toEqual([...described].sort());
    expect(new Set(OPERATIONS.map((operation) => operation.id)).size).toBe(OPERATIONS.length);
  });
});
