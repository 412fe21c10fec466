import { shortJson } from "./fields.ts";

// What every row has of every metric, with the names of its fields left out: they would be most of the row.

/** What lists show of a metric of a run. */
export interface RunMetric {
  mean: number | null;
  interval: [number, number] | null;
  coverage: number;
}

type StoredRunMetric = [mean: number | null, coverage?: number, low?: number, high?: number];

/** By metric, in the order they were asked for. The means stand first: triggers read them. */
export function runMetrics() {
  return shortJson<Record<string, RunMetric>, Record<string, StoredRunMetric>>(
    (metrics) =>
      mapValues(metrics, ({ mean, interval, coverage }): StoredRunMetric => {
        if (interval) return [mean, coverage, ...interval];
        return coverage === 1 ? [mean] : [mean, coverage];
      }),
    (stored) =>
      mapValues(stored, ([mean, coverage = 1, low, high]) => ({
        mean,
        interval: low === undefined || high === undefined ? null : [low, high],
        coverage,
      })),
  );
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
