import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildEvidence } from "../../src/scoring/build-evidence.ts";
import { cutSample } from "../../src/scoring/cut-text.ts";
import type { JudgedClaim, JudgedTable, PassageCheck } from "../../src/scoring/judge.ts";
import { measure } from "../../src/scoring/measure.ts";
import type { Sample } from "../../src/scoring/sample.ts";

const SAMPLE: Sample = {
  question: "首都在哪里？",
  answer: "The capital is Paris. It is large.",
  passages: ["Paris is the capital. 巴黎很大。", "Lyon is smaller."],
  reference: "Paris is the capital.",
  referencePassages: ["Paris."],
  retrievedIds: ["a"],
  referenceIds: null,
};

function claim(
  of: "answer" | "reference",
  check: Partial<PassageCheck>,
  more: Partial<JudgedClaim> = {},
): JudgedClaim {
  return {
    of,
    text: "A claim.",
    sentence: 0,
    onTopic: of === "answer" ? true : null,
    passages: {
      ok: true,
      value: {
        verdict: "supported",
        evidence: [{ passage: 0, sentence: 0 }],
        jointly: false,
        confidence: 0.9,
        ...check,
      },
    },
    other: { ok: true, value: "supported" },
    ...more,
  };
}

function table(change: Partial<JudgedTable> = {}): JudgedTable {
  return {
    method: "llm",
    answerClaims: { ok: true, value: [claim("answer", {})] },
    referenceClaims: { ok: true, value: [claim("reference", {})] },
    abstained: { ok: true, value: false },
    relevance: { ok: true, value: { scores: [0.8, 0.1], answerable: "full" } },
    answerRelevancy: null,
    questionSimilarities: null,
    similarity: null,
    similarityMethod: null,
    referenceEntities: null,
    criteria: {},
    confidence: null,
    usage: { judge_calls: 0, cached_calls: 0, prompt_tokens: 0, completion_tokens: 0 },
    notes: [],
    ...change,
  };
}

function build(change: Partial<JudgedTable> = {}, sample: Sample = SAMPLE) {
  return buildEvidence("id", sample, cutSample(sample), table(change), "judge");
}

function withCheck(check: Partial<PassageCheck>, sample?: Sample) {
  return build({ answerClaims: { ok: true, value: [claim("answer", check)] } }, sample);
}

describe("offsets", () => {
  test("every piece of evidence is a sentence of its passage, letter for letter", () => {
    const evidence = withCheck({
      evidence: [
        { passage: 0, sentence: 1 },
        { passage: 0, sentence: 0 },
      ],
    });
    const texts = evidence.claims[0]?.evidence.map(({ passage, start, end }) =>
      SAMPLE.passages?.[passage]?.slice(start, end),
    );
    expect(texts).toEqual(["Paris is the capital.", "巴黎很大。"]);
  });

  test("claims are numbered a1…, r1… in reading order, inputs are kept for a rescore", () => {
    const evidence = build({
      answerClaims: {
        ok: true,
        value: [claim("answer", {}), claim("answer", {}, { sentence: 1 })],
      },
    });
    expect(evidence.claims.map(({ id }) => id)).toEqual(["a1", "a2", "r1"]);
    expect(evidence).toMatchObject({
      reference_passages: ["Paris."],
      retrieved_ids: ["a"],
      reference_ids: null,
    });
  });
});

describe("what differs", () => {
  const sentence = { start: 0, end: 5 };
  function differing(claimPlace: { start: number; end: number }) {
    const check: Partial<PassageCheck> = {
      verdict: "contradicted",
      difference: { claim: claimPlace, sentence },
    };
    const { claims } = build({
      answerClaims: {
        ok: true,
        value: [claim("answer", check, { text: "It is large.", sentence: 1 })],
      },
      referenceClaims: null,
    });
    return claims[0]?.difference;
  }

  test("is told in offsets of the whole texts", () => {
    expect(differing({ start: 6, end: 11 })).toEqual({
      text: { start: 28, end: 33 },
      passage: { passage: 0, ...sentence },
    });
    expect(SAMPLE.answer.slice(28, 33)).toBe("large");
  });

  test.each([
    { start: 6, end: 13 },
    { start: -1, end: 3 },
    { start: 4, end: 4 },
  ])("is left out where the judge points beyond the claim: $start to $end", (place) => {
    expect(differing(place)).toBeUndefined();
  });
});

