import { describe, expect, it } from "vitest";
import { differenceOfMeans } from "../../src/scoring/difference-of-means.ts";

describe("difference of two means known by their intervals", () => {
  it("gives the textbook interval for symmetric ones: half widths add as squares", () => {
    const found = differenceOfMeans(
      { mean: 0.5, interval: [0.47, 0.53] },
      { mean: 0.6, interval: [0.56, 0.64] },
    );
    expect(found.difference).toBeCloseTo(0.1, 12);
    expect(found.interval?.[0]).toBeCloseTo(0.05, 12);
    expect(found.interval?.[1]).toBeCloseTo(0.15, 12);
    expect(found.side).toBe("above");
  });

  it("takes the side of each interval that matters when they are lopsided", () => {
    const found = differenceOfMeans(
      { mean: 0.9, interval: [0.6, 0.94] },
      { mean: 0.8, interval: [0.77, 0.99] },
    );
    expect(found.interval?.[0]).toBeCloseTo(-0.1 - Math.hypot(0.03, 0.04), 12);
    expect(found.interval?.[1]).toBeCloseTo(-0.1 + Math.hypot(0.19, 0.3), 12);
    expect(found.side).toBe("unclear");
  });

  it("turns round with the runs", () => {
    const a = { mean: 0.3, interval: [0.2, 0.35] as const };
    const b = { mean: 0.7, interval: [0.6, 0.9] as const };
    const there = differenceOfMeans(a, b);
    const back = differenceOfMeans(b, a);
    expect(back.difference).toBe(-there.difference);
    expect(back.interval).toEqual([-(there.interval?.[1] ?? 0), -(there.interval?.[0] ?? 0)]);
    expect([there.side, back.side]).toEqual(["above", "below"]);
  });

  it("claims nothing without an interval", () => {
    const one = { mean: 0.1, interval: null };
    expect(differenceOfMeans(one, { mean: 0.9, interval: [0.9, 0.9] })).toMatchObject({
      interval: null,
      side: "unclear",
    });
  });
});
