import { describe, expect, test } from "vitest";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { Judge } from "../../src/scoring/judge.ts";
import { measure } from "../../src/scoring/measure.ts";
import { METRIC_NAMES } from "../../src/scoring/metrics/registry.ts";
import type { Sample } from "../../src/scoring/sample.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";
import { weigh } from "../../src/scoring/weigh.ts";
import { CORE_METRICS } from "./core-metrics.ts";

const JUDGE = createOfflineJudge();

const EN: Sample = {
  question: "What is the capital of Norway and how many people live there?",
  answer: "The capital of Norway is Oslo. About 700,000 people live in Oslo.",
  passages: [
    "Oslo is the capital of Norway. About 700,000 people live in Oslo.",
    "Bergen is rainy.",
  ],
  reference: "Oslo is the capital of Norway, and about 700,000 people live there.",
  referencePassages: null,
  retrievedIds: null,
  referenceIds: null,
};
const ZH: Sample = {
  ...EN,
  question: "挪威的首都是哪里？人口多少？",
  answer: "挪威的首都是奥斯陆。奥斯陆约有70万人口。",
  passages: ["奥斯陆是挪威的首都。奥斯陆约有70万人口。", "卑尔根多雨。"],
  reference: "挪威的首都是奥斯陆，约有70万人口。",
};

describe.each([
  ["en", EN],
  ["zh", ZH],
] as const)("%s", (_, sample) => {
  const options = { id: "s", metrics: METRIC_NAMES, judge: JUDGE };

  test("a good answer scores high, a changed one lower", async () => {
    const good = await scoreSample(sample, options);
    const answer = sample.answer.replace(/700,000|70万/, (n) =>
      n === "70万" ? "900万" : "9,000,000",
    );
    const bad = await scoreSample({ ...sample, answer }, options);
    expect(good.evidence.claims.map((claim) => claim.verdict)).not.toContain("unsupported");
    expect(good.scores.faithfulness).toBeGreaterThan(0.8);
    expect(bad.scores.faithfulness).toBeLessThan(1);
    expect(bad.weightedScore).toBeLessThan(good.weightedScore ?? 0);
  });

  test("every sentence and every piece of evidence is cut from the stored text", async () => {
    const { evidence } = await scoreSample(sample, options);
    for (const { passage, start, end } of evidence.claims.flatMap((claim) => claim.evidence)) {
      const owner = evidence.passages?.[passage];
      expect(
        owner?.sentences.some((sentence) => sentence.start === start && sentence.end === end),
      ).toBe(true);
    }
    expect(
      evidence.answer.sentences.map(({ start, end }) => evidence.answer.text.slice(start, end)),
    ).toHaveLength(2);
    expect(evidence.passages?.every(({ relevance }) => relevance !== null)).toBe(true);
  });

  test("the stored evidence gives the same numbers again, after a way through JSON", async () => {
    const { evidence, outcomes } = await scoreSample(sample, options);
    expect(measure(JSON.parse(JSON.stringify(evidence)), METRIC_NAMES)).toEqual(outcomes);
  });

  test("the same sample gives the same bytes", async () => {
    const first = await scoreSample(sample, options);
    expect(JSON.stringify(await scoreSample(sample, options))).toBe(JSON.stringify(first));
  });
});

test("skipped metrics are those whose inputs were not sent", async () => {
  const sample = { ...EN, passages: null, reference: null };
  const { skippedMetrics, scores } = await scoreSample(sample, {
    id: "s",
    metrics: CORE_METRICS,
    judge: JUDGE,
  });
  expect(skippedMetrics).toEqual(CORE_METRICS.filter((metric) => metric !== "answer_relevancy"));
  expect(scores.faithfulness).toBeNull();
});

test("an aborted sample asks nobody", async () => {
  let calls = 0;
  const judge: Judge = {
    name: "counting",
    fill: (...input) => {
      calls++;
      return JUDGE.fill(...input);
    },
  };
  const signal = AbortSignal.abort(new Error("cancelled"));
  await expect(scoreSample(EN, { id: "s", metrics: CORE_METRICS, judge, signal })).rejects.toThrow(
    "cancelled",
  );
  expect(calls).toBe(0);
});

test("hostile and odd texts are scored without a throw", async () => {
  const texts = [
    "\ud800",
    "🎉".repeat(50),
    "|a|b|",
    "```",
    "<script>alert(1)</script>",
    "a".repeat(20_000),
    "“".repeat(500),
    "说".repeat(5000),
  ];
  for (const text of texts) {
    const sample = { ...EN, answer: text, passages: [text, ...texts], reference: text };
    const { outcomes } = await scoreSample(sample, {
      id: "s",
      metrics: METRIC_NAMES,
      judge: JUDGE,
    });
    for (const [name, { value }] of Object.entries(outcomes)) {
      expect(value === null || (value >= 0 && value <= 1), name).toBe(true);
    }
  }
});

describe("weighted score", () => {
  const scored = (value: number) => ({
    status: "scored" as const,
    value,
    reason: null,
    method: "llm" as const,
  });
  const outcomes = { faithfulness: scored(0.8), noise_sensitivity: scored(0.1), bleu: scored(0.2) };

  test("lower-is-better metrics enter turned round", () => {
    expect(weigh(outcomes).weightedScore).toBeCloseTo((0.8 + 0.9 + 0.2) / 3, 12);
  });
  test("weights count, broken ones do not", () => {
    expect(weigh(outcomes, { faithfulness: 3, bleu: 0 }).weightedScore).toBeCloseTo(
      (3 * 0.8 + 0.9) / 4,
      12,
    );
    expect(weigh(outcomes, { faithfulness: Number.NaN, bleu: -1 }).weightedScore).toBeCloseTo(
      0.9,
      12,
    );
    expect(
      weigh(outcomes, { faithfulness: 0, bleu: 0, noise_sensitivity: 0 }).weightedScore,
    ).toBeNull();
    expect(weigh({}).weightedScore).toBeNull();
  });
});
