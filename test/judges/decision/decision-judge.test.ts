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
import { type Switches, startFakeDecisions } from "../../fakes/decision-server.ts";
import type { Brain } from "../../fakes/openai-brain.ts";
import { BRIDGE, evidenceOf, fill, LIGHTHOUSE, otherVerdicts, verdicts } from "../chat/scene.ts";

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

/** Only the very words support a claim. */
const EXACT: Partial<Brain> = {
  check(claim, passages) {
    const evidence = passages.filter(({ text }) => text === claim.text).map(({ id }) => id);
    return { verdict: evidence.length > 0 ? "supported" : "unsupported", evidence };
  },
};

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

describe("what a server may do wrong", () => {
  const cells = (table: Awaited<ReturnType<typeof fill>>) => [
    ...verdicts(table),
    ...verdicts(table, "reference"),
    ...otherVerdicts(table),
    ...otherVerdicts(table, "reference"),
  ];

  test.each(DIALECTS)(
    "questions that are refused are refused cells, never numbers (%s)",
    async (dialect) => {
      fake.set({ dropKey: (question) => question.data.claim === "It stands 31 metres tall." });
      const table = await fill(judgeAt({ dialect, randomHex: () => "0".repeat(16) }), LIGHTHOUSE);
      expect(verdicts(table)).toEqual(["supported", "judge_refused", "unsupported"]);
      expect(otherVerdicts(table)).toEqual(["supported", "judge_refused", "unsupported"]);
      expect(table.troubles).toContainEqual(expect.objectContaining({ code: "judge_refused" }));
    },
  );

  test.each(DIALECTS)(
    "all refused: the known questions too, so nothing is believed (%s)",
    async (dialect) => {
      fake.set({ refusal: true });
      const table = await fill(judgeAt({ dialect }), LIGHTHOUSE);
      expect(new Set(cells(table))).toEqual(new Set(["judge_error"]));
      expect(table.controls?.held).toBe(0);
    },
  );

  test("a state that was cut on the way is caught by what is copied from its end", async () => {
    const long = {
      ...LIGHTHOUSE,
      passages: [
        Array.from(
          { length: 60 },
          (_, at) => `Room ${at} of the harbour museum holds ${at * 3} maps.`,
        ).join(" "),
      ],
    };
    fake.setBrain(EXACT);
    fake.set({ cutStateAt: 300 });
    const table = await fill(judgeAt(), long);
    expect(new Set([...verdicts(table), ...verdicts(table, "reference")])).toEqual(
      new Set(["judge_error"]),
    );
    expect(table.troubles).toContainEqual(
      expect.objectContaining({ code: "judge_controls_failed" }),
    );
    fake.set({});
    expect(verdicts(await fill(judgeAt(), long))).toEqual([
      "unsupported",
      "unsupported",
      "unsupported",
    ]);
  });

  test("one that says yes to everything gives no number", async () => {
    fake.set({ obeys: true });
    const table = await fill(judgeAt(), LIGHTHOUSE);
    expect(new Set(cells(table))).toEqual(new Set(["judge_error"]));
    expect(table.abstained).toEqual({ ok: false, reason: "judge_error" });
    expect(table.relevance).toEqual({ ok: false, reason: "judge_error" });
  });

  test.each<[string, NonNullable<Switches["spoil"]>]>([
    [
      "sum to two",
      (p) => Object.fromEntries(Object.entries(p).map(([name, share]) => [name, share * 2])),
    ],
    ["are text", (p) => Object.fromEntries(Object.keys(p).map((name) => [name, "0.5"]))],
    [
      "are negative",
      (p) => Object.fromEntries(Object.entries(p).map(([name, share]) => [name, -share])),
    ],
    ["are missing", () => ({})],
    ["name another option", (p) => ({ ...p, perhaps: 0.01 })],
  ])("probabilities that %s are no answer", async (_, spoil) => {
    for (const dialect of DIALECTS) {
      fake.set({ spoil });
      const table = await fill(judgeAt({ dialect }), LIGHTHOUSE);
      expect(verdicts(table)).toEqual(["judge_error", "judge_error", "judge_error"]);
    }
  });

  test("another model than was asked is said", async () => {
    fake.set({ otherModel: "laya-421m" });
    const table = await fill(judgeAt(), LIGHTHOUSE);
    expect(table.troubles).toContainEqual(expect.objectContaining({ code: "judge_other_model" }));
    fake.set({ otherModel: "jev-latest" });
    expect((await fill(judgeAt(), LIGHTHOUSE)).troubles).toBeUndefined();
  });

  test("usage that is not told is estimated and said", async () => {
    fake.set({ omitUsage: true });
    const { usage, troubles } = await fill(judgeAt(), LIGHTHOUSE);
    expect(usage).toMatchObject({ prompt_tokens: null, completion_tokens: null });
    expect(usage.estimated_tokens).toBeGreaterThan(500);
    expect(troubles).toContainEqual(expect.objectContaining({ code: "judge_usage_unknown" }));
  });
});

