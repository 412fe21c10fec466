import type { Advice } from "../contract/report.ts";
import type { MetricInfo } from "../contract/service.ts";
import { METRIC_CATALOGUE } from "../scoring/metrics/registry.ts";

const BY_NAME: ReadonlyMap<string, MetricInfo> = new Map(
  METRIC_CATALOGUE.map((info) => [info.name, info]),
);

/** The catalogue's entry; a custom criterion (`criterion:<slug>`) is 0..1, higher is better, titled by its name. */
export function metricInfo(name: string): MetricInfo {
  return BY_NAME.get(name) ?? describeCriterion(name);
}

function describeCriterion(name: string): MetricInfo {
  const title = name.replace(/^criterion:/, "");
  return {
    name,
    title: { en: title, zh: title },
    description: {
      en: "A criterion of your own, judged by a model.",
      zh: "自定义评判标准，由模型评判。",
    },
    formula: "yes 1, no 0; or (level − 1) ÷ 4 for levels 1 to 5",
    direction: "higher",
    range: [0, 1],
    needs: ["question", "answer"],
    family: "other",
    source: "",
    deviation: null,
    default: false,
    core: false,
  };
}

/** The value a metric has when nothing is wrong. */
export function bestValue(info: MetricInfo): number {
  return info.direction === "higher" ? info.range[1] : info.range[0];
}

/** 0..1 with 1 the best, whatever the metric's direction and range. */
export function goodness(info: MetricInfo, value: number): number {
  const [low, high] = info.range;
  const share = (value - low) / (high - low);
  return info.direction === "higher" ? share : 1 - share;
}

/** Below the first: severe; below the second: warning; below the third: could be better. 0..1, 1 the best. */
export type Thresholds = readonly [severe: number, warning: number, improve: number];

const DEFAULT_THRESHOLDS: Thresholds = [0.5, 0.7, 0.85];

/** How bad a value is; null when it is good enough. A lower-is-better metric is mirrored first. */
export function severityOf(
  value: number,
  info: MetricInfo,
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Advice["severity"] | null {
  const good = goodness(info, value);
  if (good < thresholds[0]) return "severe";
  if (good < thresholds[1]) return "warning";
  if (good < thresholds[2]) return "improve";
  return null;
}
