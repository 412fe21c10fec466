import { type Sums, studentPoint } from "./intervals.ts";
import { rateInterval } from "./rate-interval.ts";

/** One thing both the judge and people said yes or no to. */
export interface Label {
  judged: boolean;
  human: boolean;
}

export interface Agreement {
  n: number;
  /** Share on which judge and people agree, 0..1; null without labels. */
  rate: number | null;
  interval: [number, number] | null;
  /** Cohen's κ, −1..1; null when one of the two always says the same, so chance explains everything. */
  kappa: number | null;
}

export function measureAgreement(labels: readonly Label[]): Agreement {
  const n = labels.length;
  if (n === 0) return { n, rate: null, interval: null, kappa: null };
  const same = labels.filter(({ judged, human }) => judged === human).length;
  const judgedYes = labels.filter(({ judged }) => judged).length / n;
  const humanYes = labels.filter(({ human }) => human).length / n;
  const byChance = judgedYes * humanYes + (1 - judgedYes) * (1 - humanYes);
  const rate = same / n;
  return {
    n,
    rate,
    interval: n < 2 ? null : rateInterval(same, n),
    kappa: byChance === 1 ? null : (rate - byChance) / (1 - byChance),
  };
}

export interface CorrectedMean {
  mean: number;
  interval: [number, number];
  /** What the judge is off by on the labelled claims: mean of (human − judge). */
  bias: number;
  labels: number;
}

/** Labels below this say too little about the judge's bias. */
const FEWEST_LABELS = 20;

/**
 * The mean of a metric, corrected by what people said on a part of its claims: raw mean + mean(human − judge), the
 * prediction-powered estimate (Angelopoulos et al. 2023), with a 95 % interval from both variances. Right as far as the
 * labelled claims are like the others. null with fewer than 20 labels or two samples.
 */
export function correctMean(raw: Sums, labels: readonly Label[]): CorrectedMean | null {
  const { n, sum, squares } = raw;
  const count = labels.length;
  if (count < FEWEST_LABELS || n < 2) return null;
  const differences = labels.map(({ judged, human }) => Number(human) - Number(judged));
  const bias = differences.reduce((total, value) => total + value, 0) / count;
  const spread = differences.reduce((total, value) => total + (value - bias) ** 2, 0) / (count - 1);
  // Twenty labels without a disagreement do not prove that there never is one.
  const disagreements = differences.filter((value) => value !== 0).length;
  const rate = (disagreements + 1) / (count + 2);
  const labelVariance = Math.max(spread, rate * (1 - rate)) / count;
  const rawVariance = Math.max(0, (squares - (sum * sum) / n) / (n - 1)) / n;
  const half = studentPoint(Math.min(n, count) - 1) * Math.sqrt(labelVariance + rawVariance);
  const mean = clamp(sum / n + bias);
  return { mean, interval: [clamp(mean - half), clamp(mean + half)], bias, labels: count };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
