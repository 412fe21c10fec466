import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { getReport, getSample, getSamples } from "../../kit/api.ts";
import { FIRST_PAGE } from "../../kit/queries.ts";
import type { SampleFilter } from "../../kit/sample-filter.ts";

export function reportQuery(runId: string) {
  return queryOptions({
    queryKey: ["report", runId],
    queryFn: ({ signal }) => getReport(runId, signal),
    // It never changes, but it may have been deleted in another tab.
    refetchOnWindowFocus: "always",
  });
}

export function samplesQuery(runId: string, filter: SampleFilter) {
  return infiniteQueryOptions({
    queryKey: ["samples", runId, filter],
    queryFn: ({ pageParam, signal }) => getSamples(runId, filter, pageParam, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function sampleQuery(runId: string, sampleId: string, sentences: number | null = null) {
  return queryOptions({
    queryKey: ["sample", runId, sampleId, sentences],
    queryFn: ({ signal }) => getSample(runId, sampleId, sentences, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}
