const RESAMPLES = 1000;
const SEED = 0x70c4;
/** Beyond this the normal approximation is as good as resampling, and far cheaper. */
const MOST_RESAMPLED = 1000;

/** Mean with a 95 % interval: seeded bootstrap over the samples, so the same values give the same numbers. */
export function bootstrapMean(values: readonly number[]): {
  bound: number;
  interval: [number, number] | null;
} {
  const n = values.length;
  const bound = n === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { bound, interval: null };
  return { bound, interval: n > MOST_RESAMPLED ? approximate(values, bound) : resample(values) };
}

function resample(values: readonly number[]): [number, number] {
  const random = mulberry32(SEED);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++)
      sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / values.length;
  }).sort((a, b) => a - b);
  return [means[Math.floor(RESAMPLES * 0.025)] ?? 0, means[Math.ceil(RESAMPLES * 0.975) - 1] ?? 0];
}

function approximate(values: readonly number[], mean: number): [number, number] {
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (values.length - 1) / values.length);
  return [Math.max(0, mean - 1.96 * error), Math.min(1, mean + 1.96 * error)];
}

/** Tommy Ettinger's 32-bit generator: small, and the same on every engine. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
