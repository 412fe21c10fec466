import { keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { noting, request } from "./api.ts";
import { formatCount, formatDateTime } from "./format.ts";
import { type ListScope, scopeQuery, WHOLE_LIST } from "./lists/list-scope.ts";

export interface RunFilter extends ListScope {
  /** Kind of judge or its model; empty: any. */
  judge: string;
  /** Part of the name. */
  q: string;
  /** Those of single calls too. */
  hasSingles: boolean;
}

export function getRuns(filter: RunFilter, cursor: string | null, signal: AbortSignal) {
  const { judge, q, hasSingles } = filter;
  const singles = hasSingles ? ("yes" as const) : ("no" as const);
  const query = { ...scopeQuery(filter), judge, q, singles, cursor, limit: 50 };
  return noting(request("GET /api/runs", { query, signal }));
}

/** The newest runs of several samples, to choose one to compare with. */
export function recentRunsQuery() {
  const filter = { ...WHOLE_LIST, judge: "", q: "", hasSingles: false };
  return queryOptions({
    queryKey: ["runs", "recent", filter],
    queryFn: ({ signal }) => getRuns(filter, null, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** A run as a line of a choice. */
export function runLine(name: string, run: { finished_at: string; total_samples: number }): string {
  return `${name} · n = ${formatCount(run.total_samples)} · ${formatDateTime(run.finished_at)}`;
}
