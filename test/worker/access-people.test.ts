import { env } from "cloudflare:workers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { AuditEntry, KeyInfo, SessionInfo } from "../../src/contract/access.ts";
import {
  ADMIN_KEY,
  asAdmin,
  ask,
  bearer,
  createKey,
  createProject,
  FROM_OUR_PAGE,
  ORIGIN,
  scoreOne,
  signIn,
} from "./access-world.ts";

beforeAll(() => createProject("team-a"));
afterEach(() => vi.restoreAllMocks());

describe("a key", () => {
  it("is shown once, and the database holds only its digest", async () => {
    const created = await createKey("team-a", "run", "Dify 生产");
    expect(created.key).toMatch(/^ts_team-a_[0-9A-Za-z]{40}$/);
    expect(created.key.startsWith(created.prefix)).toBe(true);
    const listed = await (await ask("/api/keys", { headers: asAdmin("team-a") })).text();
    expect(listed).toContain(created.prefix);
    expect(listed).not.toContain(created.key);
    const dump = JSON.stringify((await env.DB.prepare("SELECT * FROM access_keys").all()).results);
    expect(dump).not.toContain(created.key);
    expect((await ask("/api/runs", { headers: bearer(created.key) })).status).toBe(200);
    expect((await ask("/api/runs", { headers: { "X-API-Key": created.key } })).status).toBe(200);
    const twice = { Authorization: `Bearer Bearer ${created.key}` };
    expect((await ask("/api/runs", { headers: twice })).status).toBe(200);
  });

  it("shows when it was used last, keeps its new name, and is refused from its revocation on", async () => {
    const { key, key_id } = await createKey("team-a", "read");
    const find = async () => {
      const { keys } = (await (await ask("/api/keys", { headers: asAdmin("team-a") })).json()) as {
        keys: KeyInfo[];
      };
      return keys.find((one) => one.key_id === key_id);
    };
    expect((await find())?.last_used_at).toBeNull();
    await ask("/api/runs", { headers: bearer(key) });
    expect((await find())?.last_used_at).toMatch(/^20/);
    await ask(`/api/keys/${key_id}`, {
      method: "PATCH",
      json: { name: "<b>改名</b>" },
      headers: asAdmin("team-a"),
    });
    expect((await find())?.name).toBe("<b>改名</b>");
    const gone = await ask(`/api/keys/${key_id}`, { method: "DELETE", headers: asAdmin("team-a") });
    expect(gone.status).toBe(204);
    expect((await ask("/api/runs", { headers: bearer(key) })).status).toBe(401);
    expect((await find())?.revoked_at).toMatch(/^20/);
  });

  it.each([
    ["an unknown role", { name: "a", role: "root" }],
    ["no name", { role: "read" }],
    ["an unknown field", { name: "a", role: "read", project: "default" }],
    ["a name of 101 characters", { name: "名".repeat(101), role: "read" }],
  ])("%s: 422 with a pointer", async (_name, json) => {
    const answer = await ask("/api/keys", { json, headers: asAdmin("team-a") });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: expect.stringMatching(/^#\//) }],
    });
  });

  it("that an admin key of a project made belongs to that project only", async () => {
    const admin = await createKey("team-a", "admin");
    const headers = { ...bearer(admin.key), "X-Project": "default" };
    expect((await ask("/api/keys", { json: { name: "x", role: "admin" }, headers })).status).toBe(
      403,
    );
  });

  it("is enough without ADMIN_KEY once it exists", async () => {
    const { key } = await createKey("team-a", "read");
    const vars = { ADMIN_KEY: undefined };
    expect((await ask("/api/runs", { headers: bearer(key), vars })).status).toBe(200);
    expect((await ask("/api/runs", { headers: bearer(ADMIN_KEY), vars })).status).toBe(401);
    expect(await (await ask("/api/health", { vars })).json()).toMatchObject({ problems: [] });
  });
});

