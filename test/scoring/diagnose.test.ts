import { describe, expect, test } from "vitest";
import { diagnose, diagnoseAll } from "../../src/scoring/diagnose.ts";
import type { Cause } from "../../src/scoring/evidence.ts";
import { measure } from "../../src/scoring/measure.ts";
import { type ClaimSketch, makeEvidence, type Sketch } from "./make-evidence.ts";

const GOOD: ClaimSketch = { by: [0], other: "supported", onTopic: true };

function causesOf(sketch: Sketch) {
  const evidence = makeEvidence(sketch);
  const outcomes = measure(evidence, ["answer_relevancy", "faithfulness"]);
  return { all: diagnoseAll(evidence, outcomes), main: diagnose(evidence, outcomes) };
}

test("a good sample has no cause", () => {
  const { all, main } = causesOf({
    answer: [GOOD, GOOD],
    reference: [GOOD, GOOD],
    passageCount: 1,
  });
  expect(all).toEqual([]);
  expect(main).toBeNull();
});

describe("a planted fault is found, with the claims that prove it", () => {
  const rows: [Cause, Sketch, string[], number[]][] = [
    [
      "refused_though_answerable",
      { answer: [], reference: [{ ...GOOD, other: "unsupported" }], evidence: { abstained: true } },
      ["r1"],
      [0],
    ],
    [
      "off_topic",
      { answer: [{ ...GOOD, onTopic: false }], reference: [GOOD], passageCount: 1 },
      ["a1"],
      [],
    ],
    [
      "contradicts_context",
      {
        answer: [GOOD, { by: [], verdict: "contradicted", other: "unsupported", onTopic: true }],
        reference: [GOOD],
        passageCount: 1,
      },
      ["a2"],
      [],
    ],
    [
      "invented",
      {
        answer: [GOOD, { by: [], other: "unsupported", onTopic: true }],
        reference: [GOOD],
        passageCount: 1,
      },
      ["a2"],
      [],
    ],
    [
      "noise_followed",
      {
        answer: [{ by: [1], other: "contradicted", onTopic: true }],
        reference: [GOOD],
        passageCount: 2,
      },
      ["a1"],
      [1],
    ],
    [
      "missing_in_retrieval",
      { answer: [GOOD], reference: [GOOD, { by: [], other: "supported" }], passageCount: 1 },
      ["r2"],
      [],
    ],
    [
      "retrieved_but_ignored",
      { answer: [GOOD], reference: [GOOD, { by: [0], other: "unsupported" }], passageCount: 1 },
      ["r2"],
      [0],
    ],
    [
      "ranked_too_low",
      { answer: [{ ...GOOD, by: [3] }], reference: [{ ...GOOD, by: [3] }], passageCount: 4 },
      ["r1"],
      [3],
    ],
  ];
  test.each(rows)("%s", (cause, sketch, claimIds, passages) => {
    const { all, main } = causesOf(sketch);
    expect(main).toBe(cause);
    expect(all[0]).toMatchObject({ cause, claimIds, passages });
  });
});

test("an answer from memory that is right is not invented", () => {
  const { all } = causesOf({
    answer: [{ by: [], other: "supported", onTopic: true }],
    reference: [GOOD],
    passageCount: 1,
  });
  expect(all.map(({ cause }) => cause)).not.toContain("invented");
});

test("a detail more than the reference has is no noise when its passage is relevant", () => {
  const detail: ClaimSketch = { by: [0], other: "unsupported", onTopic: true };
  const { all } = causesOf({ answer: [GOOD, detail], reference: [GOOD], passageCount: 1 });
  expect(all).toEqual([]);
  const stray = { answer: [GOOD, { ...detail, by: [1] }], reference: [GOOD], passageCount: 2 };
  expect(causesOf(stray).main).toBe("noise_followed");
});

test("a short answer that is right is not off topic, however low its relevancy", () => {
  const evidence = { answer_relevancy: 0.1 };
  const wrong: ClaimSketch = { by: [0], other: "unsupported" };
  const right = {
    answer: [{ ...GOOD, onTopic: null }],
    reference: [GOOD],
    passageCount: 1,
    evidence,
  };
  expect(causesOf(right).main).toBeNull();
  expect(causesOf({ ...right, answer: [wrong] }).main).toBe("off_topic");
});

test("an invented claim beside the question is invented, not only off topic", () => {
  const stray: ClaimSketch = { by: [], other: "unsupported", onTopic: false };
  const partly = causesOf({ answer: [GOOD, stray], reference: [GOOD], passageCount: 1 });
  expect(partly.main).toBe("invented");
  const wholly = causesOf({ answer: [stray], reference: [GOOD], passageCount: 1 });
  expect(wholly.main).toBe("off_topic");
  expect(wholly.all.map(({ cause }) => cause)).toContain("invented");
  const supported: ClaimSketch = { ...GOOD, onTopic: false };
  expect(causesOf({ answer: [GOOD, supported], reference: [GOOD], passageCount: 1 }).main).toBe(
    "off_topic",
  );
});

test("nobody compared answer and reference: what retrieval missed is not called invented first", () => {
  const fromMemory: ClaimSketch = { by: [], other: null, onTopic: true };
  const missed: ClaimSketch = { by: [], other: null };
  const { all, main } = causesOf({
    answer: [fromMemory, fromMemory],
    reference: [missed, missed],
    passageCount: 1,
  });
  expect(main).toBe("missing_in_retrieval");
  expect(all.map(({ cause }) => cause)).toContain("invented");
  const found: ClaimSketch = { by: [0], other: null };
  expect(
    causesOf({ answer: [fromMemory, { ...GOOD, other: null }], reference: [found] }).main,
  ).toBe("invented");
});

test("a refusal with nothing to answer from is no fault of the answer", () => {
  const sketch: Sketch = {
    answer: [],
    reference: null,
    evidence: { abstained: true, answerable: "none" },
  };
  expect(causesOf(sketch).all).toEqual([]);
});

test("one contradiction in a long answer is still the cause", () => {
  const answer = [
    ...Array.from({ length: 19 }, () => GOOD),
    { ...GOOD, by: [], verdict: "contradicted" as const },
  ];
  expect(causesOf({ answer, reference: [GOOD], passageCount: 1 }).main).toBe("contradicts_context");
});

test("the heaviest cause comes first, all are listed", () => {
  const invention: ClaimSketch = { by: [], other: "unsupported", onTopic: true };
  const { all } = causesOf({
    answer: [GOOD, invention, invention, invention],
    reference: [GOOD, GOOD, GOOD, { by: [], other: "unsupported" }],
    passageCount: 1,
  });
  expect(all.map(({ cause }) => cause)).toEqual(["invented", "missing_in_retrieval"]);
});
