/** Logarithm of the gamma function for x > 0, to about 1e-13 (Lanczos, g = 7, nine terms). */
function logGamma(x: number): number {
  const [first = 0, ...rest] = LANCZOS;
  const y = x - 1;
  const sum = rest.reduce((total, term, at) => total + term / (y + at + 1), first);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

const MOST_TERMS = 500;
const TINY = 1e-300;

/** Regularised incomplete beta function (continued fraction, modified Lentz; Numerical Recipes 6.4). */
function betaShare(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const log = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x);
  const front = Math.exp(log);
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return fraction;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** Chance of exactly k successes of n. */
function binomialChance(k: number, n: number, rate: number): number {
  if (rate <= 0) return k === 0 ? 1 : 0;
  if (rate >= 1) return k === n ? 1 : 0;
  const log =
    logGamma(n + 1) -
    logGamma(k + 1) -
    logGamma(n - k + 1) +
    k * Math.log(rate) +
    (n - k) * Math.log(1 - rate);
  return Math.exp(log);
}

/** Chance of at least k successes of n, the very k counted half: the mid-P tail. */
export function midTail(k: number, n: number, rate: number): number {
  const atLeast = k <= 0 ? 1 : betaShare(k, n - k + 1, rate);
  return atLeast - binomialChance(k, n, rate) / 2;
}
