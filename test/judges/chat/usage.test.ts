import { describe, expect, test } from "vitest";
import { addUsage, NO_USAGE, tokensToCharge, tokensTold } from "../../../src/scoring/usage.ts";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import { BRIDGE, fill, judgeAt, LIGHTHOUSE } from "./scene.ts";

const fake = await openFakeOpenAi();

function tell(usage: unknown, only?: string): void {
  fake.setFault({
    kind: "answer",
    answer: ({ honest, call }) =>
      only === undefined || call.task === only ? { status: 200, body: { ...honest, usage } } : null,
  });
}

describe("tokens nobody told of", () => {
  test.each([
    ["null", null],
    ["absent", undefined],
    ["empty", {}],
    ["no numbers", { prompt_tokens: "many", completion_tokens: null }],
    ["negative", { prompt_tokens: -1, completion_tokens: -1 }],
  ])("usage %s: unknown, and estimated for the quota", async (_, usage) => {
    tell(usage);
    for (const sample of [LIGHTHOUSE, BRIDGE]) {
      const table = await fill(judgeAt(fake), sample);
      expect(table.usage).toMatchObject({ judge_calls: 5, prompt_tokens: null });
      expect(table.usage.completion_tokens).toBeNull();
      expect(table.usage.estimated_tokens).toBeGreaterThan(500);
      const codes = table.troubles?.map(({ code }) => code);
      expect(codes).toEqual(["judge_usage_unknown"]);
      expect(table.calls?.every(({ promptTokens }) => promptTokens === null)).toBe(true);
    }
  });

  test("the estimate is near what an honest endpoint tells", async () => {
    const told = await fill(judgeAt(fake), LIGHTHOUSE);
    tell(null);
    const untold = await fill(judgeAt(fake), LIGHTHOUSE);
    const share = tokensToCharge(untold.usage) / (tokensTold(told.usage) ?? 0);
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(1.6);
  });

  test("of one call only: the sum is unknown, the others count as told", async () => {
    const told = await fill(judgeAt(fake), LIGHTHOUSE);
    tell(null, "cross_check");
    const { usage } = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(usage.prompt_tokens).toBeNull();
    const sum = tokensTold(told.usage) ?? 0;
    expect(usage.estimated_tokens).toBeGreaterThan(0.8 * sum);
    expect(usage.estimated_tokens).toBeLessThan(1.4 * sum);
  });

  test("other names for the same counts are read", async () => {
    tell({ input_tokens: 10, output_tokens: 2 });
    expect((await fill(judgeAt(fake), LIGHTHOUSE)).usage).toEqual({
      judge_calls: 5,
      cached_calls: 0,
      prompt_tokens: 50,
      completion_tokens: 8,
    });
    tell({ prompt_tokens: 10, total_tokens: 12 });
    const { usage, troubles } = await fill(judgeAt(fake), BRIDGE);
    expect(usage).toMatchObject({ prompt_tokens: 50, completion_tokens: 8 });
    expect(troubles).toBeUndefined();
  });
});

test("sums: known and known, known and unknown, unknown and unknown", () => {
  const known = { ...NO_USAGE, judge_calls: 1, prompt_tokens: 10, completion_tokens: 5 };
  const unknown = {
    judge_calls: 1,
    cached_calls: 0,
    prompt_tokens: null,
    completion_tokens: null,
    estimated_tokens: 7,
  };
  expect(addUsage(known, known)).toEqual({
    judge_calls: 2,
    cached_calls: 0,
    prompt_tokens: 20,
    completion_tokens: 10,
  });
  const mixed = addUsage(known, unknown);
  expect(mixed).toMatchObject({ prompt_tokens: null, estimated_tokens: 22 });
  expect(addUsage(mixed, mixed).estimated_tokens).toBe(44);
  expect(tokensTold(mixed)).toBeNull();
  expect(tokensTold(known)).toBe(15);
});
