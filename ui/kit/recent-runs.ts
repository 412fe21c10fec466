import { keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { getRuns } from "./api.ts";
import { formatCount, formatDateTime } from "./format.ts";
import { WHOLE_LIST } from "./lists/list-scope.ts";

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
