import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { readConfiguration } from "../../src/config.ts";
import { DEFAULT_MODEL } from "../../src/judges/chat/settings.ts";
import { createJudgeChooser } from "../../src/judges/choose-judge.ts";
import { readHealth } from "../../src/routes/service/health.ts";

const read = (more: object) => readConfiguration({ ACCESS_MODE: "open", ...more } as never);

test("an effort is one of the known words, however it is written", () => {
  const effortOf = (value: string) => read({ REASONING_EFFORT: value });
  expect(effortOf(" High ")).toMatchObject({ settings: { reasoningEffort: "high" } });
  expect(effortOf("default")).toMatchObject({ settings: { reasoningEffort: "default" } });
  expect(effortOf("")).toMatchObject({ settings: { reasoningEffort: null } });
  expect(effortOf("a lot")).toEqual({
    ok: false,
    mistakes: [
      "REASONING_EFFORT must be one of: default, none, minimal, low, medium, high, xhigh, max.",
    ],
  });
});

test("the run says which effort was asked for, where one was", async () => {
  const versionsOf = async (more: object, judgeModel: string | null = null) => {
    const found = read({ OPENAI_API_KEY: "sk-x", ...more });
    if (!found.ok) throw new Error(found.mistakes.join());
    const store = { get: async () => new Map<string, string>(), put: async () => undefined };
    const choose = createJudgeChooser(found.settings, {
      store,
      ai: null,
      isBetterMeasured: async () => false,
    });
    const asked = { project: "default", judge: null, judgeModel, embeddingModel: null };
    const { model, versions } = await choose(asked);
    return [model, versions.reasoning_effort];
  };
  expect(await versionsOf({})).toEqual([DEFAULT_MODEL, "none"]);
  expect(await versionsOf({}, "qwen-plus")).toEqual(["qwen-plus", undefined]);
  expect(await versionsOf({ REASONING_EFFORT: "low" }, "qwen-plus")).toEqual(["qwen-plus", "low"]);
  expect(await versionsOf({ REASONING_EFFORT: "default" })).toEqual([DEFAULT_MODEL, undefined]);
});

test("a plan that is gone is read as the default one, and health says so without being ill", async () => {
  const found = read({ JUDGE_PLAN: " single " });
  const warnings = [expect.stringMatching(/JUDGE_PLAN=single is gone.*已取消/)];
  expect(found).toMatchObject({ ok: true, settings: { judgePlan: "block" }, warnings });
  const health = await readHealth({ home: env.DB, db: env.DB }, found, Date.now(), null);
  expect(health).toMatchObject({ status: "ok", problems: warnings });
  expect(read({ JUDGE_PLAN: "per-passage" })).toMatchObject({ ok: true, warnings: [] });
  expect(read({ JUDGE_PLAN: "double" })).toEqual({
    ok: false,
    mistakes: ["JUDGE_PLAN must be one of: block, per-passage."],
  });
});
