import { describe, expect, test } from "vitest";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { Criterion } from "../../src/scoring/judge.ts";
import { measure } from "../../src/scoring/measure.ts";
import { needsOf } from "../../src/scoring/needs.ts";
import type { Sample } from "../../src/scoring/sample.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";
import { makeEvidence } from "./make-evidence.ts";

const METRICS = ["context_precision", "context_utilization"];
const values = (outcomes: ReturnType<typeof measure>) =>
  METRICS.map((name) => outcomes[name]?.value);

// By claims: the reference rests on the second of three passages, the answer on the first.
const TABLE = {
  passageCount: 3,
  answer: [{ by: [0] }],
  reference: [{ by: [1] }],
};

describe("context precision by usefulness", () => {
  test("average precision over the judge's flags, not over the claims", () => {
    const usefulness = { reference: [true, false, true], answer: [false, false, true] };
    const evidence = makeEvidence({ ...TABLE, evidence: { usefulness } });
    expect(values(measure(evidence, METRICS))).toEqual([(1 + 2 / 3) / 2, 1 / 3]);
  });

  test("the claims decide where usefulness was not asked, or the mode says so", () => {
    const usefulness = { reference: [true, false, true], answer: [false, false, true] };
    const evidence = makeEvidence({ ...TABLE, evidence: { usefulness } });
    expect(values(measure(makeEvidence(TABLE), METRICS))).toEqual([0.5, 1]);
    expect(values(measure(evidence, METRICS, { contextPrecisionMode: "claims" }))).toEqual([
      0.5, 1,
    ]);
  });

  test("compat=ragas gives Ragas' value to the last digit", () => {
    const usefulness = { reference: [true, false, false], answer: [false, true, false] };
    const evidence = makeEvidence({ ...TABLE, evidence: { usefulness } });
    const [precision, utilization] = values(measure(evidence, METRICS, { compat: "ragas" }));
    expect(precision).toBeCloseTo(0.9999999999, 12);
    expect(utilization).toBeCloseTo(0.49999999995, 12);
  });

  test("a failed judgement fails both: the claims answer another question", () => {
    const evidence = makeEvidence({ ...TABLE, evidence: { failures: { usefulness: "budget" } } });
    for (const outcome of Object.values(measure(evidence, METRICS))) {
      expect(outcome).toMatchObject({ status: "failed", reason: "budget", value: null });
    }
  });

  test("needs no claims of the answer", () => {
    const usefulness = { answer: [true, true, false] };
    const evidence = makeEvidence({ ...TABLE, answer: [], evidence: { usefulness } });
    expect(measure(evidence, METRICS).context_utilization?.value).toBe(1);
  });

  test("is asked only for the metrics, texts and passages that are there", () => {
    const sample = { answer: "Yes.", passages: ["One."], reference: "是。" };
    const asked = (metrics: string[], more = {}) =>
      needsOf(metrics, { ...sample, ...more }, [], "usefulness").usefulness;
    expect(asked(METRICS)).toEqual(["reference", "answer"]);
    expect(asked(["context_utilization"])).toEqual(["answer"]);
    expect(asked(METRICS, { reference: null })).toEqual(["answer"]);
    expect(asked(METRICS, { passages: [] })).toBeUndefined();
    expect(asked(METRICS, { passages: null })).toBeUndefined();
    expect(asked(["faithfulness"])).toBeUndefined();
    expect(needsOf(METRICS, sample).usefulness).toBeUndefined();
  });
});

describe("what only a model can judge, with the offline judge", () => {
  const SAMPLE: Sample = {
    question: "When was the mill built?",
    answer: "The mill was built in 1820.",
    passages: ["Boats are hired by the hour.", "The mill was built in 1820."],
    reference: "The mill was built in 1820.",
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  };

  test("usefulness falls back to the claims and says so", async () => {
    const options = { id: "1", metrics: METRICS, judge: createOfflineJudge() };
    const claims = await scoreSample(SAMPLE, options);
    const useful = await scoreSample(SAMPLE, { ...options, contextPrecisionMode: "usefulness" });
    expect(useful.scores).toEqual(claims.scores);
    expect(useful.scores.context_precision).toBe(0.5);
    expect(claims.evidence.notes.join()).not.toMatch(/usefulness/);
    expect(useful.evidence.notes.join()).toMatch(/usefulness: only a model can judge it/);
  });

  test("a criterion is failed, never scored and never silently left out", async () => {
    const criteria: Criterion[] = [
      { name: "礼貌", version: 3, text: "回答礼貌吗？", kind: "yes_no" },
      { name: "constructor", version: 1, text: "Is it clear?", kind: "scale" },
    ];
    const { outcomes, scores, evidence, skippedMetrics } = await scoreSample(SAMPLE, {
      id: "1",
      metrics: ["faithfulness", "criterion:礼貌", "criterion:constructor"],
      judge: createOfflineJudge(),
      criteria,
    });
    for (const { name } of criteria) {
      expect(outcomes[`criterion:${name}`]).toEqual({
        status: "failed",
        value: null,
        reason: "judge_error",
        method: "offline",
      });
      expect(scores[`criterion:${name}`]).toBeNull();
      expect(evidence.notes.join("\n")).toContain(`criterion:${name}: only a model can judge it`);
    }
    expect(skippedMetrics).toEqual([]);
    expect(scores.faithfulness).toBeGreaterThan(0.5);
    expect(evidence.criteria_asked).toEqual(criteria);
  });
});
