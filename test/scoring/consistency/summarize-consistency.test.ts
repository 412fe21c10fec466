import { describe, expect, test } from "vitest";
import { metricInfo } from "../../../src/reports/metric-info.ts";
import { RANDOM_SHARE, type SecondAsks } from "../../../src/scoring/consistency/second-asks.ts";
import { summarizeConsistency } from "../../../src/scoring/consistency/summarize-consistency.ts";
import { scored } from "../../../src/scoring/outcomes.ts";
import { createRandom } from "../../../src/scoring/random.ts";
import { summarizeMetric } from "../../../src/scoring/statistics.ts";

const NONE: SecondAsks = {
  verdicts: 0,
  doubtful: 0,
  doubtfulAsked: [0, 0],
  randomAsked: [0, 0],
  noise: {},
};

test("doubtful verdicts count by their share, random ones for all others", () => {
  const found = summarizeConsistency([
    { ...NONE, verdicts: 100, doubtful: 10, doubtfulAsked: [10, 5], randomAsked: [6, 0] },
    { ...NONE, verdicts: 100, doubtful: 10, doubtfulAsked: [10, 3], randomAsked: [4, 1] },
  ]);
  expect(found?.doubtful).toMatchObject({ asked: 20, flipped: 8, rate: 0.4 });
  expect(found?.random).toMatchObject({ asked: 10, flipped: 1, rate: 0.1 });
  expect(found?.flip_rate).toBeCloseTo(0.1 * 0.4 + 0.9 * 0.1, 12);
});

test("says nothing about all verdicts while none was drawn, and nothing at all when nothing was asked", () => {
  expect(summarizeConsistency([])).toBeNull();
  expect(
    summarizeConsistency([{ ...NONE, verdicts: 5, doubtful: 2, doubtfulAsked: [2, 1] }]),
  ).toMatchObject({ doubtful: { rate: 0.5 }, flip_rate: null, interval: null });
  // Every verdict was doubtful: then all of them were asked.
  expect(
    summarizeConsistency([{ ...NONE, verdicts: 4, doubtful: 4, doubtfulAsked: [4, 1] }]),
  ).toMatchObject({ flip_rate: 0.25 });
});

describe("the interval of the flip rate holds the true rate", () => {
  const random = createRandom(5);
  test.each([
    { share: 0.2, doubtful: 0.4, others: 0.05, verdicts: 2000 },
    { share: 0.1, doubtful: 0.5, others: 0.1, verdicts: 600 },
  ])("$share doubtful, $verdicts verdicts", ({ share, doubtful, others, verdicts }) => {
    const truth = share * doubtful + (1 - share) * others;
    let held = 0;
    let told = 0;
    for (let round = 0; round < 1500; round++) {
      const asks: SecondAsks = { ...NONE, verdicts, doubtfulAsked: [0, 0], randomAsked: [0, 0] };
      for (let n = 0; n < verdicts; n++) {
        const isDoubtful = random() < share;
        const flips = random() < (isDoubtful ? doubtful : others);
        asks.doubtful += Number(isDoubtful);
        const asked = isDoubtful ? asks.doubtfulAsked : asks.randomAsked;
        if (!isDoubtful && random() >= RANDOM_SHARE) continue;
        asked[0] += 1;
        asked[1] += Number(flips);
      }
      const { interval } = summarizeConsistency([asks]) ?? { interval: null };
      if (interval === null) continue;
      told += 1;
      if (interval[0] <= truth && truth <= interval[1]) held += 1;
    }
    console.log(`flip rate ${truth}: interval holds it in ${((held / told) * 100).toFixed(1)} %`);
    expect(held / told).toBeGreaterThan(0.92);
  });
});

test("the judge's noise widens the interval of a mean, and never past what is possible", () => {
  const values = Array.from({ length: 40 }, (_, n) => (n % 4 === 0 ? 0.5 : 1));
  const outcomes = values.map((value) => scored(value, "llm"));
  const info = metricInfo("faithfulness");
  const plain = summarizeMetric(outcomes, info);
  const noisy = summarizeMetric(outcomes, info, 40 * 0.02);
  const [low = 0, high = 0] = plain.interval ?? [];
  const [lower = 0, higher = 0] = noisy.interval ?? [];
  expect(lower).toBeLessThan(low);
  expect(higher).toBeGreaterThan(high);
  expect(higher).toBeLessThanOrEqual(1);
  // Standard error of the judge alone: √0.8 ÷ 40.
  const mean = plain.mean ?? 0;
  expect((mean - lower) ** 2 - (mean - low) ** 2).toBeCloseTo(
    (1.959964 * Math.sqrt(0.8)) ** 2 / 1600,
    10,
  );
  expect(noisy.mean).toBe(plain.mean);
});
