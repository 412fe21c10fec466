import type { Report } from "../../contract.ts";
import type { ReportInput, ReportSample } from "../report-input.ts";

type Group = Report["groups"][number];

/** Tags with more values than this say nothing by group; the largest groups are kept. */
const MOST_GROUPS = 100;

/** Means of the scored values by tag, largest group first. `n` is the number of samples that carry the tag. */
export function groupByTag(input: ReportInput): Group[] {
  const members = new Map<string, ReportSample[]>();
  for (const sample of input.samples) {
    for (const [name, value] of Object.entries(sample.tags)) {
      const tag = `${name}=${value}`;
      const group = members.get(tag);
      if (group) group.push(sample);
      else members.set(tag, [sample]);
    }
  }
  return [...members]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .slice(0, MOST_GROUPS)
    .map(([tag, samples]) => ({
      tag,
      n: samples.length,
      means: Object.fromEntries(
        input.run.metrics.map((metric) => [metric, meanOf(samples, metric)]),
      ),
    }));
}

function meanOf(samples: readonly ReportSample[], metric: string): number | null {
  const values = samples.flatMap((sample) => sample.outcomes[metric]?.value ?? []);
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
