import type { Consistency, FlipRate } from "../../scoring/consistency/summarize-consistency.ts";

/** How steady the judge was, in two lines for a terminal. */
export function describeConsistency({
  verdicts,
  doubtful,
  random,
  flip_rate: rate,
  interval,
}: Consistency): string {
  const part = (name: string, { asked, flipped }: FlipRate) => `${flipped} of ${asked} ${name}`;
  const asked = `Asked twice, of ${verdicts} verdicts: ${part("doubtful", doubtful)} and ${part("random", random)} ones came out differently.`;
  if (rate === null || interval === null) {
    return `${asked}\nToo few for a flip rate over all verdicts.`;
  }
  const [low, high] = interval.map(percentOf);
  return `${asked}\nFlip rate over all verdicts: ${percentOf(rate)} (95 % interval ${low} to ${high}).`;
}

function percentOf(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
