import type { MetricInfo } from "../contract.ts";
import { DEFAULT_METRICS, METRIC_NAMES } from "../metric-names.ts";
import { CORRECTNESS_METRICS } from "./catalogue/correctness.ts";
import { FAITHFULNESS_METRICS } from "./catalogue/faithfulness.ts";
import type { MetricEntry } from "./catalogue/metric-entry.ts";
import { RAGCHECKER_METRICS } from "./catalogue/ragchecker.ts";
import { RETRIEVAL_METRICS } from "./catalogue/retrieval.ts";
import { TEXT_METRICS } from "./catalogue/text.ts";

const ENTRIES: ReadonlyMap<string, MetricEntry> = new Map(
  [
    ...FAITHFULNESS_METRICS,
    ...RETRIEVAL_METRICS,
    ...CORRECTNESS_METRICS,
    ...RAGCHECKER_METRICS,
    ...TEXT_METRICS,
  ].map((entry) => [entry.name, entry]),
);

/** Every metric, in the order of the names: what it means, how it is computed, and where it differs from its namesake. */
export const METRIC_CATALOGUE: MetricInfo[] = METRIC_NAMES.flatMap((name) => {
  const entry = ENTRIES.get(name);
  if (!entry) return [];
  return [
    {
      ...entry,
      direction: entry.direction ?? "higher",
      range: [0, 1],
      default: DEFAULT_METRICS.includes(name),
    },
  ];
});

/** Metrics of which 0 is the best value. */
export const LOWER_IS_BETTER: ReadonlySet<string> = new Set(
  METRIC_CATALOGUE.filter(({ direction }) => direction === "lower").map(({ name }) => name),
);
