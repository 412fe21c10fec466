import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { decideRetry } from "../../src/jobs/retry-policy.ts";
import { retryWith } from "../../src/storage/retry-transient.ts";
import { say } from "../../src/words/say.ts";
import { asAdmin, ask } from "./access-world.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";

/** What the platform says, in production and on a machine of one's own, when nothing more fits. */
const FULL = [
  "D1_ERROR: database or disk is full: SQLITE_FULL",
  "D1_ERROR: Exceeded maximum DB size.",
  "D1_ERROR: Your account has exceeded D1's maximum account storage limit, please contact Cloudflare to raise your limit.",
];
/** What it says when a later try may do. The first is all workerd tells of a disk that filled up under a commit. */
const AWAY = [
  "internal error; reference = bf5qfmivremcpc212k9661lu",
  "D1_ERROR: database is locked: SQLITE_BUSY",
  "D1_ERROR: Network connection lost.",
  "D1 DB is overloaded. Requests queued for too long.",
];

/** Whether a statement, or one of a transaction, writes. */
const WRITES = /^\s*(INSERT|UPDATE|DELETE|REPLACE)/i;

/** The real database; what `isHit` finds in it fails with this message. */
function failing(message: () => string | null, isHit: (sql: string) => boolean): D1Database {
  const texts = new WeakMap<object, string>();
  const check = (sql: string) => {
    const text = message();
    if (text !== null && isHit(sql)) throw new Error(text);
  };
  const wrap = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const wrapped = new Proxy(statement, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          if (name === "bind") return wrap(value.apply(target, args), sql);
          return Promise.resolve().then(() => {
            check(sql);
            return value.apply(target, args);
          });
        };
      },
    });
    texts.set(wrapped, sql);
    inner.set(wrapped, statement);
    return wrapped;
  };
  const inner = new WeakMap<object, D1PreparedStatement>();
  return new Proxy(env.DB, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => wrap(target.prepare(sql), sql);
      if (name === "batch") {
        return async (all: D1PreparedStatement[]) => {
          for (const one of all) check(texts.get(one) ?? "");
          return target.batch(all.map((one) => inner.get(one) ?? one));
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const open = (vars: Record<string, unknown>) => ({ ACCESS_MODE: "open", ...vars });
const submit = (DB: D1Database, json: object) =>
  ask("/api/score/async", { json, vars: open({ DB }) });
const health = async (DB: D1Database) => {
  const answer = await ask("/api/health", { vars: open({ DB }) });
  return (await answer.json()) as { status: string; schema: string | null; problems: string[] };
};

describe("no space left", () => {
  it.each(FULL)(
    "%s: 507 with Retry-After, and health says so until there is space",
    async (text) => {
      let message: string | null = text;
      const db = failing(
        () => message,
        (sql) => WRITES.test(sql),
      );
      expect((await health(db)).problems).toEqual([]);
      const answer = await submit(db, SAMPLE_ZH);
      expect(answer.status).toBe(507);
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({
        code: "storage_full",
        detail: expect.stringMatching(/full/),
      });
      for (let look = 0; look < 2; look++) {
        const seen = await health(db);
        expect(seen).toMatchObject({ status: "degraded", schema: expect.any(String) });
        expect(seen.problems).toEqual([expect.stringMatching(/full/)]);
      }
      message = null;
      expect((await health(db)).problems).toEqual([]);
      expect((await submit(db, SAMPLE_ZH)).status).toBe(202);
    },
  );

  it.each(["FULL", "bucket"])("an upload that does not fit is 507 or 503: %s", async (place) => {
    const bucket = new Proxy(env.ARTIFACTS, {
      get(target, name) {
        if (name === "put" || name === "createMultipartUpload")
          return () => Promise.reject(new Error("put: internal error; reference = x1"));
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const DB = failing(
      () => FULL[0] ?? null,
      (sql) => WRITES.test(sql),
    );
    const vars = place === "FULL" ? { DB } : { ARTIFACTS: bucket };
    const answer = await ask("/api/score/batch", { json: [SAMPLE_EN], vars: open(vars) });
    expect(answer.status).toBe(place === "FULL" ? 507 : 503);
    expect(answer.headers.get("Retry-After")).toMatch(/^\d+$/);
  });
});

describe("a storage that does not answer", () => {
  it.each(AWAY)("%s: 503 with Retry-After, for reads and writes", async (text) => {
    const db = failing(
      () => text,
      () => true,
    );
    for (const answer of [
      await submit(db, SAMPLE_EN),
      await ask("/api/runs", { vars: open({ DB: db }) }),
    ]) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({ code: "storage_unavailable" });
    }
    const seen = await health(db);
    expect(seen).toMatchObject({ status: "degraded", schema: null });
    expect(seen.problems).toEqual([expect.stringMatching(/does not answer.*disk.*full/)]);
  });

  it.each(AWAY)("%s: is asked again before anybody is told", async (text) => {
    let left = 2;
    const db = retryWith(
      failing(
        () => (left-- > 0 ? text : null),
        () => true,
      ),
      async () => undefined,
    );
    expect(await db.prepare("SELECT 1 AS one").first("one")).toBe(1);
  });

  it.each(FULL)("%s: is not asked again, which would only cost time", async (text) => {
    let asked = 0;
    const count = () => {
      asked++;
      return text;
    };
    const db = retryWith(
      failing(count, () => true),
      async () => undefined,
    );
    await expect(db.prepare("UPDATE facts SET until = 1").run()).rejects.toThrow(text);
    expect(asked).toBe(1);
  });

  it("a database without tables is still told apart", async () => {
    const db = failing(
      () => "D1_ERROR: no such table: d1_migrations: SQLITE_ERROR",
      () => true,
    );
    expect((await health(db)).problems).toEqual([expect.stringMatching(/no tables yet/)]);
  });
});

describe("a database that is busy for a moment", () => {
  it.each(["/api/health", "/api/score/jobs", "/api/metrics"])(
    "is asked again by %s",
    async (path) => {
      let left = 2;
      const DB = failing(
        () => (left-- > 0 ? (AWAY[1] ?? null) : null),
        () => true,
      );
      const vars = { DB };
      const answer = await ask(path, { headers: asAdmin(), vars });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain("does not answer");
    },
  );
});

describe("a job whose storage fails", () => {
  it.each([
    [FULL[0], "storage_full"],
    [AWAY[0], "storage_unavailable"],
    [AWAY[1], "storage_unavailable"],
  ])("%s: is tried again and says why", (text, code) => {
    const decision = decideRetry(new Error(text), 1, 0);
    expect(decision).toMatchObject({ action: "retry", error: { code }, isJudgeAway: false });
    expect(say(decision.error.message, null)).not.toContain("D1_ERROR");
  });
});
