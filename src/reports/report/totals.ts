import { type Sums, sumsOf } from "../../scoring/intervals.ts";
import type { ReportInput, ReportSample } from "../report-input.ts";

/** n, sum and sum of squares of a metric: what means and intervals of many runs are made of. */
export type Total = [n: number, sum: number, squares: number];

/** Tags with the most samples; the others count in the whole only. */
const MOST_TAGS = 30;

/** Totals by tag (`name=value`) and metric; under the empty tag those of all samples. */
export function totalsOf(input: ReportInput): Record<string, Record<string, Total>> {
  const groups = new Map<string, ReportSample[]>();
  for (const sample of input.samples) {
    for (const [name, value] of Object.entries(sample.tags)) {
      const tag = `${name}=${value}`;
      const group = groups.get(tag);
      if (group) group.push(sample);
      else groups.set(tag, [sample]);
    }
  }
  const largest = [...groups]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .slice(0, MOST_TAGS);
  return Object.fromEntries(
    [["", input.samples] as const, ...largest].map(([tag, samples]) => [
      tag,
      totalsByMetric(samples, input.run.metrics),
    ]),
  );
}

function totalsByMetric(
  samples: readonly ReportSample[],
  metrics: readonly string[],
): Record<string, Total> {
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      const { n, sum, squares }: Sums = sumsOf(
        samples.flatMap((sample) => sample.outcomes[metric]?.value ?? []),
      );
      const total: Total = [n, sum, squares];
      return n === 0 ? [] : [[metric, total] as const];
    }),
  );
}
