import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { referenceSample } from "../../../bench/judged/reference-sample.ts";
import { createMemoryStore } from "../../../src/judges/cache/judgement-store.ts";
import {
  createDecisionJudge,
  type DecisionJudgeSettings,
} from "../../../src/judges/decision/decision-judge.ts";
import type { DialectName } from "../../../src/judges/decision/endpoint.ts";
import { cutSample } from "../../../src/scoring/cut-text.ts";
import { needsOf } from "../../../src/scoring/needs.ts";
import type { Sample } from "../../../src/scoring/sample.ts";
import { scoreSample } from "../../../src/scoring/score-sample.ts";
import { startFakeDecisions, type Switches } from "../../fakes/decision-server.ts";
import {
  BRIDGE,
  evidenceOf,
  fill,
  LIGHTHOUSE,
  otherVerdicts,
  verdicts,
} from "../chat/scene.ts";

const fake = await startFakeDecisions();
beforeEach(() => fake.reset());
afterAll(() => fake.close());

function judgeAt(more: Partial<DecisionJudgeSettings> = {}) {
  const dialect: DialectName = more.dialect ?? "systemone";
  return createDecisionJudge({
    dialect,
    baseURL: dialect === "workers-ai" ? fake.accountUrl : fake.url,
    apiKey: "key-test",
    model: dialect === "workers-ai" ? "@cf/cloudflare/clef-flash" : "jev-1.13.0",
    retryPauseMs: 5,
    ...more,
  });
}

const DIALECTS: readonly DialectName[] = ["systemone", "openai-decisions", "workers-ai"];
const SAMPLES: readonly (readonly [string, Sample])[] = [
  ["English", LIGHTHOUSE],
  ["Chinese", BRIDGE],
];

describe.each(DIALECTS)("in the form %s", (dialect) => {
  test.each(SAMPLES)("fills all cells, each passage read by itself (%s)", async (_, sample) => {
    const table = await fill(judgeAt({ dialect }), sample);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
    expect(verdicts(table, "reference")).toEqual(["supported", "unsupported"]);
    expect(otherVerdicts(table)).toEqual(["supported", "unsupported", "unsupported"]);
    expect(otherVerdicts(table, "reference")).toEqual(["supported", "unsupported"]);
    expect(evidenceOf(table)).toEqual([["1.1"], ["2.1"], []]);
    expect(table).toMatchObject({
      method: "decision",
      abstained: { ok: true, value: false },
      answerRelevancy: { ok: true, value: 1 },
      notes: [],
    });
    const tasks = fake.calls.map(({ state }) => Object.keys(state).join(" "));
    expect(tasks.filter((fields) => fields === "question passage")).toHaveLength(3);
    expect(table.usage.judge_calls).toBe(fake.calls.length);
    expect(table.controls).toEqual({ asked: fake.calls.length, held: fake.calls.length });
    expect(fake.calls.every((call) => call.dialect === dialect)).toBe(true);
    expect(fake.calls[0]?.headers.authorization).toBe("Bearer key-test");
  });

  test.each<[string, Switches]>([
    ["two digits", { roundTo2: true, sureness: 0.97 }],
    ["no count of output", { omitOutputTokens: true }],
    ["an envelope", { envelope: true }],
    ["no envelope", { envelope: false }],
    ["a slow server", { delay: 20 }],
  ])("%s changes no verdict", async (_, switches) => {
    fake.set(switches);
    const table = await fill(judgeAt({ dialect }), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
    expect(otherVerdicts(table)).toEqual(["supported", "unsupported", "unsupported"]);
    expect(table.usage).toMatchObject({ completion_tokens: 0 });
  });
});
