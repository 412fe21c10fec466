import { normalShareBelow, studentPoint } from "./intervals.ts";
import { createRandom } from "./random.ts";

const SEED = 20_260_101;
const RESAMPLES = 2000;
const FLIPS = 5000;
/** Every way to flip the signs is tried up to here: 32,768 of them. */
const EXACT_UP_TO = 15;
/** From here on means are normal enough, and resampling would only cost time. */
const NORMAL_FROM = 1000;
/** With five pairs even the clearest result has a chance of 2 in 32: nothing could be called real at 5 %. */
const FEWEST_PAIRS = 6;
const ALPHA = 0.05;
/** Two-sided 5 % and a power of 80 %: 1.96 + 0.84 standard errors. */
const DETECTABLE_ERRORS = 2.8016;

type DifferenceVerdict = "real" | "within_noise" | "too_few_samples";

export interface PairedDifference {
  /** Number of pairs. */
  n: number;
  /** Mean of other − base; null without pairs. */
  mean: number | null;
  /** 95 %, null for fewer than two pairs. */
  interval: [number, number] | null;
  /** Two-sided, of the sign-flip test; null for fewer than two pairs. */
  pValue: number | null;
  verdict: DifferenceVerdict;
  /** The true difference a comparison of this size and spread finds four times out of five; null when unknown. */
  detectable: number | null;
}

/**
 * Is the mean of paired differences more than chance? Interval: seeded bootstrap over pairs, its percentiles widened
 * for small n (Hesterberg's expanded percentile interval). Test: sign flips, all of them for n ≤ 15, else 5,000 seeded
 * ones; under "both runs are alike" each difference could as well have the other sign. `real` needs both to agree.
 */
export function judgeDifferences(differences: readonly number[]): PairedDifference {
  const n = differences.length;
  if (n === 0) {
    const verdict = "too_few_samples";
    return { n, mean: null, interval: null, pValue: null, verdict, detectable: null };
  }
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) {
    const verdict = "too_few_samples";
    return { n, mean, interval: null, pValue: null, verdict, detectable: null };
  }
  const error = standardError(differences, mean);
  const interval = bootstrapInterval(differences, mean, error);
  const pValue = signFlipTest(differences);
  const isClear = pValue <= ALPHA && (interval[0] > 0 || interval[1] < 0);
  return {
    n,
    mean,
    interval,
    pValue,
    verdict: n < FEWEST_PAIRS ? "too_few_samples" : isClear ? "real" : "within_noise",
    detectable: error === 0 ? null : DETECTABLE_ERRORS * error,
  };
}

function standardError(values: readonly number[], mean: number): number {
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function bootstrapInterval(
  values: readonly number[],
  mean: number,
  error: number,
): [number, number] {
  const n = values.length;
  if (n >= NORMAL_FROM) return [mean - 1.959964 * error, mean + 1.959964 * error];
  const random = createRandom(SEED);
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[Math.floor(random() * n)] ?? 0;
    means[resample] = sum / n;
  }
  means.sort();
  const tail = normalShareBelow(-Math.sqrt(n / (n - 1)) * studentPoint(n - 1));
  return [quantile(means, tail), quantile(means, 1 - tail)];
}

function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  return low + ((sorted[below + 1] ?? low) - low) * (place - below);
}

/** Two-sided p of "each difference could as well have the other sign". */
export function signFlipTest(differences: readonly number[]): number {
  // A difference of nothing has no sign; leaving it out changes no flipped sum.
  const values = differences.filter((value) => value !== 0);
  const n = values.length;
  if (n === 0) return 1;
  const total = Math.abs(values.reduce((sum, value) => sum + value, 0));
  // Sums of the same numbers in another order may differ in the last bits.
  const limit = total - 1e-9 * values.reduce((sum, value) => sum + Math.abs(value), 0);
  if (n >= NORMAL_FROM) {
    const spread = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    return 2 * normalShareBelow(-total / spread);
  }
  const eights = flipEights(values);
  if (n <= EXACT_UP_TO) {
    const hits = countFar(2 ** n, limit, eights, (flip, eight) => (flip >> (8 * eight)) & 255);
    return hits / 2 ** n;
  }
  const random = createRandom(SEED);
  return (countFar(FLIPS, limit, eights, () => Math.floor(random() * 256)) + 1) / (FLIPS + 1);
}

/** For each eight values the sums of all 256 ways to flip their signs: a flip of all values adds one of each. */
function flipEights(values: readonly number[]): Float64Array[] {
  return Array.from({ length: Math.ceil(values.length / 8) }, (_, eight) => {
    const own = values.slice(8 * eight, 8 * eight + 8);
    return Float64Array.from({ length: 256 }, (_, signs) =>
      own.reduce((sum, value, at) => sum + ((signs >> at) & 1 ? -value : value), 0),
    );
  });
}

/** How many of the flips lie at least as far from nothing as `limit`. */
function countFar(
  flips: number,
  limit: number,
  eights: readonly Float64Array[],
  signsOf: (flip: number, eight: number) => number,
): number {
  let far = 0;
  for (let flip = 0; flip < flips; flip++) {
    let sum = 0;
    for (let eight = 0; eight < eights.length; eight++) {
      sum += eights[eight]?.[signsOf(flip, eight)] ?? 0;
    }
    if (Math.abs(sum) >= limit) far++;
  }
  return far;
}
