import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/scoring/judge.ts";
import { measure } from "../../src/scoring/measure.ts";
import { METRIC_NAMES } from "../../src/scoring/metrics/registry.ts";
import { type ClaimSketch, makeEvidence, type Sketch } from "./make-evidence.ts";

const verdict = fc.constantFrom<Verdict>("supported", "contradicted", "unsupported");

function claims(passageCount: number, min: number): fc.Arbitrary<ClaimSketch[]> {
  const claim = fc.record({
    by: passageCount === 0 ? fc.constant<number[]>([]) : fc.uniqueArray(fc.nat(passageCount - 1)),
    jointly: fc.boolean(),
    other: verdict,
    onTopic: fc.option(fc.boolean()),
  });
  // Several passages together are at least two.
  return fc.array(
    claim.map((sketch) => ({ ...sketch, jointly: sketch.jointly && sketch.by.length > 1 })),
    { minLength: min, maxLength: 8 },
  );
}

/** Fully judged tables: m, n, k from the given least size up. */
function tables(min: number): fc.Arbitrary<Sketch & { answer: ClaimSketch[] }> {
  return fc.integer({ min, max: 5 }).chain((passageCount) =>
    fc.record({
      answer: claims(passageCount, min),
      reference: claims(passageCount, min),
      passageCount: fc.constant(passageCount),
    }),
  );
}

function values(sketch: Sketch, names: readonly string[]): number[] {
  const outcomes = measure(makeEvidence(sketch), names);
  return names.map((name) => outcomes[name]?.value ?? Number.NaN);
}

