import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/solid-query";
import type { Job } from "../../../src/contract.ts";
import { ApiError, getJob, getJobs, JOBS_PAGE, type JobFilter } from "../../kit/api.ts";
import { activeBeyond, isActive, type JobFeed, mergeNewest, updateJobs } from "./job-feed.ts";
import { POLL_MS } from "./job-query.ts";

/** Jobs under way far down the list that are asked for one by one. */
const MOST_FOLLOWED = 10;

export function jobFeedKey(of: JobFilter) {
  return ["jobs", "feed", of] as const;
}

/** The newest page of jobs, joined to what is known of older ones. */
export function jobFeedQuery(client: QueryClient, of: JobFilter) {
  const known = () => client.getQueryData<JobFeed>(jobFeedKey(of));
  return queryOptions({
    queryKey: jobFeedKey(of),
    queryFn: async ({ signal }): Promise<JobFeed> => {
      const followed = activeBeyond(known(), JOBS_PAGE, MOST_FOLLOWED);
      const [page, changes] = await Promise.all([
        getJobs(of, null, signal),
        lookAfter(followed, signal),
      ]);
      // Only now: older jobs may have been loaded in the meantime.
      return updateJobs(mergeNewest(known(), page), changes, of.status);
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: "always",
    // Polls only while something is being scored; a hidden tab is never polled, a tab come back to is.
    refetchInterval: ({ state }) =>
      state.data?.jobs.some((job) => isActive(job.status)) ? POLL_MS : false,
  });
}

/** Each as it is now; null where it is gone. What cannot be asked for is left as it was. */
async function lookAfter(
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Job | null>> {
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, Job | null][]> => {
      try {
        return [[id, await getJob(id, signal)]];
      } catch (error) {
        return error instanceof ApiError && error.status === 404 ? [[id, null]] : [];
      }
    }),
  );
  return new Map(found.flat());
}
