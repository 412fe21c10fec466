import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { testJudge } from "../../src/jobs/test-judge.ts";
import { postSigned } from "../../src/jobs/webhook/post-signed.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { JudgeUnavailable } from "../../src/scoring/judge.ts";
import { FAILURES_TO_OPEN, noteJudgeFailure, readPause } from "../../src/storage/breaker.ts";
import { said } from "../../src/words/said.ts";
import { asAdmin, ask } from "./access-world.ts";
import { createWorld } from "./job-world.ts";

const away = new JudgeUnavailable(said("told", { text: "503" }), { isRetryable: true });
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G";

describe("a test of the judge", () => {
  it("finds the offline judge able, and says that no model was asked", async () => {
    const answer = await ask("/api/judge/test", { json: {}, headers: asAdmin() });
    expect(await answer.json()).toMatchObject({
      ok: true,
      judge: "offline",
      model: null,
      endpoint: null,
      trouble: null,
    });
    const log = await (await ask("/api/audit", { headers: asAdmin() })).text();
    expect(log).toContain("judge.tested");
  });

  it("ends the pause of the judge work when a model passes, and only then", async () => {
    const world = createWorld();
    const now = world.clock.now;
    for (const [kind, current, isPaused] of [
      ["offline", createOfflineJudge(), true],
      ["llm", { name: "broken", fill: () => Promise.reject(away) }, true],
      ["llm", createOfflineJudge(), false],
    ] as const) {
      await noteJudgeFailure(
        env.DB,
        now,
        said("told", { text: "The judge is away." }),
        FAILURES_TO_OPEN,
      );
      world.judge.kind = kind;
      world.judge.current = current;
      expect(await testJudge(world.context, "default", null)).toMatchObject({
        ok: current.name !== "broken",
      });
      expect((await readPause(env.DB, now)) !== null).toBe(isPaused);
    }
  });

  it("says why a model does not work, and tells one that agrees with everything", async () => {
    const world = createWorld();
    world.judge.kind = "llm";
    const broken = (trouble: "key_refused" | "unknown_model") => ({
      name: "broken",
      fill: () =>
        Promise.reject(
          new JudgeUnavailable(said("told", { text: "no" }), { isRetryable: false, trouble }),
        ),
    });
    world.judge.current = broken("key_refused");
    expect(await testJudge(world.context, "default", null)).toMatchObject({
      ok: false,
      trouble: "key_refused",
      model: "fake",
    });
    world.judge.current = broken("unknown_model");
    expect(await testJudge(world.context, "default", null)).toMatchObject({
      trouble: "unknown_model",
    });

    const honest = createOfflineJudge();
    world.judge.current = {
      name: "yes",
      fill: async (sample, needs) => {
        const table = await honest.fill(sample, needs);
        const claims = table.answerClaims?.ok ? table.answerClaims.value : [];
        const value = claims.map((claim) => ({
          ...claim,
          passages: {
            ok: true as const,
            value: {
              verdict: "supported" as const,
              evidence: [{ passage: 0, sentence: 0 }],
              jointly: false,
              confidence: null,
            },
          },
        }));
        return { ...table, answerClaims: { ok: true, value } };
      },
    };
    expect(await testJudge(world.context, "default", null)).toMatchObject({
      ok: false,
      trouble: "wrong_verdicts",
    });
    world.judge.current = {
      name: "mumbling",
      fill: async (sample, needs) => ({
        ...(await honest.fill(sample, needs)),
        answerClaims: { ok: false, reason: "judge_error" },
      }),
    };
    expect(await testJudge(world.context, "default", null)).toMatchObject({
      trouble: "unusable_reply",
    });
  });

  it("takes only models that are allowed", async () => {
    const answer = await ask("/api/judge/test", {
      json: { judge_model: "somebody-elses" },
      headers: asAdmin(),
    });
    expect(answer.status).toBe(422);
  });
});

describe("a test of a webhook", () => {
  const test = (url: string, vars: Record<string, unknown> = { WEBHOOK_SECRET: SECRET }) =>
    ask("/api/webhooks/test", { json: { url }, headers: asAdmin(), vars });

  it.each([
    "http://hooks.example.com/",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://user:password@hooks.example.com/",
    "https://hooks.example.com:22/",
    "https://intern/",
    "javascript:alert(1)",
    "不是地址",
  ])("may not go to %s", async (url) => {
    const answer = await test(url);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: "#/url" }] });
  });

  it("asks for the secret where there is none", async () => {
    const answer = await test("https://hooks.example.com/", { WEBHOOK_SECRET: undefined });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(await answer.json())).toContain("WEBHOOK_SECRET");
  });

  it("is signed as every webhook, tells status and refuses names that lead inside", async () => {
    const sent: RequestInit[] = [];
    const world = createWorld({
      settings: { webhookSecret: SECRET, accessMode: "keys" },
      outside: {
        fetch: async (_, init) => {
          sent.push(init);
          return new Response(null, { status: sent.length === 1 ? 204 : 500 });
        },
        resolve: async (host) => [host === "inside.example.com" ? "10.1.2.3" : "93.184.216.34"],
      },
    });
    const message = {
      url: "https://hooks.example.com/",
      id: "msg_1",
      payload: { type: "webhook.test" },
    };
    expect(await postSigned(world.context, message)).toMatchObject({ status: 204, error: null });
    const [first] = sent;
    const headers = first?.headers as Record<string, string>;
    expect(new Webhook(SECRET).verify(String(first?.body), headers)).toEqual({
      type: "webhook.test",
    });
    expect(await postSigned(world.context, message)).toMatchObject({
      status: 500,
      error: said("receiver_status", { status: 500 }),
    });
    const inside = { ...message, url: "https://inside.example.com/" };
    expect(await postSigned(world.context, inside)).toMatchObject({
      status: null,
      error: { code: "name_private" },
    });
    expect(sent).toHaveLength(2);
  });
});
