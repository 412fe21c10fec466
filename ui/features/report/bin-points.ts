import type { SamplePoint } from "../../../src/contract/sample-points.ts";

/** Samples that lie so close that they would be one dot. */
export interface Dot {
  /** 0..1 from left to right and from bottom to top; the middle of its samples. */
  x: number;
  y: number;
  samples: readonly SamplePoint[];
}

/** Cells of the scale in each direction: fine enough to see shape, few enough to walk by keys. */
const CELLS = 25;

/** One dot a cell, from left to right and bottom to top: a thousand samples are a few hundred dots at most. */
export function binPoints(
  points: readonly SamplePoint[],
  position: { x: (value: number) => number; y: (value: number) => number },
): Dot[] {
  const cells = new Map<number, SamplePoint[]>();
  for (const point of points) {
    const key = cellOf(position.x(point.x)) * CELLS + cellOf(position.y(point.y));
    const cell = cells.get(key);
    if (cell) cell.push(point);
    else cells.set(key, [point]);
  }
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([, samples]) => ({
      x: mean(samples.map((point) => position.x(point.x))),
      y: mean(samples.map((point) => position.y(point.y))),
      samples,
    }));
}

/** The nearest dot in a direction, rather straight ahead than aside; null: none on that side. */
export function nextDot(
  dots: readonly Dot[],
  from: number,
  direction: { dx: -1 | 0 | 1; dy: -1 | 0 | 1 },
): number | null {
  const start = dots[from];
  if (!start) return dots.length > 0 ? 0 : null;
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, dot] of dots.entries()) {
    const dx = dot.x - start.x;
    const dy = dot.y - start.y;
    const ahead = dx * direction.dx + dy * direction.dy;
    if (at === from || ahead <= 1e-9) continue;
    const aside = Math.abs(dx * direction.dy) + Math.abs(dy * direction.dx);
    // What lies more aside than ahead comes only when nothing else is there.
    const distance = ahead + 3 * aside + (aside > ahead ? 10 : 0);
    if (distance < least) {
      least = distance;
      best = at;
    }
  }
  return best;
}

/** How many samples lie in each quarter: below or above the middle of both scales. */
export function countQuarters(dots: readonly Dot[]): Record<"ll" | "lh" | "hl" | "hh", number> {
  const counts = { ll: 0, lh: 0, hl: 0, hh: 0 };
  for (const { x, y, samples } of dots) {
    counts[`${x < 0.5 ? "l" : "h"}${y < 0.5 ? "l" : "h"}`] += samples.length;
  }
  return counts;
}

function cellOf(position: number): number {
  return Math.min(CELLS - 1, Math.floor(position * CELLS));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
