import { Outcome, type Outcomes, type Usage } from "../contract/outcome.ts";
import type { Sure } from "../contract/run.ts";
import { NO_USAGE } from "../scoring/usage.ts";
import { shortJson } from "./fields.ts";

// What every row has of every metric, with the names of its fields left out: they would be most of the row.

/** What lists show of a metric of a run. */
export interface RunMetric {
  mean: number | null;
  interval: [number, number] | null;
  coverage: number;
  /** Without the numbers of low confidence; null: there are none. */
  sure: Sure | null;
}

type StoredRunMetric =
  | [mean: number | null, coverage?: number, low?: number, high?: number]
  | [mean: number | null, coverage: number, interval: number[], sure: StoredSure];
/** All are of low confidence where nothing follows their number. */
type StoredSure = [n: number, low: number, mean?: number | null, ...interval: number[]];

/** By metric, in the order they were asked for. The means stand first: triggers read them. */
export function runMetrics() {
  return shortJson<Record<string, RunMetric>, Record<string, StoredRunMetric>>(
    (metrics) =>
      mapValues(metrics, ({ mean, interval, coverage, sure }): StoredRunMetric => {
        if (sure) return [mean, coverage, interval ?? [], shortenSure(sure)];
        if (interval) return [mean, coverage, ...interval];
        return coverage === 1 ? [mean] : [mean, coverage];
      }),
    (stored) =>
      mapValues(stored, ([mean, coverage = 1, third, fourth]): RunMetric => {
        if (typeof third !== "object" || typeof fourth !== "object")
          return { mean, coverage, interval: pairOf([third, fourth]), sure: null };
        return { mean, coverage, interval: pairOf(third), sure: restoreSure(fourth) };
      }),
  );
}

function shortenSure({ n, low, mean, interval }: Sure): StoredSure {
  const isAll = mean === null && interval === null;
  return isAll ? [n, low] : [n, low, mean, ...(interval ?? [])];
}

function restoreSure([n, low, mean = null, ...interval]: StoredSure): Sure {
  return { n, low, mean, interval: pairOf(interval) };
}

function pairOf([low, high]: readonly unknown[]): [number, number] | null {
  return typeof low === "number" && typeof high === "number" ? [low, high] : null;
}

/** By their first letters, which are all different. */
const METHODS = new Map(Outcome.shape.method.options.map((name) => [name[0], name]));
const CONFIDENCES = new Map(
  Outcome.shape.confidence.unwrap().options.map((name) => [name[0], name]),
);

/** `how`: the first letters of method and confidence. The value stands first: lists sort by it. */
type StoredOutcome =
  | [value: number, how: string, coverage?: number | null, low?: number, high?: number]
  | [value: null, how: string, isFailed: 0 | 1, reason: Outcome["reason"]];

/** By metric. */
export function shortOutcomes() {
  return shortJson<Outcomes, Record<string, StoredOutcome>>(
    (outcomes) => mapValues(outcomes, shortenOutcome),
    (stored) => mapValues(stored, restoreOutcome),
  );
}

function shortenOutcome(outcome: Outcome): StoredOutcome {
  const { status, value, reason, method, interval, coverage, confidence, ...forgotten } = outcome;
  forgotten satisfies Record<string, never>;
  const how = `${method[0]}${confidence?.[0] ?? ""}`;
  if (value === null) return [null, how, status === "failed" ? 1 : 0, reason];
  if (interval) return [value, how, coverage ?? null, ...interval];
  return coverage === undefined ? [value, how] : [value, how, coverage];
}

function restoreOutcome([value, how, third, fourth, fifth]: StoredOutcome): Outcome {
  const method = METHODS.get(how.charAt(0));
  if (!method) throw new Error(`A row holds an outcome by an unknown method: ${how}`);
  const confidence = CONFIDENCES.get(how.charAt(1));
  const sure = confidence === undefined ? {} : { confidence };
  if (value === null) {
    const status = third === 1 ? "failed" : "not_applicable";
    return { status, value, reason: fourth as Outcome["reason"], method, ...sure };
  }
  return {
    status: "scored",
    value,
    reason: null,
    method,
    ...(typeof fourth === "number" && fifth !== undefined ? { interval: [fourth, fifth] } : {}),
    ...(third === undefined || third === null ? {} : { coverage: third }),
    ...sure,
  };
}

/** Who has used nothing says nothing. */
export function shortUsage() {
  return shortJson<Usage, Partial<Usage>>(
    (usage) =>
      Object.fromEntries(
        Object.entries(usage).filter(([name, n]) => n !== 0 || name === "estimated_tokens"),
      ),
    (stored) => ({ ...NO_USAGE, ...stored }),
  );
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
