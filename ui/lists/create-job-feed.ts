import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/solid-query";
import { type Accessor, createMemo, createSignal } from "solid-js";
import type { Job } from "../../src/contract.ts";
import { ApiError, getJob, getJobs, JOBS_PAGE, type JobFilter } from "../api.ts";
import { POLL_MS } from "../queries.ts";
import {
  activeBeyond,
  appendOlder,
  isActive,
  JobFeed,
  mergeNewest,
  updateJobs,
} from "./job-feed.ts";

const NOTHING = new JobFeed([], null);
/** Jobs under way far down the list that are asked for one by one. */
const MOST_FOLLOWED = 10;

/** The list of jobs, kept up to date; it grows while the reader scrolls. */
export function createJobFeed(filter: Accessor<JobFilter>) {
  const client = useQueryClient();
  const keyOf = (of: JobFilter) => ["jobs", "feed", of] as const;
  const known = (of: JobFilter) => client.getQueryData<JobFeed>(keyOf(of));
  const query = useQuery(() => {
    const of = filter();
    return queryOptions({
      queryKey: keyOf(of),
      queryFn: async ({ signal }): Promise<JobFeed> => {
        const followed = activeBeyond(known(of), JOBS_PAGE, MOST_FOLLOWED);
        const [page, changes] = await Promise.all([
          getJobs(of, null, signal),
          lookAfter(followed, signal),
        ]);
        // Only now: older jobs may have been loaded in the meantime.
        return updateJobs(mergeNewest(known(of), page), changes, of.status);
      },
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: "always",
      // Polls only while something is being scored; a hidden tab is never polled, a tab come back to is.
      refetchInterval: ({ state }) =>
        state.data?.jobs.some((job) => isActive(job.status)) ? POLL_MS : false,
    });
  });
  const feed = createMemo(() => (query.isPending ? null : query.data) ?? NOTHING);
  const [isLoadingOlder, setIsLoadingOlder] = createSignal(false);
  const [olderError, setOlderError] = createSignal<Error | null>(null);

  async function loadOlder(): Promise<void> {
    const of = filter();
    const cursor = known(of)?.older ?? null;
    if (cursor === null || isLoadingOlder()) return;
    setIsLoadingOlder(true);
    setOlderError(null);
    try {
      const page = await getJobs(of, cursor, new AbortController().signal);
      client.setQueryData<JobFeed>(keyOf(of), (now) => now && appendOlder(now, cursor, page));
    } catch (error) {
      setOlderError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setIsLoadingOlder(false);
    }
  }
  return { query, feed, loadOlder, isLoadingOlder, olderError };
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
