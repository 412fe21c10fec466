import { keepPreviousData, queryOptions } from "@tanstack/solid-query";
import type { JobPage, RunPage } from "../../../src/contract.ts";
import { send } from "../../kit/api.ts";

const MOST_JOBS = 8;
/** Runs are found by name among the newest, which is one small page. */
const RUNS_LOOKED_AT = 50;

/** The newest jobs, or those whose question has the words. */
export function foundJobsQuery(words: string) {
  return queryOptions({
    queryKey: ["jobs", "palette", words],
    queryFn: async ({ signal }): Promise<JobPage> => {
      const search = new URLSearchParams({ limit: String(MOST_JOBS) });
      if (words !== "") search.set("q", words);
      return (await send(`/api/score/jobs?${search}`, { signal })).json();
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function newestRunsQuery() {
  return queryOptions({
    queryKey: ["runs", "palette"],
    queryFn: async ({ signal }): Promise<RunPage> =>
      (await send(`/api/runs?limit=${RUNS_LOOKED_AT}`, { signal })).json(),
    retry: false,
  });
}
