import { describe, expect, test } from "vitest";
import { measure } from "../../src/scoring/measure.ts";
import { METRIC_NAMES } from "../../src/scoring/metrics/registry.ts";
import { type ClaimSketch, makeEvidence, type Sketch } from "./make-evidence.ts";

const TRUE: ClaimSketch = { by: [0], other: "supported", onTopic: true };
const FALSE: ClaimSketch = { by: [], other: "unsupported", onTopic: true };

function outcome(sketch: Sketch, metric: string, compat?: "ragas") {
  return measure(makeEvidence(sketch), [metric], compat ? { compat } : {})[metric];
}

describe("what was not sent", () => {
  const passagesOf = [
    "faithfulness",
    "context_precision",
    "context_recall",
    "context_utilization",
    "noise_sensitivity",
    "hallucination",
    "context_relevance",
    "quoted_spans",
    "context_entity_recall",
    "non_llm_context_recall",
    "rc_claim_recall",
  ];
  test.each(passagesOf)("%s without contexts: missing_contexts", (metric) => {
    const sketch = { answer: [TRUE], reference: [TRUE], passageCount: null };
    expect(outcome(sketch, metric)).toMatchObject({
      status: "not_applicable",
      reason: "missing_contexts",
    });
  });

  const referenceOf = [
    "context_precision",
    "context_recall",
    "noise_sensitivity",
    "factual_correctness",
    "factual_correctness_recall",
    "answer_correctness",
    "answer_accuracy",
    "semantic_similarity",
    "bleu",
    "rouge_l",
    "rc_precision",
    "rc_recall",
    "self_knowledge",
    "unused_relevant_passages",
  ];
  test.each(referenceOf)("%s without ground truth: missing_ground_truth", (metric) => {
    expect(outcome({ answer: [TRUE], reference: null }, metric)).toMatchObject({
      status: "not_applicable",
      reason: "missing_ground_truth",
    });
  });

  test("the reference-free metrics do not miss it", () => {
    for (const metric of [
      "faithfulness",
      "context_utilization",
      "context_relevance",
      "answer_relevancy",
    ]) {
      expect(outcome({ answer: [TRUE], reference: null }, metric), metric).toMatchObject({
        value: 1,
      });
    }
  });

  test("ids and reference contexts", () => {
    expect(outcome({}, "id_based_context_recall")).toMatchObject({ reason: "missing_ids" });
    expect(outcome({}, "non_llm_context_precision")).toMatchObject({
      reason: "missing_reference_contexts",
    });
    const ids = { evidence: { retrieved_ids: [], reference_ids: ["a"] } };
    expect(outcome(ids, "id_based_context_recall")).toMatchObject({ value: 0 });
    expect(outcome(ids, "id_based_context_precision")).toMatchObject({ reason: "missing_ids" });
  });
});

describe("retrieval that found nothing", () => {
  const sketch = { answer: [FALSE], reference: [FALSE], passageCount: 0 };
  test.each([
    "faithfulness",
    "context_recall",
    "context_precision",
    "context_utilization",
    "context_relevance",
    "response_groundedness",
    "rc_claim_recall",
    "rc_context_precision",
  ])("%s is 0", (metric) => {
    expect(outcome(sketch, metric)).toMatchObject({ status: "scored", value: 0 });
  });

  test("recall and precision are 0 even if nobody split the reference", () => {
    const unasked = {
      ...sketch,
      reference: [],
      evidence: {
        unasked: ["reference_claims" as const],
        reference: makeEvidence(sketch).reference,
      },
    };
    expect(outcome(unasked, "context_recall")).toMatchObject({ value: 0 });
    expect(outcome(unasked, "context_precision")).toMatchObject({ value: 0 });
  });

  test("an abstention is the right answer then, not an unfaithful one", () => {
    const silent = { ...sketch, answer: [], evidence: { abstained: true } };
    expect(outcome(silent, "faithfulness")).toMatchObject({
      status: "not_applicable",
      reason: "abstained",
    });
  });
});

