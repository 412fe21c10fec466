import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Evidence, EvidenceClaim } from "../../src/scoring/evidence.ts";
import { measure } from "../../src/scoring/measure.ts";
import { makeEvidence } from "./make-evidence.ts";

/** One answer claim with a verdict by half, and the probability a judge gave. */
function judged(support: number, method: "offline" | "llm"): Evidence {
  const evidence = makeEvidence({ answer: [{ by: support >= 0.5 ? [0] : [] }], passageCount: 1 });
  const claims = evidence.claims.map((claim): EvidenceClaim => ({ ...claim, support }));
  return { ...evidence, method, claims };
}

function faithfulness(support: number, method: "offline" | "llm", compat?: "ragas"): number {
  const outcomes = measure(judged(support, method), ["faithfulness"], compat ? { compat } : {});
  return outcomes.faithfulness?.value ?? Number.NaN;
}

const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe("close calls of the offline judge", () => {
  test("count as much as the judge was sure, no more", () => {
    for (const support of [0.01, 0.5, 0.55, 0.8, 0.99]) {
      expect(faithfulness(support, "offline")).toBe(support);
    }
  });

  test("keep the order of the probabilities and the side of the verdict", () => {
    fc.assert(
      fc.property(probability, probability, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(faithfulness(low, "offline")).toBeLessThanOrEqual(faithfulness(high, "offline"));
        expect(faithfulness(a, "offline") >= 0.5).toBe(
          a >= 0.5 || faithfulness(a, "offline") === 0.5,
        );
      }),
    );
  });

  test("a model's verdicts are counted, and so are all for Ragas' own values", () => {
    fc.assert(
      fc.property(probability, (p) => {
        expect(faithfulness(p, "llm")).toBe(p >= 0.5 ? 1 : 0);
        expect(faithfulness(p, "offline", "ragas")).toBe(p >= 0.5 ? 1 : 0);
      }),
    );
  });
});
