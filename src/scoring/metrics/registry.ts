import { CORRECTNESS_METRICS } from "./correctness.ts";
import {
  METRIC_FAMILIES,
  type MetricDefinition,
  type MetricDefinitions,
  type MetricInfo,
} from "./definition.ts";
import { FAITHFULNESS_METRICS } from "./faithfulness.ts";
import { NOISE_METRICS } from "./noise.ts";
import { RAGCHECKER_METRICS } from "./ragchecker.ts";
import { RELEVANCY_METRICS } from "./relevancy.ts";
import { RETRIEVAL_METRICS } from "./retrieval.ts";
import { RETRIEVAL_WITHOUT_JUDGE_METRICS } from "./retrieval-without-judge.ts";
import { TEXT_METRICS } from "./text.ts";

// Ragas' names mean what Ragas documents; RAGChecker's carry `rc_`.
const FAMILIES = {
  faithfulness: FAITHFULNESS_METRICS,
  relevancy: RELEVANCY_METRICS,
  retrieval: { ...RETRIEVAL_METRICS, ...RETRIEVAL_WITHOUT_JUDGE_METRICS },
  correctness: { ...NOISE_METRICS, ...CORRECTNESS_METRICS },
  ragchecker: RAGCHECKER_METRICS,
  text: TEXT_METRICS,
} satisfies Record<(typeof METRIC_FAMILIES)[number], MetricDefinitions>;

type NamesIn<Definitions> = Definitions extends unknown ? keyof Definitions : never;
export type MetricName = NamesIn<(typeof FAMILIES)[keyof typeof FAMILIES]>;

/** Every metric by its name. */
export const METRICS: Readonly<Record<MetricName, MetricDefinition>> = {
  ...FAMILIES.faithfulness,
  ...FAMILIES.relevancy,
  ...FAMILIES.retrieval,
  ...FAMILIES.correctness,
  ...FAMILIES.ragchecker,
  ...FAMILIES.text,
};

export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(METRICS, name);
}

export const METRIC_NAMES: readonly MetricName[] = Object.keys(METRICS).filter(isMetricName);

/** Scored when a request names no metrics. */
export const DEFAULT_METRICS = METRIC_NAMES.filter((name) => METRICS[name].isDefault);

/** Metrics of which 0 is the best value. */
export const LOWER_IS_BETTER: ReadonlySet<string> = new Set(
  METRIC_NAMES.filter((name) => METRICS[name].direction === "lower"),
);

/** What each metric means, how it is computed, and where it differs from its namesake. */
export const METRIC_CATALOGUE: readonly MetricInfo[] = METRIC_FAMILIES.flatMap((family) =>
  Object.entries<MetricDefinition>(FAMILIES[family]).map(([name, metric]) => ({
    name,
    title: metric.title,
    description: metric.description,
    formula: metric.formula,
    direction: metric.direction ?? "higher",
    range: [0, 1],
    needs: [...metric.needs],
    family,
    source: metric.source,
    deviation: metric.deviation,
    default: metric.isDefault ?? false,
    core: metric.isCore ?? false,
  })),
);
