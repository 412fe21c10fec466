/** The measures of the bench. Scores: higher means more supported; labels: 1 good, 0 bad. */

/** Ranks from 1, ties share their mean rank. */
function rankValues(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Chance that a good row scores above a bad one, ties half. NaN when one class is absent. */
export function auroc(scores: readonly number[], labels: readonly number[]): number {
  const ranks = rankValues(scores);
  let good = 0;
  let sum = 0;
  labels.forEach((label, i) => {
    if (label !== 1) return;
    good++;
    sum += ranks[i] ?? 0;
  });
  const bad = labels.length - good;
  return (sum - (good * (good + 1)) / 2) / (good * bad);
}

/** Mean of the two classes' accuracies at a threshold (score ≥ threshold is "good"). */
export function balancedAccuracy(
  scores: readonly number[],
  labels: readonly number[],
  threshold: number,
): number {
  const right = [0, 0];
  const total = [0, 0];
  labels.forEach((label, i) => {
    total[label] = (total[label] ?? 0) + 1;
    if (((scores[i] ?? 0) >= threshold ? 1 : 0) === label) right[label] = (right[label] ?? 0) + 1;
  });
  return ((right[0] ?? 0) / (total[0] ?? 1) + (right[1] ?? 0) / (total[1] ?? 1)) / 2;
}

export function accuracy(
  scores: readonly number[],
  labels: readonly number[],
  threshold: number,
): number {
  return mean(
    labels.map((label, i) => (((scores[i] ?? 0) >= threshold ? 1 : 0) === label ? 1 : 0)),
  );
}

/** Share of differences above zero, ties half: better minus worse of each pair. */
export function pairwiseAccuracy(differences: readonly number[]): number {
  return mean(differences.map((difference) => (difference > 0 ? 1 : difference === 0 ? 0.5 : 0)));
}

/** Average precision of one ranking; ties are broken against us (irrelevant first). */
export function averagePrecision(scores: readonly number[], relevance: readonly number[]): number {
  const order = scores
    .map((_, i) => i)
    .sort(
      (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || (relevance[a] ?? 0) - (relevance[b] ?? 0),
    );
  let found = 0;
  let sum = 0;
  order.forEach((at, rank) => {
    if (relevance[at] !== 1) return;
    found++;
    sum += found / (rank + 1);
  });
  return found === 0 ? Number.NaN : sum / found;
}

export function pearson(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [da, db] = [value - meanA, (b[i] ?? 0) - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

export function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(rankValues(a), rankValues(b));
}

/** Expected calibration error over ten equal bins of the probability. */
export function calibrationError(
  probabilities: readonly number[],
  labels: readonly number[],
): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, probability: 0, good: 0 }));
  probabilities.forEach((probability, i) => {
    const bin = bins[Math.min(9, Math.floor(probability * 10))];
    if (!bin) return;
    bin.n++;
    bin.probability += probability;
    bin.good += labels[i] ?? 0;
  });
  const gaps = bins.map(({ probability, good }) => Math.abs(probability - good));
  return gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, probabilities.length);
}

/** The same over bins that hold equally many rows, by order: where all values lie close, equal bins hide the error. */
export function equalMassError(
  probabilities: readonly number[],
  labels: readonly number[],
  bins = 10,
): number {
  const order = probabilities
    .map((_, i) => i)
    .sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0) || a - b);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const rows = order.slice(
      Math.floor((bin * order.length) / bins),
      Math.floor(((bin + 1) * order.length) / bins),
    );
    error += Math.abs(
      rows.reduce((sum, row) => sum + (probabilities[row] ?? 0) - (labels[row] ?? 0), 0),
    );
  }
  return error / Math.max(1, probabilities.length);
}

export function mean(values: readonly number[]): number {
  return values.length === 0
    ? Number.NaN
    : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Numbers 0..1 from a fixed seed (mulberry32), so that intervals repeat. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** 95 % interval of `measure(rows)` under resampling of row indices; pairs stay pairs. */
export function bootstrapInterval(
  n: number,
  measure: (rows: readonly number[]) => number,
  rounds = 500,
): [number, number] {
  const random = seededRandom(20261123);
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const value = measure(Array.from({ length: n }, () => Math.floor(random() * n)));
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.floor(share * (values.length - 1))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
