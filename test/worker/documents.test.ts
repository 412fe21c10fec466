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

  it("/docs is a page that names it too, in the language that is asked for, with no script but one of ours", async () => {
    const answer = await send("/docs");
    expect(answer.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
    const policy = answer.headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'; connect-src 'self'");
    const text = await answer.text();
    expect(text).toContain("curl -s https://touchstone.test/api/score/async");
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text).toMatch(/<script type="module" src="\/assets\/[\w.-]+\.js"><\/script>/);
    expect(text).not.toContain("origin.invalid");
    expect(text).toContain('<html lang="en">');
    const chinese = await send("/docs", { headers: { "Accept-Language": "zh-CN" } });
    expect(await chinese.text()).toContain("提交一个回答评分");
    const chosen = await send("/docs?language=en", { headers: { "Accept-Language": "zh-CN" } });
    expect(await chosen.text()).toContain('<html lang="en">');
    expect((await send("/docs?language=fr")).status).toBe(422);
  });
});
