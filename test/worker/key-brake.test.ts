import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AuditEntry } from "../../src/contract/access.ts";
import {
  ADMIN_KEY,
  asAdmin,
  ask,
  bearer,
  createKey,
  createProject,
  ORIGIN,
  SAMPLE_ZH,
} from "./access-world.ts";

/** Middle of a time that is counted, so that no test runs over its end. */
const NOON = Date.UTC(2026, 10, 30, 12, 5);
const LIMIT = 10;

let clock = NOON;
const stopClock = () => vi.spyOn(Date, "now").mockImplementation(() => clock);
afterEach(() => {
  clock = NOON;
  vi.restoreAllMocks();
});

const from = (address: string) => ({ "CF-Connecting-IP": address });
const signInFrom = (address: string, key: string) =>
  ask("/api/session", { json: { key }, headers: { Origin: ORIGIN, ...from(address) } });
const readFrom = (address: string, key: string) =>
  ask("/api/runs", { headers: { ...bearer(key), ...from(address) } });
const statusesOf = async (times: number, asked: () => Promise<Response>) => {
  const statuses: number[] = [];
  for (let time = 0; time < times; time++) statuses.push((await asked()).status);
  return statuses;
};
const counted = async (address: string) =>
  (
    await env.DB.prepare("SELECT failures FROM refused_keys WHERE address = ?1")
      .bind(address)
      .all<{ failures: number }>()
  ).results.map(({ failures }) => failures);

describe.each([
  ["a sign-in", "198.51.100.1", signInFrom],
  ["a key in a header", "198.51.100.2", readFrom],
  [
    "a key in the address",
    "198.51.100.3",
    (address: string, key: string) => ask(`/api/runs?key=${key}`, { headers: from(address) }),
  ],
  [
    "a key of Dify's",
    "198.51.100.4",
    (address: string, key: string) =>
      ask("/api/score/async", { json: SAMPLE_ZH, headers: { ...bearer(key), ...from(address) } }),
  ],
  [
    "a key of an MCP client",
    "198.51.100.5",
    (address: string, key: string) =>
      ask("/mcp", { json: {}, headers: { "X-API-Key": key, ...from(address) } }),
  ],
])("%s that is wrong", (_name, address, enter) => {
  it("waits after ten, is told how long and why, and writes no more rows", async () => {
    stopClock();
    expect(await statusesOf(LIMIT, () => enter(address, "wrong"))).toEqual(Array(LIMIT).fill(401));
    const answer = await enter(address, "wrong");
    expect(answer.status).toBe(429);
    expect(answer.headers.get("Retry-After")).toBe("300");
    expect(await answer.json()).toMatchObject({
      code: "rate_limited",
      detail: expect.stringMatching(/wrong keys.*5 min.*密钥.*5 分钟/),
    });
    await statusesOf(5, () => enter(address, `ts_default_${"a".repeat(40)}`));
    expect(await counted(address)).toEqual([LIMIT]);
  });
});

describe("an address that waits", () => {
  it("lets no guess of ADMIN_KEY through, and everybody elsewhere", async () => {
    stopClock();
    await statusesOf(LIMIT, () => signInFrom("203.0.113.7", "wrong"));
    expect((await signInFrom("203.0.113.7", ADMIN_KEY)).status).toBe(429);
    expect((await readFrom("203.0.113.7", ADMIN_KEY)).status).toBe(429);
    expect((await signInFrom("203.0.113.8", ADMIN_KEY)).status).toBe(201);
    expect((await readFrom("203.0.113.8", ADMIN_KEY)).status).toBe(200);
    expect((await readFrom("2001:db8::1", ADMIN_KEY)).status).toBe(200);
  });

  it("lets in a key made here, and whoever signed in before, for neither can be guessed", async () => {
    stopClock();
    const { key } = await createKey("default", "read");
    const cookie = ((await signInFrom("203.0.113.9", key)).headers.get("Set-Cookie") ?? "").split(
      ";",
    )[0];
    await statusesOf(LIMIT + 1, () => readFrom("203.0.113.9", "wrong"));
    expect((await readFrom("203.0.113.9", key)).status).toBe(200);
    const signedIn = { Cookie: cookie ?? "", ...from("203.0.113.9") };
    expect((await ask("/api/runs", { headers: signedIn })).status).toBe(200);
  });

  it("may try again when the time is over", async () => {
    stopClock();
    await statusesOf(LIMIT, () => readFrom("203.0.113.10", "wrong"));
    expect((await readFrom("203.0.113.10", ADMIN_KEY)).status).toBe(429);
    clock += 5 * 60_000;
    expect((await readFrom("203.0.113.10", ADMIN_KEY)).status).toBe(200);
    expect((await readFrom("203.0.113.10", "wrong")).status).toBe(401);
    expect(await counted("203.0.113.10")).toEqual([LIMIT, 1]);
  });

  it("is a network of IPv6, and one address however it is written", async () => {
    stopClock();
    let n = 0;
    await statusesOf(LIMIT, () => readFrom(`2001:db8:7:8:${++n}::1`, "wrong"));
    expect((await readFrom("2001:0DB8:7:8::ffff", "wrong")).status).toBe(429);
    expect((await readFrom("2001:db8:7:9::1", "wrong")).status).toBe(401);
    expect(await counted("2001:db8:7:8::/64")).toEqual([LIMIT]);
    await statusesOf(LIMIT, () => readFrom("::ffff:203.0.113.30", "wrong"));
    expect((await readFrom("203.0.113.30", "wrong")).status).toBe(429);
  });
});

