import { METRIC_NAMES, METRICS } from "../../src/scoring/metrics/registry.ts";

/** The seven that are shown first: together they ask the judge for the whole table. */
export const CORE_METRICS = METRIC_NAMES.filter((name) => METRICS[name].isCore);
