import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeJson, encodeProtobuf } from "../fakes/otlp-spans.ts";
import { makeConversations, SENDERS, seeded } from "../fakes/trace-senders.ts";
import { ADMIN_KEY, asAdmin, ask, bearer, createKey, createProject } from "./access-world.ts";

const PROTOBUF = { "Content-Type": "application/x-protobuf" };
const [TALK] = makeConversations(2).slice(1);
if (TALK === undefined) throw new Error("no conversation");
const random = seeded(31);
const batches = () => SENDERS["dify rewrite"]?.(TALK, random)[0] ?? [];

let red = "";
let blue = "";
beforeAll(async () => {
  await createProject("red-team");
  await createProject("blue-team");
  red = (await createKey("red-team", "submit")).key;
  blue = (await createKey("blue-team", "read")).key;
});

const tracesOf = async (project: string) =>
  (await (await ask("/api/traces", { headers: asAdmin(project) })).json()) as {
    traces: { trace_id: string; outcome: string }[];
    counts: Record<string, number>;
    tested_at: string | null;
  };

describe("what exporters are told", () => {
  it("of success: 200 and no bytes for protobuf, an empty object for JSON", async () => {
    const binary = await ask("/v1/traces", {
      body: encodeProtobuf(batches()),
      headers: { ...PROTOBUF, ...bearer(red) },
    });
    expect([binary.status, binary.headers.get("Content-Type")]).toEqual([
      200,
      "application/x-protobuf",
    ]);
    expect((await binary.arrayBuffer()).byteLength).toBe(0);
    const text = await ask("/v1/traces", {
      body: encodeJson(batches()),
      headers: { "Content-Type": "application/json; charset=utf-8", "X-API-Key": red },
    });
    expect([text.status, await text.text()]).toEqual([200, "{}"]);
    const { traces } = await tracesOf("red-team");
    expect(traces).toMatchObject([{ outcome: "open" }]);
  });

  it.each([
    ["without a key", {}, 401, 16],
    ["with a key that may only read", () => bearer(blue), 403, 7],
    ["with a key nobody knows", bearer(`ts_red_${"x".repeat(40)}`), 401, 16],
  ])("%s: a refusal as a Status", async (_, headers, status, code) => {
    const given = typeof headers === "function" ? headers() : headers;
    const binary = await ask("/v1/traces", {
      body: encodeProtobuf(batches()),
      headers: { ...PROTOBUF, ...given },
    });
    expect([binary.status, binary.headers.get("Content-Type")]).toEqual([
      status,
      "application/x-protobuf",
    ]);
    const bytes = new Uint8Array(await binary.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([8, code, 18]);
    const text = await ask("/v1/traces", {
      body: "{}",
      headers: { "Content-Type": "application/json", ...given },
    });
    expect(await text.json()).toEqual({ code, message: expect.any(String) });
    expect(new TextDecoder().decode(bytes)).toContain("key");
  });

  it.each([
    ["torn bytes", new Uint8Array([10, 200, 1, 2]), PROTOBUF, 400],
    ["no JSON", "{", { "Content-Type": "application/json" }, 400],
    ["another type", "x", { "Content-Type": "text/plain" }, 415],
    ["too many bytes", new Uint8Array(9 * 1024 * 1024), PROTOBUF, 413],
  ])("of %s: what never is retried", async (_, body, headers, status) => {
    const answer = await ask("/v1/traces", { body, headers: { ...headers, ...bearer(red) } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("Retry-After")).toBeNull();
  });

  it("of too many requests or a database that is away: 503 and when to come again, never 429", async () => {
    const asked: string[] = [];
    const brake = {
      limit: async ({ key }: { key: string }) => {
        asked.push(key);
        return { success: false };
      },
    };
    const post = (vars: Record<string, unknown>) =>
      ask("/v1/traces", {
        body: encodeProtobuf(batches()),
        headers: { ...PROTOBUF, ...bearer(red) },
        vars,
      });
    const braked = await post({ TRACE_RATE: brake });
    expect([braked.status, braked.headers.get("Retry-After")]).toEqual([503, "60"]);
    // The limit of other requests is not theirs.
    expect((await post({ KEY_RATE: brake })).status).toBe(200);
    expect(asked).toHaveLength(1);
    expect(
      (
        await ask("/v1/traces", {
          body: encodeProtobuf(batches()),
          headers: { ...PROTOBUF, ...bearer(red) },
          vars: { TRACE_RATE: env.TRACE_RATE },
        })
      ).status,
    ).toBe(200);
    expect(env.TRACE_RATE).toBeDefined();
    const broken = new Proxy(env.DB, {
      get: (db, name) =>
        name === "batch"
          ? () => Promise.reject(new Error("D1_ERROR: no answer"))
          : (Reflect.get(db, name).bind?.(db) ?? Reflect.get(db, name)),
    });
    const away = await post({ DB: broken });
    expect(away.status).toBe(503);
    expect(Number(away.headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  it("never leads them elsewhere", async () => {
    for (const path of ["/v1/traces/", "/v1/trace", "//v1/traces", "/V1/traces"]) {
      const answer = await ask(path, {
        body: encodeProtobuf(batches()),
        headers: { ...PROTOBUF, ...bearer(red) },
      });
      expect(answer.status).toBe(404);
    }
  });
});

describe("the key alone decides the project", () => {
  it("a path or an attribute that says another is refused", async () => {
    const post = (path: string, key: string, body = encodeProtobuf(batches())) =>
      ask(path, { body, headers: { ...PROTOBUF, api_key: key } });
    expect((await post("/v1/p/red-team/v1/traces", red)).status).toBe(200);
    expect((await post("/v1/p/blue-team/v1/traces", red)).status).toBe(403);
    const named = (project: string) =>
      encodeProtobuf(
        batches().map((batch) => ({
          ...batch,
          resource: { ...batch.resource, "touchstone.project": project },
        })),
      );
    expect((await post("/v1/traces", red, named("red-team"))).status).toBe(200);
    expect((await post("/v1/traces", red, named("blue-team"))).status).toBe(403);
    expect((await tracesOf("blue-team")).traces).toEqual([]);
    // Whoever may enter every project says which by the path.
    expect((await post("/v1/p/blue-team/v1/traces", ADMIN_KEY)).status).toBe(200);
    expect((await tracesOf("blue-team")).traces).toHaveLength(1);
  });
});

describe("a sender that tries its settings", () => {
  it("is answered 200 and noted, and leaves no trace behind", async () => {
    await createProject("tests");
    const { key } = await createKey("tests", "submit");
    expect((await tracesOf("tests")).tested_at).toBeNull();
    const check = {
      resource: { "service.name": "dify" },
      scope: "dify",
      spans: [
        {
          traceId: "1".repeat(32),
          spanId: "2".repeat(16),
          name: "api_check",
          start: 1,
          end: 2,
          attributes: { test: "true" },
        },
      ],
    };
    const empty = await ask("/v1/traces", {
      method: "POST",
      headers: { ...PROTOBUF, ...bearer(key) },
    });
    expect([empty.status, (await empty.arrayBuffer()).byteLength]).toEqual([200, 0]);
    const first = await tracesOf("tests");
    expect(first.tested_at).not.toBeNull();
    const answer = await ask("/v1/traces", {
      body: encodeProtobuf([check]),
      headers: { ...PROTOBUF, ...bearer(key) },
    });
    expect(answer.status).toBe(200);
    const { traces, tested_at } = await tracesOf("tests");
    expect(traces).toEqual([]);
    expect(tested_at).not.toBeNull();
    for (const path of ["/v1/metrics", "/v1/logs"]) {
      const dropped = await ask(path, {
        body: new Uint8Array([1, 2, 3]),
        headers: { ...PROTOBUF, ...bearer(key) },
      });
      expect([dropped.status, (await dropped.arrayBuffer()).byteLength]).toEqual([200, 0]);
    }
  });
});