describe("an answer without claims", () => {
  const refusal: Sketch = { answer: [], reference: [TRUE], evidence: { abstained: true } };
  test.each([
    "faithfulness",
    "rc_precision",
    "rc_f1",
    "factual_correctness",
    "factual_correctness_precision",
    "hallucination",
    "answer_correctness",
    "noise_sensitivity",
    "contradiction_rate",
    "context_utilization",
  ])("%s is not applicable: abstained", (metric) => {
    expect(outcome(refusal, metric)).toMatchObject({
      status: "not_applicable",
      reason: "abstained",
    });
  });
  test.each(["rc_recall", "factual_correctness_recall", "answer_accuracy", "answer_relevancy"])(
    "%s is 0",
    (metric) => {
      expect(outcome(refusal, metric)).toMatchObject({ status: "scored", value: 0 });
    },
  );
  test("says nothing but does not refuse: no_claims", () => {
    const empty = { ...refusal, evidence: { abstained: false } };
    expect(outcome(empty, "faithfulness")).toMatchObject({ reason: "no_claims" });
    expect(outcome(empty, "answer_relevancy")).toMatchObject({ reason: "no_claims" });
  });
  test("Ragas gives 0 for facts without claims, and so does compat", () => {
    expect(outcome(refusal, "factual_correctness", "ragas")).toMatchObject({ value: 0 });
  });
  test("retrieval is judged all the same", () => {
    expect(outcome(refusal, "context_recall")).toMatchObject({ value: 1 });
    expect(outcome(refusal, "unused_relevant_passages")).toMatchObject({ value: 0.5 });
  });
});

test("a reference without claims is not applicable, not 0", () => {
  const sketch = { answer: [TRUE], reference: [] };
  for (const metric of [
    "context_recall",
    "context_precision",
    "rc_recall",
    "factual_correctness",
    "noise_sensitivity",
  ]) {
    expect(outcome(sketch, metric), metric).toMatchObject({
      status: "not_applicable",
      reason: "no_reference_claims",
    });
  }
});

describe("cells that failed", () => {
  const hole: ClaimSketch = {
    verdict: null,
    other: null,
    failed: { passages: "judge_refused", other: "budget" },
  };

  test("up to a fifth: the number over the judged ones, its bounds and the coverage", () => {
    const answer = [TRUE, TRUE, TRUE, FALSE, hole];
    expect(outcome({ answer }, "faithfulness")).toMatchObject({
      status: "scored",
      value: 0.75,
      interval: [0.6, 0.8],
      coverage: 0.8,
    });
  });

  test("more: failed, with the reason of the cells that count", () => {
    const answer = [TRUE, TRUE, TRUE, hole];
    expect(outcome({ answer }, "faithfulness")).toMatchObject({
      status: "failed",
      value: null,
      reason: "judge_refused",
    });
    expect(outcome({ answer, reference: [TRUE] }, "rc_precision")).toMatchObject({
      reason: "budget",
    });
  });

  test("all of one side missing is failed even when the other side is large", () => {
    const sketch = { answer: [hole], reference: Array.from({ length: 9 }, () => TRUE) };
    expect(outcome(sketch, "factual_correctness")).toMatchObject({ status: "failed" });
  });

  test("a text that could not be split fails what needs its claims, and only that", () => {
    const sketch: Sketch = {
      answer: [],
      reference: [TRUE],
      evidence: { failures: { answer_claims: "cancelled" } },
    };
    expect(outcome(sketch, "faithfulness")).toMatchObject({
      status: "failed",
      reason: "cancelled",
    });
    expect(outcome(sketch, "rc_recall")).toMatchObject({ status: "failed", reason: "cancelled" });
    expect(outcome(sketch, "context_recall")).toMatchObject({ status: "scored", value: 1 });
  });

  test("a rescore with a metric nobody judged is failed, not 0", () => {
    const sketch: Sketch = { answer: [], evidence: { unasked: ["answer_claims"] } };
    expect(outcome(sketch, "faithfulness")).toMatchObject({
      status: "failed",
      reason: "judge_error",
    });
    expect(outcome({ answer: [{ ...TRUE, verdict: null, by: [] }] }, "faithfulness")).toMatchObject(
      { status: "failed" },
    );
  });

  test("unknown on-topic flags", () => {
    const flags = (...list: (boolean | null)[]) => ({
      answer: list.map((onTopic) => ({ ...TRUE, onTopic })),
    });
    expect(outcome(flags(true, true, false, true), "answer_relevancy")).toMatchObject({
      value: 0.75,
    });
    expect(outcome(flags(true, true, true, false, null), "answer_relevancy")).toMatchObject({
      value: 0.75,
      interval: [0.6, 0.8],
    });
    expect(outcome(flags(true, null), "answer_relevancy")).toMatchObject({ status: "failed" });
  });
});

