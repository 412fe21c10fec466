import type { Report } from "../../contract/report.ts";
import { sumsOf } from "../../scoring/intervals.ts";
import type { ReportInput, ReportSample } from "../report-input.ts";

/** Tags with more values than this say nothing by group; the largest groups are kept. */
const MOST_GROUPS = 100;
/** Tags with the most samples have totals of their own; the others count in the whole only. */
const MOST_TOTALS = 30;

/** Means of the scored values by tag, largest group first. `n` is the number of samples that carry the tag. */
export function groupByTag(input: ReportInput): Report["groups"] {
  return samplesByTag(input, MOST_GROUPS).map(([tag, samples]) => ({
    tag,
    n: samples.length,
    means: Object.fromEntries(
      input.run.metrics.map((metric) => {
        const values = valuesOf(samples, metric);
        const sum = values.reduce((total, value) => total + value, 0);
        return [metric, values.length === 0 ? null : sum / values.length];
      }),
    ),
  }));
}

/** n, sum and sum of squares of a metric: what means and intervals of many runs are made of. */
type Total = [n: number, sum: number, squares: number];

/** Totals by tag (`name=value`) and metric; under the empty tag those of all samples. */
export function totalsOf(input: ReportInput): Record<string, Record<string, Total>> {
  const groups = [["", input.samples] as const, ...samplesByTag(input, MOST_TOTALS)];
  return Object.fromEntries(
    groups.map(([tag, samples]) => [tag, totalsByMetric(samples, input.run.metrics)]),
  );
}

function totalsByMetric(
  samples: readonly ReportSample[],
  metrics: readonly string[],
): Record<string, Total> {
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      const { n, sum, squares } = sumsOf(valuesOf(samples, metric));
      const total: Total = [n, sum, squares];
      return n === 0 ? [] : [[metric, total] as const];
    }),
  );
}

function valuesOf(samples: readonly ReportSample[], metric: string): number[] {
  return samples.flatMap((sample) => sample.outcomes[metric]?.value ?? []);
}

/** The samples by tag (`name=value`), largest group first. */
function samplesByTag(input: ReportInput, most: number): [string, ReportSample[]][] {
  const groups = new Map<string, ReportSample[]>();
  for (const sample of input.samples) {
    for (const [name, value] of Object.entries(sample.tags)) {
      const tag = `${name}=${value}`;
      const group = groups.get(tag);
      if (group) group.push(sample);
      else groups.set(tag, [sample]);
    }
  }
  return [...groups]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .slice(0, most);
}
