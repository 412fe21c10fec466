import { describe, expect, test } from "vitest";
import { compareMetric } from "../../src/scoring/compare-metric.ts";
import { type GateRule, readRule } from "../../src/scoring/gate-rules.ts";
import {
  gateVerdict,
  judgeAgainstBase,
  judgeRule,
  type RuleResult,
} from "../../src/scoring/gate-verdict.ts";
import { GATE_WORDS } from "../../src/scoring/gate-words.ts";
import { METRIC_CATALOGUE } from "../../src/scoring/metrics/registry.ts";
import { scored } from "../../src/scoring/outcomes.ts";
import { createRandom } from "../../src/scoring/random.ts";
import { summarizeMetric } from "../../src/scoring/statistics.ts";

function info(name: string) {
  const found = METRIC_CATALOGUE.find((entry) => entry.name === name);
  if (!found) throw new Error(name);
  return found;
}

const FAITHFULNESS = info("faithfulness");

function rule(text: string, direction: "higher" | "lower" = "higher"): GateRule {
  const read = readRule("faithfulness", text, direction);
  if (!read) throw new Error(`not a rule: ${text}`);
  return read;
}

const summaryOf = (values: readonly number[]) =>
  summarizeMetric(
    values.map((value) => scored(value, "llm")),
    FAITHFULNESS,
  );

const NOBODY = { question: "", unsure: new Set<string>(), cause: null };

/** The same numbers, of which some are of low confidence. */
const doubtful = (sure: readonly number[], low: readonly number[]) =>
  summarizeMetric(
    [
      ...sure.map((value) => scored(value, "offline")),
      ...low.map((value) => ({ ...scored(value, "offline"), confidence: "low" as const })),
    ],
    FAITHFULNESS,
  );

function compared(base: readonly number[], other: readonly number[]) {
  const pairs = base.map((value, i) => ({
    base: { ...NOBODY, sampleId: `s${i}`, scores: { faithfulness: value } },
    other: { ...NOBODY, sampleId: `s${i}`, scores: { faithfulness: other[i] ?? null } },
  }));
  return compareMetric(pairs, FAITHFULNESS);
}

describe("a verdict that rests on low confidence is open", () => {
  const high = Array.from({ length: 40 }, (_, i) => 0.9 + (i % 2) / 100);
  const zeros = Array.from({ length: 40 }, () => 0);

  test("the sure numbers alone say the same: it stands", () => {
    expect(judgeRule(rule(">= 0.8"), doubtful(high, high.slice(0, 10))).verdict).toBe("pass");
    expect(judgeRule(rule(">= 0.8"), doubtful(zeros, high.slice(0, 10))).verdict).toBe("fail");
  });

  test.each([
    ["fails by doubtful numbers alone", ">= 0.8", doubtful(high, zeros)],
    ["passes by doubtful numbers alone", ">= 0.3", doubtful(zeros.slice(0, 8), high)],
    ["nothing but doubtful numbers", ">= 0.8", doubtful([], high)],
    ["one doubtful answer", ">= 0.8", doubtful([], [0.95])],
  ])("%s", (_why, text, summary) => {
    const judged = judgeRule(rule(text), summary, GATE_WORDS.en);
    expect(judged.verdict).toBe("inconclusive");
    expect(judged.reason).toMatch(/low confidence/);
    expect(judged.value).toBe(summary.mean);
    expect(judgeRule(rule(text), summary, GATE_WORDS.zh).reason).toContain("把握低");
  });

  test("what is open already says why it is open", () => {
    const open = judgeRule(rule(">= 0.5"), doubtful(high.slice(0, 3), zeros.slice(0, 2)));
    expect(open.verdict).toBe("inconclusive");
    expect(open.reason).toMatch(/more samples/);
  });

  test("against the base: without the doubtful pairs the loss must still be seen", () => {
    const worse = compared(high, zeros);
    expect(judgeAgainstBase(rule("not worse"), worse).verdict).toBe("fail");
    expect(judgeAgainstBase(rule("not worse"), worse, worse).verdict).toBe("fail");
    const judged = judgeAgainstBase(rule("not worse"), worse, compared(high, high));
    expect(judged.verdict).toBe("inconclusive");
    expect(judged.reason).toMatch(/low confidence/);
    expect(judgeAgainstBase(rule("not worse"), worse, compared([], [])).verdict).toBe(
      "inconclusive",
    );
  });
});

describe("rules", () => {
  test.each([
    [">= 0.8", ">=", 0.8, "number"],
    [">=0.8", ">=", 0.8, "number"],
    ["≥ ０．８", ">=", 0.8, "number"],
    ["< .25", "<", 0.25, "number"],
    [">= base", ">=", 0, "base"],
    [">= base - 0.02", ">=", 0.02, "base"],
    ["<= base+0.1", "<=", 0.1, "base"],
    ["not worse than base", ">=", 0.05, "base"],
  ] as const)("%s", (text, operator, limit, against) => {
    expect(rule(text)).toMatchObject({ operator, limit, against });
  });

  test("not worse looks the other way where lower is better", () => {
    expect(rule("Not worse", "lower")).toMatchObject({ operator: "<=", against: "base" });
  });

  test.each([
    "",
    "0.8",
    ">= high",
    ">=",
    ">= base - ",
    ">= base 0.1",
    ">= base + 0.1",
    "== 1",
    ">= 0.8; DROP",
    "=> 1",
    `>= ${"9".repeat(90)}`,
  ])("refused: %s", (text) => {
    expect(readRule("faithfulness", text, "higher")).toBeNull();
  });
});

