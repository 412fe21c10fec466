import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { request } from "../../kit/api.ts";
import { FIRST_PAGE } from "../../kit/queries.ts";
import type { SampleFilter } from "../../kit/sample-filter.ts";

/** As many as a slow phone draws without a pause; who asks for more gets more at a time. */
const FIRST_SAMPLES = 25;

export function reportQuery(runId: string) {
  return queryOptions({
    queryKey: ["report", runId],
    queryFn: ({ signal }) =>
      request("GET /api/runs/:run_id", { params: { run_id: runId }, signal }),
    // It never changes, but it may have been deleted in another tab.
    refetchOnWindowFocus: "always",
  });
}

export function samplesQuery(runId: string, filter: SampleFilter) {
  return infiniteQueryOptions({
    queryKey: ["samples", runId, filter],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...filter,
        cursor: pageParam,
        limit: pageParam === null ? FIRST_SAMPLES : 50,
      };
      return request("GET /api/runs/:run_id/samples", { params: { run_id: runId }, query, signal });
    },
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}
