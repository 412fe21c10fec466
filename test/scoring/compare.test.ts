import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findFlips } from "../../src/scoring/compare-claims.ts";
import { judgeDifferences, signFlipTest } from "../../src/scoring/compare-difference.ts";
import { compareMetric } from "../../src/scoring/compare-metric.ts";
import { type ComparedSample, pairSamples } from "../../src/scoring/compare-pairs.ts";
import { METRIC_CATALOGUE } from "../../src/scoring/metrics/registry.ts";
import { createRandom } from "../../src/scoring/random.ts";
import { makeEvidence } from "./make-evidence.ts";

const sample = (
  sampleId: string,
  question: string,
  scores: Record<string, number | null> = {},
): ComparedSample => ({ sampleId, question, scores, unsure: new Set(), cause: null });

const idsOf = (base: ComparedSample[], other: ComparedSample[]) =>
  pairSamples(base, other).map((pair) => [pair.base.sampleId, pair.other.sampleId]);

function info(name: string) {
  const found = METRIC_CATALOGUE.find((entry) => entry.name === name);
  if (!found) throw new Error(name);
  return found;
}

describe("pairs", () => {
  test("by an id somebody chose, also when the question was reworded", () => {
    expect(
      idsOf([sample("warranty", "How long?")], [sample("warranty", "How long is it?")]),
    ).toEqual([["warranty", "warranty"]]);
  });

  test("a place in the upload is no id: the question decides", () => {
    const base = [sample("1", "年假几天？"), sample("2", "How long?")];
    const other = [sample("1", "How long?"), sample("2", "年假几天?")];
    expect(idsOf(base, other)).toEqual([
      ["1", "2"],
      ["2", "1"],
    ]);
  });

  test("equal questions pair one to one, and what has no partner stays out", () => {
    const base = [sample("a1", "Q"), sample("a2", "Q"), sample("a3", "Q"), sample("a4", "alone")];
    const other = [sample("b1", "Q"), sample("b2", "q "), sample("b3", "else")];
    expect(idsOf(base, other)).toEqual([
      ["a1", "b1"],
      ["a2", "b2"],
    ]);
  });

  test("without texts only chosen ids pair", () => {
    expect(idsOf([sample("1", ""), sample("k", "")], [sample("2", ""), sample("k", "")])).toEqual([
      ["k", "k"],
    ]);
  });

  test("property: nobody is paired twice", () => {
    const one = fc.record({
      id: fc.constantFrom("1", "2", "x", "y"),
      q: fc.constantFrom("p", "q", ""),
    });
    const list = fc
      .array(one, { maxLength: 12 })
      .map((rows) => rows.map(({ id, q }) => sample(id, q)));
    fc.assert(
      fc.property(list, list, (base, other) => {
        const pairs = pairSamples(base, other);
        expect(new Set(pairs.map((pair) => pair.base)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => pair.other)).size).toBe(pairs.length);
      }),
    );
  });
});

describe("the sign-flip test", () => {
  test("counts every flip for few pairs", () => {
    expect(signFlipTest([1, 1, 1, 1, 1, 1])).toBe(2 / 64);
    expect(signFlipTest([1, -1])).toBe(1);
    // Sums of ±1 ±2 ±3 that reach 4 in size: 1+3 → {+−+: 2}, 6, 4 and their negatives.
    expect(signFlipTest([-1, 2, 3])).toBe(4 / 8);
    expect(signFlipTest([0, 0, 0])).toBe(1);
  });

  test("seeded flips come near the exact answer, and the same each time", () => {
    const values = Array.from({ length: 16 }, (_, i) => ((i * 7) % 11) / 10 - 0.35);
    const found = signFlipTest(values);
    let hits = 0;
    const total = Math.abs(values.reduce((a, b) => a + b, 0)) - 1e-9;
    for (let signs = 0; signs < 2 ** 16; signs++) {
      const sum = values.reduce((a, b, i) => a + (((signs >> i) & 1) === 1 ? -b : b), 0);
      if (Math.abs(sum) >= total) hits++;
    }
    expect(found).toBeCloseTo(hits / 2 ** 16, 1);
    expect(signFlipTest(values)).toBe(found);
  });
});

