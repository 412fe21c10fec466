import { describe, expect, test } from "vitest";
import {
  meanInterval,
  normalShareBelow,
  studentPoint,
  sumsOf,
  wilsonInterval,
} from "../../src/scoring/intervals.ts";
import { createRandom } from "../../src/scoring/random.ts";

const intervalOf = (values: readonly number[]) => meanInterval(sumsOf(values));
const SIZES = [10, 30, 200];
const MEANS = [0.1, 0.5, 0.9];
const GRID = SIZES.flatMap((n) => MEANS.map((p) => ({ n, p })));

test("Wilson's values for rates", () => {
  const [low, high] = wilsonInterval(8, 10);
  expect(low).toBeCloseTo(0.4902, 4);
  expect(high).toBeCloseTo(0.9433, 4);
  expect(intervalOf([1, 1, 1, 1, 1])?.[0]).toBeCloseTo(0.5655, 4);
  expect(intervalOf([1, 1, 1, 1, 1])?.[1]).toBe(1);
  expect(intervalOf([0, 0])?.[0]).toBe(0);
  expect(intervalOf([0.4])).toBeNull();
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
    let chance = (1 - p) ** n;
    for (let k = 0; k <= n; k++) {
      const [low, high] = wilsonInterval(k, n);
      if (low <= p && p <= high) total += chance;
      chance *= ((n - k) / (k + 1)) * (p / (1 - p));
    }
    return total;
  }

  /**
   * Ten yes-or-no answers have eleven results, so coverage comes in steps: at p = 0.5 there is nothing between 89.1 and
   * 97.9 %, at p = 0.1 nothing between 92.98 and 98.7 %, and Wilson takes the nearer one. At n = 30 the steps around
   * 95 % are 93.2 and 97.4, and it takes the safe one.
   */
  const ATTAINABLE = new Map([
    ["10 0.1", 0.9298],
    ["10 0.5", 0.9785],
    ["10 0.9", 0.9298],
    ["30 0.1", 0.9742],
    ["30 0.9", 0.9742],
  ]);

  test.each(GRID)("n = $n, p = $p", ({ n, p }) => {
    const found = coverage(n, p);
    const known = ATTAINABLE.get(`${n} ${p}`);
    if (known !== undefined) expect(found).toBeCloseTo(known, 4);
    else expect(found).toBeGreaterThanOrEqual(0.93);
    if (known === undefined) expect(found).toBeLessThanOrEqual(0.97);
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
