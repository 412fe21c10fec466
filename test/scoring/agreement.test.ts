import { describe, expect, test } from "vitest";
import { correctMean, type Label, measureAgreement } from "../../src/scoring/agreement.ts";
import { sumsOf } from "../../src/scoring/intervals.ts";
import { createRandom } from "../../src/scoring/random.ts";

const labels = (counts: { yy: number; yn: number; ny: number; nn: number }): Label[] => [
  ...Array.from({ length: counts.yy }, () => ({ judged: true, human: true })),
  ...Array.from({ length: counts.yn }, () => ({ judged: true, human: false })),
  ...Array.from({ length: counts.ny }, () => ({ judged: false, human: true })),
  ...Array.from({ length: counts.nn }, () => ({ judged: false, human: false })),
];

describe("Cohen's kappa", () => {
  test("the textbook's example: 0.7 agreement, 0.5 by chance", () => {
    const found = measureAgreement(labels({ yy: 20, yn: 5, ny: 10, nn: 15 }));
    expect(found.rate).toBeCloseTo(0.7, 12);
    expect(found.kappa).toBeCloseTo(0.4, 12);
  });

  test("all the same word: agreement, but no kappa", () => {
    expect(measureAgreement(labels({ yy: 9, yn: 0, ny: 0, nn: 0 }))).toMatchObject({
      rate: 1,
      kappa: null,
    });
    expect(measureAgreement([])).toEqual({ n: 0, rate: null, interval: null, kappa: null });
  });
});

describe("the corrected mean", () => {
  test("waits for twenty labels", () => {
    const raw = sumsOf([1, 0.5, 0.8, 1]);
    expect(correctMean(raw, labels({ yy: 19, yn: 0, ny: 0, nn: 0 }))).toBeNull();
    expect(correctMean(raw, labels({ yy: 20, yn: 0, ny: 0, nn: 0 }))?.bias).toBe(0);
  });

  test("a judge that is too kind is brought down by what people found", () => {
    const raw = sumsOf(Array.from({ length: 50 }, () => 0.9));
    const found = correctMean(raw, labels({ yy: 24, yn: 6, ny: 0, nn: 0 }));
    expect(found?.mean).toBeCloseTo(0.7, 12);
    expect(found?.interval[0]).toBeLessThan(0.7);
    expect(found?.interval[1]).toBeGreaterThan(0.7);
  });

  test("the interval covers the truth 93 to 98 times of a hundred, also for a judge that is often wrong", () => {
    const random = createRandom(9);
    const draw = (p: number) => random() < p;
    for (const { truth, misses, invents } of [
      { truth: 0.8, misses: 0.1, invents: 0.4 },
      { truth: 0.5, misses: 0.2, invents: 0.1 },
    ]) {
      let held = 0;
      const rounds = 2000;
      for (let round = 0; round < rounds; round++) {
        const judge = (human: boolean) => (human ? !draw(misses) : draw(invents));
        const values = Array.from({ length: 80 }, () => Number(judge(draw(truth))));
        const reviewed = Array.from({ length: 40 }, () => {
          const human = draw(truth);
          return { human, judged: judge(human) };
        });
        const [low, high] = correctMean(sumsOf(values), reviewed)?.interval ?? [0, 0];
        if (low <= truth && truth <= high) held++;
      }
      expect(held / rounds).toBeGreaterThanOrEqual(0.93);
      expect(held / rounds).toBeLessThanOrEqual(0.98);
    }
  });
});
