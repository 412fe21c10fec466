import { env } from "cloudflare:workers";
import { afterAll, describe, expect, it } from "vitest";
import { chargesFor, periodOf } from "../../src/access/quota.ts";
import type { SessionInfo } from "../../src/contract/access.ts";
import { NO_USAGE } from "../../src/scoring/usage.ts";
import {
  asAdmin,
  ask,
  bearer,
  createKey,
  createProject,
  SAMPLE_EN,
  SAMPLE_ZH,
  waitForQuiet,
} from "./access-world.ts";

afterAll(waitForQuiet);

const submit = (key: string, json: object, headers = {}) =>
  ask("/api/score/async", { json, headers: { ...bearer(key), ...headers } });
const use = async (key: string) =>
  ((await (await ask("/api/session", { headers: bearer(key) })).json()) as SessionInfo).usage_today;

describe("samples a day", () => {
  it("of 200 submissions at once exactly 100 are accepted, and no other row is written", async () => {
    await createProject("hundred", { samples_per_day: 100 });
    const { key } = await createKey("hundred", "submit");
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const sample = n % 2 === 0 ? SAMPLE_EN : SAMPLE_ZH;
        const answer = await submit(key, { ...sample, question: `${n} ${sample.question}` });
        if (answer.status === 429) {
          expect(await answer.json()).toMatchObject({ code: "quota_exceeded" });
          const seconds = Number(answer.headers.get("Retry-After"));
          expect(seconds).toBeGreaterThan(0);
          expect(seconds).toBeLessThanOrEqual(86_400);
        }
        return answer.status;
      }),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100);
    const rows = await env.DB.prepare(
      `SELECT (SELECT count(*) FROM jobs WHERE project = 'hundred') AS jobs,
              (SELECT count(*) FROM samples AS s JOIN jobs AS j ON j.id = s.job_id WHERE j.project = 'hundred') AS samples`,
    ).first();
    expect(rows).toEqual({ jobs: 100, samples: 100 });
    expect((await use(key)).samples).toBe(100);
  });

  it("a replayed key costs nothing and still gets its job when the day is used up", async () => {
    await createProject("two", { samples_per_day: 2 });
    const { key } = await createKey("two", "run");
    const headers = { "Idempotency-Key": "once" };
    const first = (await (await submit(key, SAMPLE_EN, headers)).json()) as { job_id: string };
    await submit(key, SAMPLE_EN, headers);
    expect((await use(key)).samples).toBe(1);
    expect((await submit(key, SAMPLE_ZH)).status).toBe(202);
    expect((await submit(key, { ...SAMPLE_ZH, name: "third" })).status).toBe(429);
    const again = await submit(key, SAMPLE_EN, headers);
    expect(again.status).toBe(202);
    expect(((await again.json()) as { job_id: string }).job_id).toBe(first.job_id);
  });

  it("says in headers what is left, and a project without limits says nothing", async () => {
    await createProject("five", { samples_per_day: 5, judge_tokens_per_day: 1000 });
    const answer = await submit((await createKey("five", "run")).key, SAMPLE_EN);
    expect(answer.headers.get("RateLimit-Policy")).toBe(
      '"samples";q=5;qu="touchstone-samples";w=86400, "judge-tokens";q=1000;qu="touchstone-judge-tokens";w=86400',
    );
    expect(answer.headers.get("RateLimit")).toMatch(
      /^"samples";r=4;t=\d+, "judge-tokens";r=1000;t=\d+$/,
    );
    await createProject("free");
    const free = await submit((await createKey("free", "run")).key, SAMPLE_EN);
    expect(free.headers.get("RateLimit")).toBeNull();
  });

  it("only an admin of the deployment sets them; a refused large input leaves nothing in R2", async () => {
    await createProject("one", { samples_per_day: 0 });
    const { key } = await createKey("one", "admin");
    const more = { method: "PATCH", json: { samples_per_day: 10 } };
    expect((await ask("/api/projects/one", { ...more, headers: bearer(key) })).status).toBe(403);
    const large = { ...SAMPLE_EN, contexts: ["x y z. ".repeat(60_000)] };
    expect((await submit(key, large)).status).toBe(429);
    expect((await env.ARTIFACTS.list({ prefix: "one/" })).objects).toEqual([]);
    expect((await ask("/api/projects/one", { ...more, headers: asAdmin() })).status).toBe(200);
    expect((await submit(key, SAMPLE_EN)).status).toBe(202);
  });
});

