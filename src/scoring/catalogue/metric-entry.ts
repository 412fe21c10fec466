import type { MetricInfo } from "../../contract.ts";
import type { MetricName } from "../../metric-names.ts";

/** A catalogue entry as written down: most metrics are 0..1 and better when higher. */
export type MetricEntry = Omit<MetricInfo, "name" | "direction" | "range" | "default"> & {
  name: MetricName;
  direction?: "lower";
};
