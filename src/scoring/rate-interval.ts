import { midTail } from "./binomial.ts";

const TAIL = 0.025;
/** Halvings; after so many a double has no more digits. */
const STEPS = 60;

/**
 * 95 % interval of a rate: the mid-P form of Clopper and Pearson's. Of the usual intervals the one whose coverage stays
 * nearest 95 % without the dips of Wilson's and Jeffreys' at rates near 0 and 1 (Brown, Cai and DasGupta 2001; Agresti
 * and Gottard 2005). No success leaves the lower end at 0, no failure the upper one at 1.
 */
export function rateInterval(successes: number, n: number): [number, number] {
  const low = successes === 0 ? 0 : solve((rate) => midTail(successes, n, rate), TAIL);
  const high = successes === n ? 1 : solve((rate) => midTail(successes, n, rate), 1 - TAIL);
  return [low, high];
}

/** The rate at which a rising function has the value. */
function solve(rising: (rate: number) => number, value: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
