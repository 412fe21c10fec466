import { readSecondAsks, type SecondAsks } from "../scoring/consistency/second-asks.ts";
import type { ReportSample } from "./report-input.ts";

/** What asking the judge twice has shown in a sample: as it was read before, or from its evidence. */
export function secondAsksOf(sample: ReportSample): SecondAsks | null {
  if (sample.secondAsks !== undefined) return sample.secondAsks;
  const { evidence, outcomes } = sample;
  return evidence ? readSecondAsks(evidence, Object.keys(outcomes)) : null;
}

/** The judge's variance in one metric, summed over samples. */
export function noiseOfJudge(secondAsks: readonly SecondAsks[], metric: string): number {
  return secondAsks.reduce((sum, { noise }) => sum + (noise[metric] ?? 0), 0);
}
