import { describe, expect, it } from "vitest";
import { send } from "./http.ts";

describe("the API documents", () => {
  it.each(["/openapi.json", "/openapi-dify.json"])(
    "%s names the address it was asked from",
    async (path) => {
      const answer = await send(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("Content-Type")).toBe("application/json");
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ servers: [{ url: "https://touchstone.test" }] });
      expect(text).not.toContain("origin.invalid");
    },
  );

  it("/docs is a page without script that names it too", async () => {
    const answer = await send("/docs");
    expect(answer.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    const text = await answer.text();
    expect(text).toContain("curl -s https://touchstone.test/api/score/async");
    expect(text).not.toContain("<script");
    expect(text).not.toContain("origin.invalid");
  });
});