describe("differences", () => {
  test("a steady gain over enough pairs is real; over five it cannot be told", () => {
    expect(judgeDifferences([0.1, 0.2, 0.1, 0.3, 0.2, 0.1])).toMatchObject({
      verdict: "real",
      n: 6,
    });
    expect(judgeDifferences([0.1, 0.2, 0.1, 0.3, 0.2]).verdict).toBe("too_few_samples");
    expect(judgeDifferences([])).toMatchObject({ mean: null, interval: null, detectable: null });
    expect(judgeDifferences([0.3])).toMatchObject({ mean: 0.3, interval: null, pValue: null });
  });

  test("equal runs are within noise with an interval of nothing", () => {
    expect(judgeDifferences(Array.from({ length: 40 }, () => 0))).toMatchObject({
      verdict: "within_noise",
      mean: 0,
      interval: [0, 0],
      pValue: 1,
      detectable: null,
    });
  });

  test("the interval covers the true difference 93 to 97 times of a hundred", () => {
    const random = createRandom(11);
    for (const n of [10, 30]) {
      let held = 0;
      const rounds = 1000;
      for (let round = 0; round < rounds; round++) {
        const values = Array.from(
          { length: n },
          () => 0.1 + (random() + random() + random() - 1.5) * 0.4,
        );
        const [low = 0, high = 0] = judgeDifferences(values).interval ?? [];
        if (low <= 0.1 && 0.1 <= high) held++;
      }
      expect(held / rounds).toBeGreaterThanOrEqual(0.93);
      expect(held / rounds).toBeLessThanOrEqual(0.97);
    }
  });

  test("the detectable difference is found about four times of five", () => {
    const random = createRandom(5);
    const n = 40;
    const spread = 0.2 * Math.sqrt(1 / 3);
    const shift = (2.8016 * spread) / Math.sqrt(n);
    let found = 0;
    for (let round = 0; round < 300; round++) {
      const values = Array.from({ length: n }, () => shift + (random() * 2 - 1) * 0.2);
      if (judgeDifferences(values).verdict === "real") found++;
    }
    expect(found / 300).toBeGreaterThan(0.7);
    expect(found / 300).toBeLessThan(0.9);
  });
});

test("a metric of which lower is better improves by falling", () => {
  const base = ["a", "b", "c"].map((id) => sample(id, id, { noise_sensitivity: 0.5 }));
  const other = [0.2, 0.5, 0.9].map((value, i) =>
    sample("abc".charAt(i), "", { noise_sensitivity: value }),
  );
  const compared = compareMetric(pairSamples(base, other), info("noise_sensitivity"));
  expect(compared.improved.map((pair) => pair.base.sampleId)).toEqual(["a"]);
  expect(compared.regressed.map((pair) => pair.base.sampleId)).toEqual(["c"]);
  expect(compared).toMatchObject({ unchanged: 1, n: 3, moved: "worse" });
});

test("pairs without a number on one side do not count", () => {
  const base = [sample("a", "", { faithfulness: null }), sample("b", "", { faithfulness: 0.5 })];
  const other = [sample("a", "", { faithfulness: 1 }), sample("b", "", {})];
  expect(compareMetric(pairSamples(base, other), info("faithfulness"))).toMatchObject({
    n: 0,
    mean: null,
    baseMean: null,
    moved: "same",
  });
});

test("claims in the same words whose verdict changed are flips", () => {
  const base = makeEvidence({ answer: [{ by: [0] }, { by: [] }], reference: [{ by: [] }] });
  const other = makeEvidence({ answer: [{ by: [] }, { by: [] }], reference: [{ by: [0] }] });
  expect(
    findFlips(base, other).map(({ baseClaimId, from, to }) => [baseClaimId, from, to]),
  ).toEqual([
    ["a1", "supported", "unsupported"],
    ["r1", "unsupported", "supported"],
  ]);
  expect(findFlips(base, base)).toEqual([]);
});

describe("how changes are spread", () => {
  const changes = (...pairs: [number, number][]) => {
    const base = pairs.map(([value], at) => sample(`s${at}`, `q${at}`, { faithfulness: value }));
    const other = pairs.map(([, value], at) => sample(`s${at}`, `q${at}`, { faithfulness: value }));
    return compareMetric(pairSamples(base, other), info("faithfulness")).distribution;
  };

  test("every pair is in one of 21 bins, no change in the middle, the ends full losses and gains", () => {
    const counts = changes([1, 0], [0, 1], [0.5, 0.5], [0.5, 0.52], [0.4, 0.6]);
    expect(counts).toHaveLength(21);
    expect(counts.reduce((all, n) => all + n, 0)).toBe(5);
    expect([counts[0], counts[10], counts[12], counts[20]]).toEqual([1, 2, 1, 1]);
  });
});