describe("against a number", () => {
  test("the interval decides: above, below, on the line", () => {
    const high = Array.from({ length: 40 }, (_, i) => (i % 10 === 0 ? 0.9 : 1));
    expect(judgeRule(rule(">= 0.8"), summaryOf(high)).verdict).toBe("pass");
    expect(judgeRule(rule(">= 0.8"), summaryOf(high.map((value) => value / 2))).verdict).toBe(
      "fail",
    );
    const open = judgeRule(rule(">= 0.8"), summaryOf([1, 0.6, 0.9, 0.8, 1, 0.7]));
    expect(open.verdict).toBe("inconclusive");
    expect(open.reason).toContain("both sides");
  });

  test("one sample is what it is", () => {
    expect(judgeRule(rule(">= 0.8"), summaryOf([0.8])).verdict).toBe("pass");
    expect(judgeRule(rule("> 0.8"), summaryOf([0.8])).verdict).toBe("fail");
  });

  test("no value proves nothing", () => {
    expect(judgeRule(rule(">= 0.8"), summaryOf([])).verdict).toBe("inconclusive");
    expect(judgeRule(rule(">= 0.8"), undefined).verdict).toBe("inconclusive");
  });

  test("failed samples widen what is known", () => {
    const summary = {
      ...summaryOf(Array.from({ length: 50 }, () => 1)),
      band: [0.7, 1] as [number, number],
    };
    expect(judgeRule(rule(">= 0.8"), summary).verdict).toBe("inconclusive");
  });
});

describe("against the base run", () => {
  const random = createRandom(3);
  /** Judge noise on questions that are easy or hard for both. */
  const noisy = (ease: number) => Math.min(1, Math.max(0, ease + (random() - 0.5) * 0.4));
  const eases = Array.from({ length: 20 }, () => 0.4 + random() * 0.6);
  const drawRun = (shift = 0) => eases.map((ease) => noisy(ease + shift));

  test("two runs of the same system fail at most 5 times of a hundred, in 1,000 pairs", () => {
    let falseFails = 0;
    for (let round = 0; round < 1000; round++) {
      const pair = compared(drawRun(), drawRun());
      if (judgeAgainstBase(rule(">= base"), pair).verdict === "fail") falseFails++;
    }
    console.log(`gate on identical systems: ${falseFails} false fails in 1,000 pairs`);
    expect(falseFails / 1000).toBeLessThanOrEqual(0.05);
  });

  test("a real loss is found nearly always, and a real gain never fails", () => {
    let found = 0;
    for (let round = 0; round < 100; round++) {
      if (judgeAgainstBase(rule(">= base"), compared(drawRun(), drawRun(-0.2))).verdict === "fail")
        found++;
      expect(judgeAgainstBase(rule(">= base"), compared(drawRun(), drawRun(0.2))).verdict).not.toBe(
        "fail",
      );
    }
    expect(found).toBeGreaterThan(90);
  });

  test("the same scores pass with and without allowance", () => {
    const values = drawRun();
    expect(judgeAgainstBase(rule(">= base"), compared(values, values)).verdict).toBe("pass");
    expect(judgeAgainstBase(rule("not worse"), compared(values, values)).verdict).toBe("pass");
  });

  test("with an allowance nothing passes that is not proven", () => {
    const base = eases;
    const other = eases.map((value, i) => value + (i % 2 === 0 ? 0.3 : -0.3));
    const judged = judgeAgainstBase(rule(">= base - 0.02"), compared(base, other));
    expect(judged.verdict).toBe("inconclusive");
    const close = eases.map((value, i) => value + (i % 2 === 0 ? 0.01 : -0.012));
    expect(judgeAgainstBase(rule(">= base - 0.02"), compared(base, close)).verdict).toBe("pass");
  });

  test("five pairs are too few to say anything", () => {
    const judged = judgeAgainstBase(rule(">= base"), compared([1, 1, 1, 1, 1], [0, 0, 0, 0, 0]));
    expect(judged).toMatchObject({ verdict: "inconclusive", n: 5 });
  });
});

test("one failed rule fails the gate, an open one leaves it open, none proves nothing", () => {
  const results = (...verdicts: RuleResult["verdict"][]) =>
    verdicts.map((verdict) => ({
      rule: rule(">= 0.8"),
      verdict,
      value: 0.5,
      interval: null,
      n: 1,
      reason: "",
    }));
  expect(gateVerdict(results("pass", "inconclusive", "fail"))).toBe("fail");
  expect(gateVerdict(results("pass", "inconclusive"))).toBe("inconclusive");
  expect(gateVerdict(results("pass", "pass"))).toBe("pass");
  expect(gateVerdict([])).toBe("inconclusive");
});
