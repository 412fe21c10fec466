import type { MeasuredClaim } from "../../src/judges/offline/check-claim.ts";

/** One row of a fit: a bag of claims, good only if its weakest claim is good. */
export interface Bag {
  claims: readonly (readonly number[])[];
  label: number;
  /** The claims with what is proved for or against them, of claims that are checked against passages. */
  measured?: readonly MeasuredClaim[];
  /** Share of this bag in the loss. */
  weight: number;
  /** Rows that are ranked against each other share a group. */
  group?: string;
}

export interface Model {
  intercept: number;
  weights: number[];
}

export interface FitOptions {
  penalty: number;
  /** +1, −1 or 0 (free) a feature. */
  signs: readonly number[];
  /** What a weight is believed to be before any row is seen; 0 when absent. The penalty pulls towards it. */
  priors?: readonly number[];
}

/**
 * Logistic regression with L2 on standardised features, by Newton's method; the standardisation is folded into the
 * weights afterwards. `signs` (+1, −1, 0 free) keep each weight on the side its reason allows: a feature that would
 * count the other way round has met a peculiarity of one set. Rows with several claims count through their weakest claim, chosen anew each round.
 */
export function fitLogistic(
  bags: readonly Bag[],
  { penalty, signs, priors = [] }: FitOptions,
  rounds = 25,
): Model {
  const width = bags[0]?.claims[0]?.length ?? 0;
  const { means, scales } = standards(bags, width);
  const scaled = bags.map((bag) => ({
    ...bag,
    claims: bag.claims.map((claim) => [
      1,
      ...claim.map((value, i) => (value - (means[i] ?? 0)) / (scales[i] ?? 1)),
    ]),
  }));
  let beta = new Array<number>(width + 1).fill(0);
  const total = bags.reduce((sum, bag) => sum + bag.weight, 0);
  const believed = scales.map((scale, i) => (priors[i] ?? 0) * scale);
  for (let round = 0; round < rounds; round++) {
    const gradient = new Array<number>(width + 1).fill(0);
    const hessian = gradient.map(() => new Array<number>(width + 1).fill(0));
    for (const { claims, label, weight } of scaled) {
      const x = weakest(claims, beta);
      const p = 1 / (1 + Math.exp(-dot(x, beta)));
      const w = weight / total;
      for (let i = 0; i <= width; i++) {
        gradient[i] = (gradient[i] ?? 0) + w * (label - p) * (x[i] ?? 0);
        const row = hessian[i] ?? [];
        for (let j = 0; j <= width; j++)
          row[j] = (row[j] ?? 0) + w * p * (1 - p) * (x[i] ?? 0) * (x[j] ?? 0);
      }
    }
    for (let i = 1; i <= width; i++) {
      gradient[i] = (gradient[i] ?? 0) - penalty * ((beta[i] ?? 0) - (believed[i - 1] ?? 0));
      const row = hessian[i] ?? [];
      row[i] = (row[i] ?? 0) + penalty;
    }
    const step = boundedStep(hessian, gradient, beta, [0, ...signs]);
    beta = beta.map((value, i) => value + (step[i] ?? 0));
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  const weights = scales.map((scale, i) => (beta[i + 1] ?? 0) / scale);
  const intercept = (beta[0] ?? 0) - dot(weights, means);
  return { intercept, weights };
}

function weakest(claims: readonly number[][], beta: readonly number[]): number[] {
  let found = claims[0] ?? [];
  let lowest = Number.POSITIVE_INFINITY;
  for (const claim of claims) {
    const value = dot(claim, beta);
    if (value < lowest) [lowest, found] = [value, claim];
  }
  return found;
}

function standards(bags: readonly Bag[], width: number): { means: number[]; scales: number[] } {
  const sums = new Array<number>(width).fill(0);
  const squares = new Array<number>(width).fill(0);
  let total = 0;
  for (const { claims, weight } of bags) {
    for (const claim of claims) {
      const w = weight / claims.length;
      total += w;
      claim.forEach((value, i) => {
        sums[i] = (sums[i] ?? 0) + w * value;
        squares[i] = (squares[i] ?? 0) + w * value * value;
      });
    }
  }
  const means = sums.map((sum) => sum / total);
  const scales = squares.map((square, i) => Math.sqrt(square / total - (means[i] ?? 0) ** 2) || 1);
  return { means, scales };
}

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Newton step under bounds: minimises ½ dᵀHd − gᵀd by cyclic coordinate descent, where β + d must keep the wanted signs.
 */
function boundedStep(
  hessian: readonly number[][],
  gradient: readonly number[],
  beta: readonly number[],
  signs: readonly number[],
): number[] {
  const step = gradient.map(() => 0);
  for (let sweep = 0; sweep < 200; sweep++) {
    let moved = 0;
    gradient.forEach((slope, i) => {
      const row = hessian[i] ?? [];
      const now = step[i] ?? 0;
      const free = now + (slope - dot(row, step)) / (row[i] || 1e-12);
      const sign = signs[i] ?? 0;
      const target = (beta[i] ?? 0) + free;
      const next = sign !== 0 && target * sign < 0 ? -(beta[i] ?? 0) : free;
      moved = Math.max(moved, Math.abs(next - now));
      step[i] = next;
    });
    if (moved < 1e-9) break;
  }
  return step;
}