describe("errors", () => {
  test.each<[NonNullable<Switches["status"]>, object, number]>([
    ["429/3040", { isRetryable: true, trouble: "busy" }, 2],
    ["529", { isRetryable: true, trouble: "busy" }, 2],
    ["500/page", { isRetryable: true, trouble: "busy" }, 2],
    ["429/4006", { isRetryable: true, trouble: "allowance_spent" }, 1],
    ["429/3036", { isRetryable: true, trouble: "allowance_spent" }, 1],
    ["401/10000", { isRetryable: false, trouble: "key_refused" }, 1],
    ["403/5035", { isRetryable: false, trouble: "no_credit" }, 1],
    ["400/7000", { isRetryable: false, trouble: "unknown_model" }, 1],
    ["422/5012", { isRetryable: false, trouble: "request_refused" }, 1],
    ["422", { isRetryable: false, trouble: "request_refused" }, 1],
  ])("%s is %o", async (status, expected, calls) => {
    for (const dialect of DIALECTS) {
      fake.reset();
      fake.set({ status });
      const needs = needsOf(["faithfulness"], { ...LIGHTHOUSE, reference: null });
      const failed = await judgeAt({ dialect })
        .fill(cutSample({ ...LIGHTHOUSE, passages: LIGHTHOUSE.passages?.slice(0, 1) ?? [] }), {
          ...needs,
          answerClaims: true,
        })
        .catch((error: unknown) => error);
      expect(failed).toMatchObject({ name: "JudgeUnavailable", ...expected });
      // One request for the passage, one about the answer.
      expect(fake.calls).toHaveLength(2 * calls);
    }
  });

  test.each(["429/3040", "529"] as const)(
    "%s once: one quick retry, and the sample is scored",
    async (status) => {
      fake.set({ status, statusTimes: 1 });
      expect(verdicts(await fill(judgeAt(), LIGHTHOUSE))).toEqual([
        "supported",
        "supported",
        "unsupported",
      ]);
    },
  );

  test.each(["413/5021", "400/too_long"] as const)(
    "%s: the passage is read in halves",
    async (status) => {
      fake.set({ status, statusTimes: 1 });
      const table = await fill(judgeAt({ slots: 1 }), LIGHTHOUSE, {
        answerAgainstReference: false,
        referenceAgainstAnswer: false,
      });
      expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
      fake.set({ status });
      const failed = await fill(judgeAt(), LIGHTHOUSE);
      expect(new Set(verdicts(failed))).toEqual(new Set(["judge_error"]));
      expect(failed.troubles).toContainEqual(
        expect.objectContaining({ code: "judge_text_too_long" }),
      );
    },
  );

  test("a key of the request stands in no sentence for people", async () => {
    fake.set({ status: "401/10000" });
    const error = await fill(judgeAt({ apiKey: "very-secret-key" }), LIGHTHOUSE).catch(
      (e: Error) => e.message,
    );
    expect(error).toContain("DECISION_API_KEY");
    expect(error).not.toContain("very-secret-key");
  });
});

describe("what it costs", () => {
  test("8 claims, 5 passages: at most 8 requests and 10,500 tokens of input", async () => {
    const sample = { ...referenceSample(5), reference: null };
    const table = await judgeAt().fill(
      cutSample(sample),
      needsOf(["faithfulness", "answer_relevancy"], sample),
    );
    expect(verdicts(table)).toHaveLength(8);
    expect(fake.calls.length).toBeLessThanOrEqual(8);
    const tokens = fake.calls.reduce((sum, call) => sum + call.inputTokens, 0);
    expect(tokens).toBeLessThanOrEqual(10_500);
    expect(table.usage.prompt_tokens).toBe(tokens);
  });

  test("what is remembered costs nothing, and another model, host's form or order of options is no memory", async () => {
    const store = createMemoryStore();
    const first = await fill(judgeAt({ store }), LIGHTHOUSE);
    const asked = fake.calls.length;
    const again = await fill(judgeAt({ store }), LIGHTHOUSE);
    expect(fake.calls).toHaveLength(asked);
    expect(again.usage).toMatchObject({ judge_calls: 0, cached_calls: asked });
    expect(verdicts(again)).toEqual(verdicts(first));
    await fill(judgeAt({ store, model: "jev-1.14.0" }), LIGHTHOUSE);
    expect(fake.calls).toHaveLength(2 * asked);
    await fill(judgeAt({ store, dialect: "openai-decisions", model: "jev-1.13.0" }), LIGHTHOUSE);
    expect(fake.calls).toHaveLength(3 * asked);
  });

  test("more than 64 questions, and more text than the window, go into several requests", async () => {
    const facts = Array.from(
      { length: 90 },
      (_, at) => `Record number ${at + 1} was filed at station ${at * 7 + 3}.`,
    );
    fake.setBrain(EXACT);
    const sample = {
      ...LIGHTHOUSE,
      answer: facts.join(" "),
      passages: [facts.join(" ")],
      reference: null,
    };
    const table = await fill(judgeAt(), sample, { referenceClaims: false });
    expect(new Set(verdicts(table))).toEqual(new Set(["supported"]));
    expect(Math.max(...fake.calls.map(({ questions }) => questions.length))).toBeLessThanOrEqual(
      64,
    );
    fake.reset();
    fake.setBrain(EXACT);
    const narrow = await fill(judgeAt({ tokensPerRequest: 4000 }), sample, {
      referenceClaims: false,
    });
    expect(verdicts(narrow)).toEqual(verdicts(table));
    expect(Math.max(...fake.calls.map(({ inputTokens }) => inputTokens))).toBeLessThanOrEqual(
      4_400,
    );
  });
});

