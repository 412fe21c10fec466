import { describe, expect, test } from "vitest";
import {
  meanInterval,
  normalShareBelow,
  studentPoint,
  sumsOf,
} from "../../src/scoring/intervals.ts";
import { createRandom } from "../../src/scoring/random.ts";
import { rateInterval } from "../../src/scoring/rate-interval.ts";

const intervalOf = (values: readonly number[]) => meanInterval(sumsOf(values));
const SIZES = [10, 30, 200];
const MEANS = [0.1, 0.5, 0.9];
const GRID = SIZES.flatMap((n) => MEANS.map((p) => ({ n, p })));

/** By the definition, term by term. */
function chance(n: number, k: number, p: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value *= ((n - k + i) / i) * p;
  return value * (1 - p) ** (n - k);
}

test.each([
  [8, 10],
  [1, 10],
  [5, 30],
  [29, 30],
  [100, 200],
  [3, 200],
])(
  "%i of %i: at both ends of the interval the tail beyond, half of the result itself, is 2.5 %%",
  (k, n) => {
    const [low, high] = rateInterval(k, n);
    const tail = (p: number, from: number, to: number) => {
      let sum = chance(n, k, p) / 2;
      for (let i = from; i <= to; i++) sum += chance(n, i, p);
      return sum;
    };
    expect(tail(low, k + 1, n)).toBeCloseTo(0.025, 9);
    expect(tail(high, 0, k - 1)).toBeCloseTo(0.025, 9);
    const [mirroredLow, mirroredHigh] = rateInterval(n - k, n);
    expect(mirroredLow).toBeCloseTo(1 - high, 9);
    expect(mirroredHigh).toBeCloseTo(1 - low, 9);
  },
);

test("a rate of 0 and 1, of two, of many thousands", () => {
  expect(intervalOf([1, 1, 1, 1, 1])).toEqual([expect.closeTo(0.05 ** (1 / 5), 9), 1]);
  expect(intervalOf([0, 0])?.[0]).toBe(0);
  expect(intervalOf([0.4])).toBeNull();
  const [low, high] = rateInterval(12_500, 50_000);
  const half = 1.959964 * Math.sqrt((0.25 * 0.75) / 50_000);
  expect(low).toBeCloseTo(0.25 - half, 4);
  expect(high).toBeCloseTo(0.25 + half, 4);
});

test("tables of the two distributions", () => {
  expect([1, 2, 3, 5, 9, 29].map((df) => Number(studentPoint(df).toFixed(2)))).toEqual([
    12.71, 4.3, 3.18, 2.57, 2.26, 2.05,
  ]);
  expect(normalShareBelow(-1.959964)).toBeCloseTo(0.025, 6);
  expect(normalShareBelow(0.5)).toBeCloseTo(0.691462, 5);
});

test("graded values: meets the textbook's interval where n is large", () => {
  const values = Array.from({ length: 1200 }, (_, i) => ((i * 37) % 100) / 100);
  const mean = values.reduce((sum, number) => sum + number, 0) / 1200;
  const half = (1.96 * 0.28866) / Math.sqrt(1200);
  const [low = 0, high = 0] = intervalOf(values) ?? [];
  expect(low).toBeCloseTo(mean - half, 3);
  expect(high).toBeCloseTo(mean + half, 3);
});

test("equal values are not taken for certainty, and the mean never leaves its interval", () => {
  const [low = 1, high = 0] = intervalOf([0.8, 0.8, 0.8]) ?? [];
  expect(high - low).toBeGreaterThan(0.05);
  expect(low).toBeLessThan(0.8);
  expect(high).toBeGreaterThan(0.8);
});

test("sums of parts give the interval of the whole", () => {
  const [a, b] = [
    [0.1, 0.9, 0.4],
    [0.7, 0.2],
  ];
  const [left, right] = [sumsOf(a ?? []), sumsOf(b ?? [])];
  const whole = meanInterval({
    n: left.n + right.n,
    sum: left.sum + right.sum,
    squares: left.squares + right.squares,
  });
  const [low = 0, high = 0] = intervalOf([...(a ?? []), ...(b ?? [])]) ?? [];
  expect(whole?.[0]).toBeCloseTo(low, 12);
  expect(whole?.[1]).toBeCloseTo(high, 12);
});

describe("coverage of a rate, counted over every possible result", () => {
  /** Probability that the interval of a sample holds the true rate: no simulation needed. */
  function coverage(n: number, p: number): number {
    let total = 0;
    for (let k = 0; k <= n; k++) {
      const [low, high] = rateInterval(k, n);
      if (low <= p && p <= high) total += chance(n, k, p);
    }
    return total;
  }

  /**
   * Every coverage any interval could have: the results whose intervals hold p are a run of neighbours, and at p = 0.5,
   * for an interval that treats yes and no alike, a run that is its own mirror.
   */
  function attainable(n: number, p: number): number[] {
    const found: number[] = [];
    for (let from = 0; from <= n; from++) {
      let sum = 0;
      for (let to = from; to <= n; to++) {
        sum += chance(n, to, p);
        if (p !== 0.5 || from + to === n) found.push(sum);
      }
    }
    return found;
  }

  const isInside = (value: number) => value >= 0.93 && value <= 0.97;
  const percent = (value: number) => `${(value * 100).toFixed(2)} %`;

  test.each(GRID)("n = $n, p = $p: 93 to 97 of a hundred, where any interval can", ({ n, p }) => {
    const found = coverage(n, p);
    const values = attainable(n, p);
    const below = Math.max(...values.filter((value) => value < 0.93));
    const above = Math.min(...values.filter((value) => value > 0.97));
    if (values.some(isInside)) {
      console.log(`n ${n}, p ${p}: ${percent(found)}`);
      expect(found).toBeGreaterThanOrEqual(0.93);
      expect(found).toBeLessThanOrEqual(0.97);
      return;
    }
    console.log(
      `n ${n}, p ${p}: ${percent(found)}; no interval can be inside, the nearest are ${percent(below)} and ${percent(above)}`,
    );
    // Then it takes the nearest on the safe side.
    expect(found).toBeCloseTo(above, 9);
  });

  test("three cells alone have nothing inside, all of them of ten samples", () => {
    const impossible = GRID.filter(({ n, p }) => !attainable(n, p).some(isInside));
    expect(impossible).toEqual([
      { n: 10, p: 0.1 },
      { n: 10, p: 0.5 },
      { n: 10, p: 0.9 },
    ]);
  });
});

describe("coverage of graded metrics, simulated", () => {
  const random = createRandom(7);
  const share = (claims: number, p: number) => {
    let hits = 0;
    for (let i = 0; i < claims; i++) if (random() < p) hits++;
    return hits / claims;
  };
  /** Answers of 2 to 6 claims: what faithfulness looks like. */
  const drawGraded = (p: number) => share(2 + Math.floor(random() * 5), p);

  test.each(GRID)("n = $n, mean = $p: 93 to 97 of a hundred", ({ n, p }) => {
    // Ten samples at an edge hold a handful of values: there the interval errs on the safe side.
    const most = n === 10 && p !== 0.5 ? 0.98 : 0.97;
    const rounds = 4000;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const [low = 0, high = 0] = intervalOf(Array.from({ length: n }, () => drawGraded(p))) ?? [];
      if (low <= p && p <= high) held++;
    }
    expect(held / rounds).toBeGreaterThanOrEqual(0.93);
    expect(held / rounds).toBeLessThanOrEqual(most);
  });
});
