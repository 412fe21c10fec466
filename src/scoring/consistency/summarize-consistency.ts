import { rateInterval } from "../rate-interval.ts";
import type { SecondAsks } from "./second-asks.ts";

export interface FlipRate {
  asked: number;
  flipped: number;
  rate: number | null;
  interval: [number, number] | null;
}

/** How steady the judge was in a run. */
export interface Consistency {
  /** Verdicts the judge gave. */
  verdicts: number;
  doubtful: FlipRate;
  random: FlipRate;
  /** Share of all verdicts that would come out differently a second time; null while no random one was asked. */
  flip_rate: number | null;
  interval: [number, number] | null;
}

/**
 * The flip rate of a run, estimated by strata: doubtful verdicts are all asked twice, the others at random, and each
 * counts by its share. The interval joins the mid-P ones of both (Zou and Donner's recovery of variances).
 */
export function summarizeConsistency(samples: readonly SecondAsks[]): Consistency | null {
  if (samples.length === 0) return null;
  const total = (pick: (one: SecondAsks) => number) =>
    samples.reduce((sum, one) => sum + pick(one), 0);
  const verdicts = total((one) => one.verdicts);
  const doubtful = rateOf(
    total(({ doubtfulAsked }) => doubtfulAsked[0]),
    total(({ doubtfulAsked }) => doubtfulAsked[1]),
  );
  const random = rateOf(
    total(({ randomAsked }) => randomAsked[0]),
    total(({ randomAsked }) => randomAsked[1]),
  );
  const share = verdicts === 0 ? 0 : total((one) => one.doubtful) / verdicts;
  return { verdicts, doubtful, random, ...join(doubtful, random, share) };
}

function rateOf(asked: number, flipped: number): FlipRate {
  if (asked === 0) return { asked, flipped, rate: null, interval: null };
  return { asked, flipped, rate: flipped / asked, interval: rateInterval(flipped, asked) };
}

function join(doubtful: FlipRate, random: FlipRate, share: number) {
  const parts = [
    { ...doubtful, weight: share },
    { ...random, weight: 1 - share },
  ].filter(({ weight }) => weight > 0);
  let [rate, below, above] = [0, 0, 0];
  for (const part of parts) {
    if (part.rate === null || part.interval === null) return { flip_rate: null, interval: null };
    const [low, high] = part.interval;
    rate += part.weight * part.rate;
    below += (part.weight * (part.rate - low)) ** 2;
    above += (part.weight * (high - part.rate)) ** 2;
  }
  const interval: [number, number] = [
    Math.max(0, rate - Math.sqrt(below)),
    Math.min(1, rate + Math.sqrt(above)),
  ];
  return parts.length === 0 ? { flip_rate: null, interval: null } : { flip_rate: rate, interval };
}