it("a right key writes nothing and who cannot be told apart waits for nobody", async () => {
  const { key } = await createKey("default", "read");
  const rows = () => env.DB.prepare("SELECT count(*) AS n FROM refused_keys").first("n");
  const before = await rows();
  for (const right of [key, ADMIN_KEY]) await readFrom("203.0.113.40", right);
  const headers = bearer("wrong");
  expect(await statusesOf(LIMIT * 2, () => ask("/api/runs", { headers }))).not.toContain(429);
  expect(await statusesOf(LIMIT * 2, () => readFrom("no address", "wrong"))).not.toContain(429);
  expect(await rows()).toBe(before);
});

describe("the audit log", () => {
  const entriesOf = async (project: string, query = "") => {
    const answer = await ask(`/api/audit${query}`, { headers: asAdmin(project) });
    return (await answer.json()) as { entries: AuditEntry[]; next_cursor: string | null };
  };

  it("counts wrong keys by address, among what else was done, page by page", async () => {
    stopClock();
    await createProject("quiet");
    await statusesOf(3, () => readFrom("203.0.113.50", "wrong"));
    await statusesOf(LIMIT + 4, () => signInFrom("203.0.113.51", "错误的密钥"));
    const { entries } = await entriesOf("default", "?limit=100");
    const of = (address: string) => entries.find(({ actor }) => actor === address);
    expect(of("203.0.113.50")).toMatchObject({
      action: "key.refused",
      target: null,
      detail: { failures: 3, braked: false },
    });
    expect(of("203.0.113.51")?.detail).toEqual({ failures: LIMIT, braked: true });
    expect(JSON.stringify(entries)).not.toContain("错误的密钥");
    const actions = (await entriesOf("quiet")).entries.map(({ action }) => action);
    expect(actions).not.toContain("key.refused");
    const paged: string[] = [];
    let cursor = "";
    do {
      const page = await entriesOf("default", `?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.entries.map(({ audit_id }) => audit_id));
      cursor = page.next_cursor ?? "";
    } while (cursor !== "");
    expect(paged).toEqual(entries.map(({ audit_id }) => audit_id));
    expect(paged).toEqual([...paged].sort().reverse());
  });

  it("forgets addresses after ninety days, and the oldest beyond ten thousand", async () => {
    await env.DB.prepare("DELETE FROM refused_keys").run();
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10100)
       INSERT INTO refused_keys (id, at, address, failures)
       SELECT 'aud_01M8' || printf('%022d', i), 1, 'address ' || i, 1 FROM n`,
    ).run();
    stopClock();
    clock = NOON + 24 * 60 * 60 * 1000;
    await readFrom("203.0.113.60", "wrong");
    const rows = () => env.DB.prepare("SELECT count(*) AS n FROM refused_keys").first("n");
    expect(await rows()).toBe(10_000);
    expect(await counted("203.0.113.60")).toEqual([1]);
    clock += 91 * 24 * 60 * 60 * 1000;
    await readFrom("203.0.113.61", "wrong");
    expect(await rows()).toBe(1);
  });
});