describe("the last door", () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "%s in stored evidence becomes failed, for every metric",
    (bad) => {
      const evidence = {
        similarity: bad,
        similarity_method: "embedding" as const,
        question_similarities: [bad],
        answer_relevancy: bad,
        criteria: { tone: bad },
      };
      const outcomes = measure(makeEvidence({ answer: [TRUE], reference: [TRUE], evidence }), [
        ...METRIC_NAMES,
        "criterion:tone",
      ]);
      for (const [name, { value }] of Object.entries(outcomes)) {
        expect(value === null || (value >= 0 && value <= 1), name).toBe(true);
      }
      expect(outcomes.semantic_similarity).toMatchObject({
        status: "failed",
        reason: "judge_error",
      });
      expect(outcomes.answer_relevancy).toMatchObject({ status: "failed" });
      expect(outcomes["criterion:tone"]).toMatchObject({ status: "failed", reason: "judge_error" });
    },
  );

  test("an unknown metric is a mistake of the caller", () => {
    expect(() => measure(makeEvidence({}), ["nope"])).toThrow(RangeError);
    expect(() => measure(makeEvidence({}), ["constructor"])).toThrow(RangeError);
  });
});

describe("where several passages are needed together", () => {
  const joint: ClaimSketch = { by: [0, 1], jointly: true, other: "supported" };
  test("Ragas' metrics count the support, RAGChecker's do not", () => {
    const sketch = { answer: [joint], reference: [joint] };
    expect(outcome(sketch, "faithfulness")?.value).toBe(1);
    expect(outcome(sketch, "context_recall")?.value).toBe(1);
    expect(outcome(sketch, "context_precision")?.value).toBe(1);
    expect(outcome(sketch, "rc_faithfulness")?.value).toBe(0);
    expect(outcome(sketch, "rc_claim_recall")?.value).toBe(0);
    expect(outcome(sketch, "rc_context_precision")?.value).toBe(0);
  });
});

describe("perfect is exactly 1, and compat is Ragas' value", () => {
  const sketch = { answer: [TRUE], reference: [TRUE], passageCount: 1 };
  test("context precision", () => {
    expect(outcome(sketch, "context_precision")?.value).toBe(1);
    expect(outcome(sketch, "context_precision", "ragas")?.value).toBeCloseTo(1 - 1e-10, 14);
    const late = { ...sketch, answer: [], reference: [{ ...TRUE, by: [1] }], passageCount: 2 };
    expect(outcome(late, "context_precision")?.value).toBe(0.5);
  });
});

test("a comparison that would take minutes fails with budget instead", () => {
  const sketch = {
    answer: [{ text: "ab".repeat(40_000) }],
    reference: [{ text: "ba".repeat(40_000) }],
  };
  for (const metric of ["string_similarity", "rouge_l"]) {
    const { status, reason } = outcome(sketch, metric) ?? {};
    expect([metric, status, reason]).toEqual(
      metric === "rouge_l" ? [metric, "scored", null] : [metric, "failed", "budget"],
    );
  }
  // A search walks over the passages once for every length there is to look for.
  const quotations = Array.from({ length: 3000 }, (_, i) => `“a b c${"d".repeat(i)}”`);
  const quoting = {
    answer: [{ text: quotations.join(" ") }],
    evidence: {
      passages: [{ index: 0, text: "x ".repeat(100_000), sentences: [], relevance: null }],
    },
  };
  expect(outcome(quoting, "quoted_spans")).toMatchObject({ status: "failed", reason: "budget" });
  const marks = { answer: [{ text: "“".repeat(2_000_000) }], passageCount: 100 };
  expect(outcome(marks, "quoted_spans")?.value).toBe(1);
});

describe("citations", () => {
  function cited(text: string, by: number[]) {
    return outcome({ answer: [{ text, by }], passageCount: 3 }, "citation_accuracy");
  }
  test.each<[string, number[], number]>([
    ["Paris is the capital [1].", [0], 1],
    ["Paris is the capital [2].", [0], 0],
    ["巴黎是首都【1】【2】。", [0], 0.5],
    ["Paris is the capital [1, 3].", [0, 2], 1],
    ["Paris is the capital [1-3].", [0, 1, 2], 1],
    ["Paris is the capital [9].", [0], 0],
  ])("%s", (text, by, value) => expect(cited(text, by)?.value).toBe(value));
  test("no citation, nothing to check", () => {
    expect(cited("Paris is the capital.", [0])).toMatchObject({ status: "not_applicable" });
  });
});
