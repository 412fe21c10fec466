import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binPoints, countQuarters, nextDot } from "../../ui/features/report/bin-points.ts";

const same = { x: (value: number) => value, y: (value: number) => value };
const pointAt = (sample_id: string, x: number, y: number) => ({ sample_id, x, y });

describe("samples as dots", () => {
  test("what lies close is one dot, and no sample is lost", () => {
    const dots = binPoints(
      [pointAt("甲", 1, 1), pointAt("b", 0.99, 1), pointAt("c", 0.2, 0.8)],
      same,
    );
    expect(dots.map(({ samples }) => samples.map(({ sample_id }) => sample_id))).toEqual([
      ["c"],
      ["甲", "b"],
    ]);
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 300 }), (pairs) => {
        const found = binPoints(
          pairs.map(([x, y], at) => pointAt(String(at), x, y)),
          same,
        );
        expect(found.flatMap(({ samples }) => samples)).toHaveLength(pairs.length);
        const { ll, lh, hl, hh } = countQuarters(found);
        expect(ll + lh + hl + hh).toBe(pairs.length);
      }),
    );
  });

  test("2,000 samples are at most as many dots as there are cells", () => {
    const points = Array.from({ length: 2000 }, (_, at) =>
      pointAt(String(at), (at % 97) / 97, (at % 89) / 89),
    );
    expect(binPoints(points, same).length).toBeLessThanOrEqual(25 * 25);
  });

  test("an arrow key goes to the nearest dot on that side, and stays where there is none", () => {
    const dots = binPoints(
      [pointAt("a", 0.1, 0.1), pointAt("b", 0.5, 0.12), pointAt("c", 0.3, 0.9)],
      same,
    );
    const at = (id: string) => dots.findIndex(({ samples }) => samples[0]?.sample_id === id);
    expect(nextDot(dots, -1, { dx: 1, dy: 0 })).toBe(0);
    expect(nextDot(dots, at("a"), { dx: 1, dy: 0 })).toBe(at("b"));
    expect(nextDot(dots, at("a"), { dx: 0, dy: 1 })).toBe(at("c"));
    expect(nextDot(dots, at("b"), { dx: 1, dy: 0 })).toBeNull();
    expect(nextDot([], -1, { dx: 1, dy: 0 })).toBeNull();
  });
});