describe("judge tokens a day", () => {
  it("spent means no more model judging, while the offline judge goes on", async () => {
    await createProject("tokens", { judge_tokens_per_day: 500 });
    const { key } = await createKey("tokens", "run");
    const day = new Date().toISOString().slice(0, 10);
    await env.DB.prepare(
      "INSERT INTO quota_use (project, day, unit, used) VALUES ('tokens', ?1, 'judge_tokens', 500)",
    )
      .bind(day)
      .run();
    const vars = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };
    const llm = await ask("/api/score/async", { json: SAMPLE_EN, headers: bearer(key), vars });
    expect(llm.status).toBe(429);
    expect(await llm.json()).toMatchObject({ detail: expect.stringContaining("judge tokens") });
    expect((await submit(key, { ...SAMPLE_EN, judge: "offline" })).status).toBe(202);
  });
});

describe("US dollars", () => {
  it.each([
    ["usd_per_day", "usd_day", /\b0\.5 US dollars a day/],
    ["usd_per_month", "usd_month", /\b0\.5 US dollars a month/],
  ] as const)(
    "spent (%s) means no more model judging, while the offline judge goes on",
    async (setting, unit, words) => {
      const project = unit.replace("_", "-");
      await createProject(project, { [setting]: 0.5 });
      const { key } = await createKey(project, "run");
      const vars = { OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };
      const submitToModel = () =>
        ask("/api/score/async", { json: SAMPLE_EN, headers: bearer(key), vars });
      const spend = (used: number) =>
        env.DB.prepare(
          "INSERT OR REPLACE INTO quota_use (project, day, unit, used) VALUES (?1, ?2, ?3, ?4)",
        ).bind(project, periodOf(unit, Date.now()), unit, used);
      await spend(499_999).run();
      expect((await submitToModel()).status).toBe(202);
      await spend(500_000).run();
      const refused = await ask("/api/score/async", {
        json: { ...SAMPLE_EN, answer: "Another." },
        headers: bearer(key),
        vars,
      });
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ detail: expect.stringMatching(words) });
      expect((await submit(key, { ...SAMPLE_EN, judge: "offline" })).status).toBe(202);
    },
  );

  it("are charged by the price of the model, told or estimated, to the day and to the month", () => {
    const now = Date.UTC(2026, 10, 30, 23);
    const usage = {
      judge_calls: 2,
      cached_calls: 0,
      prompt_tokens: 30_000,
      completion_tokens: 2_000,
    };
    const untold = {
      ...usage,
      prompt_tokens: null,
      completion_tokens: null,
      estimated_tokens: 10_000,
    };
    const charges = chargesFor(
      [
        { model: "gpt-6-luna", usage },
        { model: "gpt-6-luna", usage: untold },
        { model: "a-model-without-a-price", usage },
      ],
      now,
    );
    // 30,000 × $0.1 + 2,000 × $0.5 a million, and 10,000 × $0.1.
    expect(charges).toEqual([
      { unit: "judge_tokens", day: "2026-11-30", used: 74_000 },
      { unit: "usd_day", day: "2026-11-30", used: 5000 },
      { unit: "usd_month", day: "2026-11", used: 5000 },
    ]);
    expect(chargesFor([{ model: null, usage: NO_USAGE }], now)).toEqual([]);
  });
});

describe("rate of one key", () => {
  it("is braked by the platform's counter, each key apart; without the binding nothing is", async () => {
    const asked: string[] = [];
    const KEY_RATE = {
      limit: async ({ key }: { key: string }) => {
        asked.push(key);
        return { success: asked.filter((one) => one === key).length <= 2 };
      },
    };
    const [a, b] = [await createKey("free", "read"), await createKey("free", "read")];
    const read = async (key: string) =>
      ask("/api/runs", { headers: bearer(key), vars: { KEY_RATE } });
    expect([(await read(a.key)).status, (await read(a.key)).status]).toEqual([200, 200]);
    const third = await read(a.key);
    expect(third.status).toBe(429);
    expect(third.headers.get("Retry-After")).toBe("60");
    expect((await read(b.key)).status).toBe(200);
    expect(asked.every((key) => !key.includes(a.key))).toBe(true);
  });

  it("works with the binding of this runtime", async () => {
    const { key } = await createKey("free", "read");
    const vars = { KEY_RATE: env.KEY_RATE };
    expect(env.KEY_RATE).toBeDefined();
    expect((await ask("/api/runs", { headers: bearer(key), vars })).status).toBe(200);
  });
});
