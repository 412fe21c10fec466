import { keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { request } from "../../kit/api.ts";

const MOST_JOBS = 8;
/** Runs are found by name among the newest, which is one small page. */
const RUNS_LOOKED_AT = 50;

/** The newest jobs, or those whose question has the words. */
export function foundJobsQuery(words: string) {
  return queryOptions({
    queryKey: ["jobs", "palette", words],
    queryFn: ({ signal }) =>
      request("GET /api/score/jobs", { query: { limit: MOST_JOBS, q: words }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function newestRunsQuery() {
  return queryOptions({
    queryKey: ["runs", "palette"],
    queryFn: ({ signal }) => request("GET /api/runs", { query: { limit: RUNS_LOOKED_AT }, signal }),
    retry: false,
  });
}
