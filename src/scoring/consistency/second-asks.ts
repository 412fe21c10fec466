import type { Evidence } from "../evidence.ts";
import { type MeasureOptions, measure } from "../measure.ts";
import { type AskedTwice, askedTwice, firstVerdict, isFlip, withFlips } from "./second-opinion.ts";

/** Share of the verdicts nothing speaks against that are asked for twice all the same. */
export const RANDOM_SHARE = 0.05;

/** What asking twice has shown in one sample. */
export interface SecondAsks {
  /** Verdicts the judge gave, asked twice or not. */
  verdicts: number;
  /** Of them there was reason to doubt. */
  doubtful: number;
  /** Asked twice with two usable answers, and how often they differed: [asked, flipped]. */
  doubtfulAsked: [number, number];
  randomAsked: [number, number];
  /** By metric: the variance of its value from one asking to the next. */
  noise: Record<string, number>;
}

/**
 * What asking twice has shown in this sample, null when the judge was asked once. The noise of a metric adds up, over
 * the verdicts that differed, half the square of what each changes in it: two askings differ by twice the variance of
 * one. A verdict drawn at random stands for all that could have been drawn (Horvitz and Thompson).
 */
export function readSecondAsks(
  evidence: Evidence,
  metrics: readonly string[],
  options?: MeasureOptions,
): SecondAsks | null {
  if (!evidence.consistency) return null;
  const twice = askedTwice(evidence);
  const of = (why: "doubtful" | "random") => twice.filter(({ second }) => second.why === why);
  const flips = twice.filter(isFlip);
  return {
    verdicts: countVerdicts(evidence),
    doubtful: countDoubtful(evidence),
    doubtfulAsked: countFlips(of("doubtful")),
    randomAsked: countFlips(of("random")),
    noise: flips.length === 0 ? {} : noiseOf(evidence, flips, metrics, options),
  };
}

function countFlips(twice: readonly AskedTwice[]): [number, number] {
  return [twice.length, twice.filter(isFlip).length];
}

function countVerdicts({ claims }: Evidence): number {
  return claims.reduce(
    (sum, claim) =>
      sum +
      Number(firstVerdict(claim, "passages") !== null) +
      Number(firstVerdict(claim, "other") !== null),
    0,
  );
}

function countDoubtful({ claims }: Evidence): number {
  return claims.reduce(
    (sum, { again }) =>
      sum + Number(again?.passages?.why === "doubtful") + Number(again?.other?.why === "doubtful"),
    0,
  );
}

function noiseOf(
  evidence: Evidence,
  flips: readonly AskedTwice[],
  metrics: readonly string[],
  options?: MeasureOptions,
): Record<string, number> {
  const noise: Record<string, number> = {};
  const before = measure(evidence, metrics, options);
  for (const flip of flips) {
    const after = measure(withFlips(evidence, [flip]), metrics, options);
    const weight = flip.second.why === "random" ? 1 / RANDOM_SHARE : 1;
    for (const metric of metrics) {
      const [a, b] = [before[metric]?.value, after[metric]?.value];
      if (typeof a !== "number" || typeof b !== "number" || a === b) continue;
      noise[metric] = (noise[metric] ?? 0) + (weight * (b - a) ** 2) / 2;
    }
  }
  return noise;
}
