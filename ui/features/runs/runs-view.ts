import type { Run, RunRow } from "../../../src/contract/run.ts";
import type { GateRule } from "../../../src/scoring/gate-rules.ts";
import { recall, remember } from "../../kit/storage.ts";

/** How the list of runs is looked at; kept for the next visit. */
const COLUMNS_KEY = "touchstone.runs.columns";
export const GATE_KEY = "touchstone.runs.gate";

/** As many as fit beside name and advice without scrolling. */
const METRIC_COLUMNS = 4;

interface Sorting {
  /** `time`, `name` or a metric. */
  by: string;
  descending: boolean;
}

const NEWEST_FIRST: Sorting = { by: "time", descending: true };

export function readSorting(text: string | undefined): Sorting {
  if (!text) return NEWEST_FIRST;
  return text.startsWith("-")
    ? { by: text.slice(1), descending: true }
    : { by: text, descending: false };
}

/** Empty for the order the list comes in. */
export function writeSorting({ by, descending }: Sorting): string {
  if (by === NEWEST_FIRST.by && descending) return "";
  return descending ? `-${by}` : by;
}

/** Runs without a value stand last, whichever way it is sorted. */
export function sortRuns<R extends Run>(
  runs: readonly R[],
  { by, descending }: Sorting,
  nameOf: (run: R) => string,
): R[] {
  const sign = descending ? -1 : 1;
  if (by === "name") {
    return [...runs].sort((a, b) => sign * nameOf(a).localeCompare(nameOf(b), ["zh", "en"]));
  }
  if (by === "time") {
    return [...runs].sort((a, b) => sign * a.finished_at.localeCompare(b.finished_at));
  }
  return [...runs].sort((a, b) => {
    const [left, right] = [a.metric_means[by] ?? null, b.metric_means[by] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}

/** The metrics runs have, the most common first; equals stay in the order the runs name them. */
export function metricsOf(runs: readonly Run[]): string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const metric of run.metrics) counts.set(metric, (counts.get(metric) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([metric]) => metric);
}

/** The chosen columns that runs have, else the most common ones. */
export function columnsOf(known: readonly string[], chosen: readonly string[] | null): string[] {
  const columns = chosen?.filter((metric) => known.includes(metric)) ?? [];
  return columns.length > 0 ? columns : known.slice(0, METRIC_COLUMNS);
}

export function recallColumns(): string[] | null {
  const kept = recall(COLUMNS_KEY);
  return kept ? kept.split(",") : null;
}

export function rememberColumns(columns: readonly string[] | null): void {
  remember(COLUMNS_KEY, columns?.join(",") ?? "");
}

/** How runs are shown, by table and cards alike. */
export interface RunView {
  metrics: readonly string[];
  rules: readonly GateRule[];
  /** The run the others are measured against. */
  base: RunRow | null;
  sorting: Sorting;
  onBase: (run: RunRow | null) => void;
  onSort: (by: string) => void;
}