describe("what a judge may get wrong", () => {
  test.each<[string, Partial<PassageCheck>]>([
    ["a sentence that does not exist", { evidence: [{ passage: 0, sentence: 7 }] }],
    ["a passage that does not exist", { evidence: [{ passage: 5, sentence: 0 }] }],
    ["a negative number", { evidence: [{ passage: -1, sentence: 0 }] }],
    ["half a number", { evidence: [{ passage: 0, sentence: 0.5 }] }],
    ["support that rests on nothing", { evidence: [] }],
  ])("%s makes the cell failed and is noted", (_, check) => {
    const evidence = withCheck(check);
    expect(evidence.claims[0]).toMatchObject({
      verdict: null,
      evidence: [],
      failed: { passages: "judge_error" },
    });
    expect(evidence.claims[0]?.supported_by_reference).toBe("supported");
    expect(evidence.notes.join()).toMatch(/^a1: /);
    expect(measure(evidence, ["faithfulness"]).faithfulness).toMatchObject({ status: "failed" });
  });

  test("a claim of a sentence that does not exist fails as a whole", () => {
    const lost = claim("answer", {}, { sentence: 9 });
    const evidence = build({ answerClaims: { ok: true, value: [lost] } });
    expect(evidence.claims[0]).toMatchObject({ verdict: null, supported_by_reference: null });
  });

  test("a sentence named twice is one piece of evidence", () => {
    const twice = { passage: 0, sentence: 0 };
    expect(withCheck({ evidence: [twice, twice] }).claims[0]?.evidence).toHaveLength(1);
  });

  test("joint support out of one passage is plain support", () => {
    const one = [
      { passage: 0, sentence: 0 },
      { passage: 0, sentence: 1 },
    ];
    const two = [
      { passage: 0, sentence: 0 },
      { passage: 1, sentence: 0 },
    ];
    expect(withCheck({ jointly: true, evidence: one }).claims[0]?.jointly).toBe(false);
    expect(withCheck({ jointly: true, evidence: two }).claims[0]?.jointly).toBe(true);
  });

  test("numbers out of range are failures of their part", () => {
    const evidence = build({
      relevance: { ok: true, value: { scores: [0.5], answerable: "full" } },
      answerRelevancy: { ok: true, value: 1.5 },
      questionSimilarities: { ok: true, value: [] },
      similarity: { ok: true, value: Number.NaN },
      criteria: { tone: { ok: true, value: -1 } },
    });
    expect(evidence.failures).toEqual({
      relevance: "judge_error",
      answer_relevancy: "judge_error",
      question_similarities: "judge_error",
      similarity: "judge_error",
      "criterion:tone": "judge_error",
    });
    // Without the judge's own order a passage is worth the reference claims it supports.
    expect(evidence.passages?.map(({ relevance }) => relevance)).toEqual([1, 0]);
  });

  test("failures of the judge keep their reason", () => {
    const evidence = build({
      answerClaims: { ok: false, reason: "judge_refused" },
      referenceClaims: {
        ok: true,
        value: [claim("reference", {}, { passages: { ok: false, reason: "budget" } })],
      },
    });
    expect(evidence.failures).toEqual({ answer_claims: "judge_refused" });
    expect(evidence.claims[0]).toMatchObject({ id: "r1", failed: { passages: "budget" } });
  });
});

test("with nothing retrieved every claim is unsupported, whatever the judge says", () => {
  for (const passages of [[], ["", "  "]]) {
    const evidence = withCheck({}, { ...SAMPLE, passages });
    expect(evidence.claims[0]).toMatchObject({ verdict: "unsupported", evidence: [] });
  }
  expect(build({}, { ...SAMPLE, passages: null }).passages).toBeNull();
});

test("what was not asked is told apart from what was not found", () => {
  expect(build({ answerClaims: null }).unasked).toEqual(["answer_claims"]);
  expect(build({ referenceClaims: null }).unasked).toEqual(["reference_claims"]);
  expect(build({ answerClaims: { ok: true, value: [] } }).unasked).toBeUndefined();
});

test("property: evidence lies inside the passages for any references a judge may send", () => {
  const ref = fc.record({
    passage: fc.integer({ min: -2, max: 4 }),
    sentence: fc.integer({ min: -2, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(ref, { maxLength: 4 }), fc.boolean(), (evidence, jointly) => {
      const built = withCheck({ evidence, jointly });
      for (const { passage, start, end } of built.claims[0]?.evidence ?? []) {
        const sentences = built.passages?.[passage]?.sentences ?? [];
        expect(sentences.some((sentence) => sentence.start === start && sentence.end === end)).toBe(
          true,
        );
      }
      const isSupported = built.claims[0]?.verdict === "supported";
      expect(isSupported).toBe((built.claims[0]?.evidence.length ?? 0) > 0);
    }),
  );
});
