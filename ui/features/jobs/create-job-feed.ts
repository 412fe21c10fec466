import { useQuery, useQueryClient } from "@tanstack/solid-query";
import { type Accessor, createMemo, createSignal } from "solid-js";
import { getJobs, type JobFilter } from "../../kit/api.ts";
import { dataOf } from "../../kit/data-of.ts";
import { appendOlder, JobFeed } from "./job-feed.ts";
import { jobFeedKey, jobFeedQuery } from "./job-feed-query.ts";

const NOTHING = new JobFeed([], null);

/** The list of jobs, kept up to date; it grows while the reader scrolls. */
export function createJobFeed(filter: Accessor<JobFilter>) {
  const client = useQueryClient();
  const query = useQuery(() => jobFeedQuery(client, filter()));
  const feed = createMemo(() => dataOf(query) ?? NOTHING);
  const [isLoadingOlder, setIsLoadingOlder] = createSignal(false);
  const [olderError, setOlderError] = createSignal<Error | null>(null);

  async function loadOlder(): Promise<void> {
    const of = filter();
    const cursor = client.getQueryData<JobFeed>(jobFeedKey(of))?.older ?? null;
    if (cursor === null || isLoadingOlder()) return;
    setIsLoadingOlder(true);
    setOlderError(null);
    try {
      const page = await getJobs(of, cursor, new AbortController().signal);
      client.setQueryData<JobFeed>(jobFeedKey(of), (now) => now && appendOlder(now, cursor, page));
    } catch (error) {
      setOlderError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setIsLoadingOlder(false);
    }
  }
  return { query, feed, loadOlder, isLoadingOlder, olderError };
}
