import { describe, expect, test } from "vitest";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { measure } from "../../src/scoring/measure.ts";
import { METRIC_NAMES } from "../../src/scoring/metrics/registry.ts";
import { missingForRescore } from "../../src/scoring/missing-for-rescore.ts";
import type { Sample } from "../../src/scoring/sample.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";
import { makeEvidence } from "./make-evidence.ts";

const SAMPLE: Sample = {
  question: "城墙有多长？",
  answer: "城墙全长九公里。它建于明代。",
  passages: ["古城的城墙全长九公里，建于明代。", "Tea is sold here."],
  reference: "城墙全长九公里。",
  referencePassages: null,
  retrievedIds: null,
  referenceIds: null,
};

async function evidenceOf(metrics: readonly string[], sample: Sample = SAMPLE) {
  const judge = createOfflineJudge();
  return (await scoreSample(sample, { id: "1", metrics, judge })).evidence;
}

describe("what a rescore cannot compute", () => {
  test("nothing is missing of what was asked, and nothing at all when everything was", async () => {
    for (const metric of METRIC_NAMES) {
      expect(missingForRescore(await evidenceOf([metric]), [metric]), metric).toEqual([]);
    }
    expect(missingForRescore(await evidenceOf(METRIC_NAMES), METRIC_NAMES)).toEqual([]);
  });

  test("a metric that is not missing is measured as if it had been asked from the start", async () => {
    const all = await evidenceOf(METRIC_NAMES);
    const expected = measure(all, METRIC_NAMES);
    for (const asked of METRIC_NAMES) {
      const evidence = await evidenceOf([asked]);
      const missing = new Set(missingForRescore(evidence, METRIC_NAMES));
      const rest = METRIC_NAMES.filter((name) => !missing.has(name));
      const outcomes = measure(evidence, rest);
      for (const name of rest) {
        expect([asked, name, outcomes[name]?.value]).toEqual([asked, name, expected[name]?.value]);
      }
    }
  });

  test("cells that no metric asked for are missing", async () => {
    const evidence = await evidenceOf(["faithfulness"]);
    expect(
      missingForRescore(evidence, ["hallucination", "context_recall", "bleu", "citation_accuracy"]),
    ).toEqual(["hallucination", "context_recall"]);
    expect(missingForRescore(await evidenceOf(["bleu"]), ["faithfulness", "rouge_l"])).toEqual([
      "faithfulness",
    ]);
  });

  test("an input the sample lacks is not missing: the metric is not applicable", async () => {
    const evidence = await evidenceOf(["faithfulness"], { ...SAMPLE, reference: null });
    expect(missingForRescore(evidence, ["context_recall", "factual_correctness"])).toEqual([]);
    const empty = await evidenceOf(["bleu"], { ...SAMPLE, passages: [] });
    expect(missingForRescore(empty, ["context_recall"])).toEqual([]);
    expect(measure(empty, ["context_recall"]).context_recall?.value).toBe(0);
  });

  test("a part that was asked and failed is not missing: the metric is failed with its reason", () => {
    const evidence = makeEvidence({
      answer: [{ verdict: null, failed: { passages: "budget" } }],
      evidence: { failures: { similarity: "judge_error", relevance: "judge_refused" } },
    });
    const metrics = ["faithfulness", "semantic_similarity", "context_relevance"];
    expect(missingForRescore(evidence, metrics)).toEqual([]);
    expect(measure(evidence, metrics).faithfulness?.reason).toBe("budget");
  });

  test("usefulness and criteria are missing unless they were asked", () => {
    const evidence = makeEvidence({
      answer: [{ by: [0] }],
      reference: [{ by: [0] }],
      evidence: { usefulness: { reference: [true, false] }, criteria: { polite: 1 } },
    });
    const metrics = ["context_precision", "context_utilization"];
    expect(missingForRescore(evidence, metrics)).toEqual([]);
    expect(missingForRescore(evidence, metrics, "usefulness")).toEqual(["context_utilization"]);
    expect(missingForRescore(evidence, ["criterion:polite", "criterion:toString"])).toEqual([
      "criterion:toString",
    ]);
  });
});