describe("probabilities in the table", () => {
  test("metrics are expected values, with an interval where the distribution is flat", async () => {
    const p = { supported: 0.6, contradicted: 0.1, unsupported: 0.3 };
    fake.setBrain({
      distribution: ({ data, options }) =>
        options.includes("supported") && data.claim?.includes("31 metres") ? p : null,
    });
    const metrics = ["faithfulness"];
    const { outcomes, evidence } = await scoreSample(LIGHTHOUSE, {
      id: "1",
      metrics,
      judge: judgeAt(),
    });
    expect(evidence.claims[1]).toMatchObject({
      verdict: "supported",
      support: 0.6,
      confidence: 0.6,
    });
    expect(outcomes.faithfulness?.value).toBeCloseTo(1.6 / 3, 6);
    expect(outcomes.faithfulness).toMatchObject({ method: "decision", confidence: "low" });
    expect(outcomes.faithfulness?.interval?.map((end) => end * 3)).toEqual(
      [1, 2].map((n) => expect.closeTo(n, 6)),
    );
    const ragas = await scoreSample(LIGHTHOUSE, {
      id: "1",
      metrics,
      judge: judgeAt(),
      compat: "ragas",
    });
    expect(ragas.outcomes.faithfulness?.value).toBeCloseTo(2 / 3, 6);
    expect(ragas.outcomes.faithfulness?.interval).toBeUndefined();
  });
});

test("what no passage says alone is asked of all together, and its sentences come from several", async () => {
  const both = (lines: { text: string }[]) =>
    lines.some(({ text }) => text.includes("1874")) &&
    lines.some(({ text }) => text.includes("granite"));
  fake.setBrain({
    check: (claim, passages) => {
      const evidence = passages.filter(({ text }) => /1874|granite/.test(text)).map(({ id }) => id);
      if (/registry|登记处/.test(claim.text)) return { verdict: "unsupported", evidence: [] };
      const copied = passages.filter(({ text }) => text === claim.text).map(({ id }) => id);
      if (copied.length > 0) return { verdict: "supported", evidence: copied };
      return both(passages)
        ? { verdict: "supported", evidence }
        : { verdict: "unsupported", evidence: [] };
    },
  });
  const sample = {
    ...LIGHTHOUSE,
    answer: "The lighthouse of 1874 stands on granite.",
    reference: null,
  };
  const table = await fill(judgeAt(), sample, { referenceClaims: false });
  const [claim] = table.answerClaims?.ok ? table.answerClaims.value : [];
  expect(claim?.passages).toMatchObject({
    ok: true,
    value: { verdict: "supported", jointly: true, evidence: [{ passage: 0 }, { passage: 1 }] },
  });
});

test("asked again, the options come the other way round and the first answers are not looked up", async () => {
  const store = createMemoryStore();
  const judge = judgeAt({ store });
  const table = await fill(judge, LIGHTHOUSE);
  const claims = table.answerClaims?.ok ? table.answerClaims.value : [];
  fake.reset();
  const asks = claims.map((claim) => ({ claim, passages: true, other: true }));
  const again = await judge.askAgain?.(cutSample(LIGHTHOUSE), asks);
  expect(again?.answers.map(({ passages }) => passages?.ok && passages.value.verdict)).toEqual([
    "supported",
    "supported",
    "unsupported",
  ]);
  const offered = fake.calls.flatMap(({ questions }) => questions.map(({ options }) => options[0]));
  expect(new Set(offered.filter((option) => /[a-z]/.test(option ?? "")))).toEqual(
    new Set(["unsupported"]),
  );
  expect(again?.usage.cached_calls).toBe(0);
});