describe("identities over random tables", () => {
  test("faithfulness + hallucination + self-knowledge = 1, with and without joint support", () => {
    fc.assert(
      fc.property(tables(1), (sketch) => {
        for (const prefix of ["rc_", ""]) {
          const parts = ["faithfulness", "hallucination", "self_knowledge"];
          const [a = 0, b = 0, c = 0] = values(
            sketch,
            parts.map((name) => prefix + name),
          );
          expect(a + b + c).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test("both noise parts + hallucination = 1 − precision", () => {
    fc.assert(
      fc.property(tables(1), (sketch) => {
        const [relevant = 0, irrelevant = 0, invented = 0, precision = 0] = values(sketch, [
          "rc_noise_sensitivity_in_relevant",
          "rc_noise_sensitivity_in_irrelevant",
          "rc_hallucination",
          "rc_precision",
        ]);
        expect(relevant + irrelevant + invented).toBeCloseTo(1 - precision, 12);
      }),
    );
  });

  test("joint support can only add: rc_faithfulness ≤ faithfulness, rc_claim_recall ≤ context_recall", () => {
    fc.assert(
      fc.property(tables(1), (sketch) => {
        const [strict = 0, joint = 0, claim = 0, recall = 0] = values(sketch, [
          "rc_faithfulness",
          "faithfulness",
          "rc_claim_recall",
          "context_recall",
        ]);
        expect(strict).toBeLessThanOrEqual(joint);
        expect(claim).toBeLessThanOrEqual(recall);
      }),
    );
  });

  test("more support never lowers faithfulness", () => {
    fc.assert(
      fc.property(tables(1), fc.nat(), (sketch, pick) => {
        const index = pick % sketch.answer.length;
        const more = sketch.answer.map((claim, i) =>
          i === index ? { ...claim, by: [0], jointly: false } : claim,
        );
        const [before = 0] = values(sketch, ["faithfulness"]);
        const [after = 0] = values({ ...sketch, answer: more }, ["faithfulness"]);
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe("random tables with failed cells and missing parts", () => {
  const failure = fc.constantFrom(
    "judge_error" as const,
    "judge_refused" as const,
    "budget" as const,
  );

  function broken(list: ClaimSketch[]): fc.Arbitrary<ClaimSketch[]> {
    return fc
      .array(
        fc.record({ passages: fc.option(failure), other: fc.option(failure), is: fc.nat(3) }),
        {
          minLength: list.length,
          maxLength: list.length,
        },
      )
      .map((breaks) =>
        list.map((claim, i) => {
          const { passages = null, other = null, is = 0 } = breaks[i] ?? {};
          if (is !== 0) return claim;
          return {
            ...claim,
            ...(passages ? { by: [], verdict: null } : {}),
            ...(other ? { other: null } : {}),
            failed: { ...(passages ? { passages } : {}), ...(other ? { other } : {}) },
          };
        }),
      );
  }

  const sketches = tables(0).chain((sketch) =>
    fc.record({
      answer: broken(sketch.answer),
      reference: fc.oneof(
        { weight: 4, arbitrary: broken(sketch.reference ?? []) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      passageCount: fc.oneof(
        { weight: 4, arbitrary: fc.constant(sketch.passageCount ?? null) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      evidence: fc.record({
        abstained: fc.option(fc.boolean()),
        answerable: fc.option(
          fc.constantFrom("full" as const, "partial" as const, "none" as const),
        ),
        similarity: fc.option(fc.double({ min: -1, max: 1.0000001, noNaN: true })),
        question_similarities: fc.option(
          fc.array(fc.double({ min: -1, max: 1.0000001, noNaN: true }), {
            minLength: 1,
            maxLength: 3,
          }),
        ),
        retrieved_ids: fc.option(fc.array(fc.constantFrom("a", "b", "文"), { maxLength: 3 })),
        reference_ids: fc.option(fc.array(fc.constantFrom("a", "b", "文"), { maxLength: 3 })),
        reference_passages: fc.option(fc.array(fc.string(), { maxLength: 3 })),
      }),
    }),
  );

  test("every metric answers: a number in 0..1, or why there is none; the number lies in its interval", () => {
    fc.assert(
      fc.property(sketches, fc.constantFrom(undefined, "ragas" as const), (sketch, compat) => {
        const outcomes = measure(makeEvidence(sketch), METRIC_NAMES, compat ? { compat } : {});
        for (const [name, outcome] of Object.entries(outcomes)) {
          const { status, value, reason, interval, coverage } = outcome;
          if (status !== "scored") {
            expect([name, value]).toEqual([name, null]);
            expect(reason, name).not.toBeNull();
            continue;
          }
          expect(reason).toBeNull();
          expect(value, name).toBeGreaterThanOrEqual(0);
          expect(value, name).toBeLessThanOrEqual(1);
          if (!interval) continue;
          expect(interval[0], name).toBeGreaterThanOrEqual(0);
          expect(interval[0], name).toBeLessThanOrEqual(value ?? -1);
          expect(interval[1], name).toBeGreaterThanOrEqual(value ?? 2);
          expect(interval[1], name).toBeLessThanOrEqual(1);
          expect(coverage, name).toBeGreaterThanOrEqual(0.8);
          expect(coverage, name).toBeLessThan(1);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("the interval holds the value every completion of the failed cells would give", () => {
    const names = [
      "faithfulness",
      "context_precision",
      "context_recall",
      "noise_sensitivity",
      "noise_sensitivity_irrelevant",
      "factual_correctness",
      "rc_context_utilization",
      "rc_context_precision",
      "unused_relevant_passages",
      "answer_accuracy",
    ];
    const full = fc
      .integer({ min: 2, max: 4 })
      .chain((k) =>
        fc.record({ answer: claims(k, 6), reference: claims(k, 6), passageCount: fc.constant(k) }),
      );
    fc.assert(
      fc.property(full, fc.nat(), fc.boolean(), (sketch, pick, isAnswer) => {
        const side = isAnswer ? "answer" : "reference";
        const holed = sketch[side].map(
          (claim, i): ClaimSketch =>
            i === pick % sketch[side].length
              ? {
                  ...claim,
                  by: [],
                  verdict: null,
                  other: null,
                  failed: { passages: "judge_error", other: "judge_error" },
                }
              : claim,
        );
        const truth = measure(makeEvidence(sketch), names);
        const partial = measure(makeEvidence({ ...sketch, [side]: holed }), names);
        for (const name of names) {
          const { interval, status } = partial[name] ?? {};
          if (status !== "scored" || !interval) continue;
          const value = truth[name]?.value ?? Number.NaN;
          expect(interval[0] - 1e-12, name).toBeLessThanOrEqual(value);
          expect(interval[1] + 1e-12, name).toBeGreaterThanOrEqual(value);
        }
      }),
      { numRuns: 300 },
    );
  });
});