describe("a session", () => {
  it("is an HttpOnly, SameSite=Strict cookie that says nothing of the key", async () => {
    const { key } = await createKey("team-a", "run");
    const answer = await ask("/api/session", { json: { key }, headers: { Origin: ORIGIN } });
    const cookie = answer.headers.get("Set-Cookie") ?? "";
    expect(cookie).toMatch(/^__Host-touchstone_session=/);
    for (const attribute of ["HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=43200"]) {
      expect(cookie).toContain(attribute);
    }
    expect(
      atob((cookie.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/")),
    ).not.toContain(key);
    const me = (await (
      await ask("/api/session", { headers: { Cookie: cookie.split(";")[0] ?? "" } })
    ).json()) as SessionInfo;
    expect(me).toMatchObject({
      role: "run",
      project: "team-a",
      via: "key",
      is_deployment_admin: false,
    });
  });

  it("ends with sign-out, with its key, and with ADMIN_KEY", async () => {
    const { key, key_id } = await createKey("team-a", "run");
    const me = async (cookie: string, vars = {}) =>
      (await ask("/api/session", { headers: { Cookie: cookie }, vars })).status;
    const first = await signIn(key);
    expect(await me(first)).toBe(200);
    await ask("/api/session", { method: "DELETE", headers: { Cookie: first, ...FROM_OUR_PAGE } });
    expect(await me(first)).toBe(401);
    const second = await signIn(key);
    expect(await me(second, { ADMIN_KEY: "another-long-admin-key" })).toBe(401);
    await ask(`/api/keys/${key_id}`, { method: "DELETE", headers: asAdmin("team-a") });
    expect(await me(second)).toBe(401);
    const third = await signIn(ADMIN_KEY);
    expect(await me(third)).toBe(200);
  });

  it("is over after twelve hours", async () => {
    const cookie = await signIn(ADMIN_KEY);
    const now = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(now + 12 * 60 * 60 * 1000 + 1000);
    expect((await ask("/api/session", { headers: { Cookie: cookie } })).status).toBe(401);
  });

  it("is opened by no page of another site and by no form", async () => {
    const json = { key: ADMIN_KEY };
    expect(
      (await ask("/api/session", { json, headers: { Origin: "https://evil.test" } })).status,
    ).toBe(403);
    const form = new URLSearchParams({ key: ADMIN_KEY });
    expect((await ask("/api/session", { body: form, headers: { Origin: ORIGIN } })).status).toBe(
      415,
    );
  });

  it("is no share link, and a share link is no session", async () => {
    const cookie = await signIn(ADMIN_KEY);
    const token = cookie.slice(cookie.indexOf("=") + 1);
    const { run_id } = await scoreOne(ADMIN_KEY);
    expect((await ask(`/api/runs/${run_id}`, { headers: { "X-Share-Token": token } })).status).toBe(
      401,
    );
  });
});

describe("an open server", () => {
  const vars = { ACCESS_MODE: "open", ADMIN_KEY: undefined };

  it("lets everybody in but the pages of other sites", async () => {
    const json = { question: "年假？", answer: "10天。" };
    expect((await ask("/api/score", { json, vars })).status).toBe(200);
    const foreign = { Origin: "https://evil.test" };
    expect((await ask("/api/score", { json, vars, headers: foreign })).status).toBe(403);
    const crossSite = { "Sec-Fetch-Site": "cross-site" };
    expect((await ask("/api/score", { json, vars, headers: crossSite })).status).toBe(403);
  });
});

describe("Cloudflare Access", async () => {
  const team = `team-${crypto.randomUUID().slice(0, 8)}`;
  const issuer = `https://${team}.cloudflareaccess.com`;
  const vars = {
    ADMIN_KEY: undefined,
    ACCESS_TEAM_DOMAIN: team,
    ACCESS_AUD: "aud-1",
    ACCESS_ADMINS: "Boss@example.com",
  };
  const oldKeys = await generateKeyPair("RS256", { extractable: true });
  const newKeys = await generateKeyPair("RS256", { extractable: true });
  const published = async (kid: string, pair: typeof oldKeys) => ({
    ...(await exportJWK(pair.publicKey)),
    kid,
    alg: "RS256",
    use: "sig",
  });
  const served = { keys: [await published("old", oldKeys)] };
  const nowSeconds = () => Math.floor(Date.now() / 1000);
  const sign = (claims: object = {}, kid = "old", pair = oldKeys) =>
    new SignJWT({ email: "dev@example.com", type: "app", ...claims })
      .setProtectedHeader({ alg: "RS256", kid })
      .setIssuedAt()
      .setIssuer(issuer)
      .setAudience("aud-1")
      .setExpirationTime(nowSeconds() + 600)
      .sign(pair.privateKey);
  const me = async (token: string, headers = {}) =>
    ask("/api/session", { headers: { "Cf-Access-Jwt-Assertion": token, ...headers }, vars });

  function serveKeys() {
    return vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      expect(String(input)).toBe(`${issuer}/cdn-cgi/access/certs`);
      return Response.json(served);
    });
  }

  it("lets a person in as run, an admin as admin, a service token too", async () => {
    serveKeys();
    expect(await (await me(await sign())).json()).toMatchObject({
      via: "access",
      role: "run",
      name: "dev@example.com",
    });
    const boss = await me(await sign({ email: "boss@example.com" }));
    expect(await boss.json()).toMatchObject({ role: "admin", is_deployment_admin: true });
    const machine = await sign({ email: undefined, common_name: "ci.access" });
    expect(await (await me(machine)).json()).toMatchObject({ role: "run", name: "ci.access" });
  });

  it("asks a person's browser to show that our page asks; a machine has no page", async () => {
    serveKeys();
    const json = { question: "年假？", answer: "10天。" };
    const post = async (token: string, headers = {}) =>
      (
        await ask("/api/score", {
          json,
          vars,
          headers: { "Cf-Access-Jwt-Assertion": token, ...headers },
        })
      ).status;
    expect(await post(await sign())).toBe(403);
    expect(await post(await sign(), FROM_OUR_PAGE)).toBe(200);
    expect(await post(await sign({ email: undefined, common_name: "ci.access" }))).toBe(200);
  });

  it("follows a rotation of the keys", async () => {
    served.keys.push(await published("new", newKeys));
    // Past the pause between two looks at the published keys.
    const now = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(now + 31_000);
    const fetched = serveKeys();
    expect((await me(await sign({}, "new", newKeys))).status).toBe(200);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect((await me(await sign())).status).toBe(200);
  });

  it.each([
    [
      "another audience",
      () => new SignJWT({ email: "a@b.c" }).setAudience("aud-2").setIssuer(issuer),
    ],
    [
      "another issuer",
      () => new SignJWT({ email: "a@b.c" }).setAudience("aud-1").setIssuer("https://x"),
    ],
    ["nobody's name", () => new SignJWT({}).setAudience("aud-1").setIssuer(issuer)],
  ])("refuses %s", async (_name, build) => {
    serveKeys();
    const token = await build()
      .setProtectedHeader({ alg: "RS256", kid: "old" })
      .setIssuedAt()
      .setExpirationTime(nowSeconds() + 600)
      .sign(oldKeys.privateKey);
    expect((await me(token)).status).toBe(401);
  });

  it("refuses a token that is over, signed by a stranger, with HMAC, or not at all", async () => {
    serveKeys();
    const claims = { email: "a@b.c", aud: "aud-1", iss: issuer };
    const over = await new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "old" })
      .setIssuedAt(nowSeconds() - 1000)
      .setExpirationTime(nowSeconds() - 100)
      .sign(oldKeys.privateKey);
    const stranger = await sign({}, "old", newKeys);
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid: "old" })
      .setIssuedAt()
      .setExpirationTime(nowSeconds() + 600)
      .sign(new TextEncoder().encode(JSON.stringify(served.keys[0])));
    const encode = (value: object) => btoa(JSON.stringify(value)).replaceAll("=", "");
    const none = `${encode({ alg: "none" })}.${encode({ ...claims, exp: nowSeconds() + 600 })}.`;
    for (const token of [over, stranger, hmac, none]) expect((await me(token)).status).toBe(401);
  });

  it("half a setting is a sentence, not an open door", async () => {
    const half = { ...vars, ACCESS_AUD: undefined };
    const answer = await ask("/api/runs", { vars: half });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "misconfigured" });
  });
});

describe("the audit log", () => {
  it("says who did what, and keeps every line", async () => {
    await createProject("audited");
    const admin = await createKey("audited", "admin", "Alice");
    const { job_id } = await scoreOne(admin.key);
    await ask(`/api/score/jobs/${job_id}`, { method: "DELETE", headers: bearer(admin.key) });
    await ask("/api/projects/audited", {
      method: "PATCH",
      json: { store_text: false, redact: ["email"] },
      headers: bearer(admin.key),
    });
    const { entries } = (await (
      await ask("/api/audit", { headers: bearer(admin.key) })
    ).json()) as {
      entries: AuditEntry[];
    };
    expect(entries.map((entry) => [entry.action, entry.target])).toEqual([
      ["project.changed", "audited"],
      ["job.deleted", job_id],
      ["key.created", admin.key_id],
      ["project.created", "audited"],
    ]);
    expect(entries[1]?.actor).toBe(`key:${admin.key_id} (Alice)`);
    await expect(env.DB.prepare("DELETE FROM audit_log").run()).rejects.toThrow(/append-only/);
    await expect(env.DB.prepare("UPDATE audit_log SET actor = 'x'").run()).rejects.toThrow(
      /append-only/,
    );
  });
});
