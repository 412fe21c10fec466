import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/solid-query";
import {
  type Accessor,
  createComputed,
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
} from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import type { JobStatus } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { ApiError } from "../../kit/api.ts";
import { dataOf } from "../../kit/data-of.ts";
import { listen } from "../../kit/listen.ts";
import { healMs } from "../../kit/queries.ts";
import { recall, remember } from "../../kit/storage.ts";
import { announce } from "../../kit/toasts.tsx";
import {
  activeBeyond,
  appendOlder,
  isActive,
  JobFeed,
  mergeNewest,
  updateJobs,
} from "./job-feed.ts";
import { getJob, getJobs, JOBS_PAGE, type JobFilter } from "./jobs-api.ts";

const NOTHING = new JobFeed([], null);

/** The list of jobs, kept up to date; it grows while the reader scrolls. */
export function createJobFeed(filter: Accessor<JobFilter>) {
  const client = useQueryClient();
  const query = useQuery(() => jobFeedQuery(client, filter()));
  const feed = createMemo(() => dataOf(query) ?? NOTHING);
  const older = useMutation(() => ({
    mutationFn: ({ of, cursor }: { of: JobFilter; cursor: string }) =>
      getJobs(of, cursor, new AbortController().signal),
    onSuccess: (page, { of, cursor }) => {
      client.setQueryData<JobFeed>(jobFeedKey(of), (now) => now && appendOlder(now, cursor, page));
    },
  }));
  function loadOlder(): void {
    const of = filter();
    const cursor = client.getQueryData<JobFeed>(jobFeedKey(of))?.older ?? null;
    if (cursor !== null && !older.isPending) older.mutate({ of, cursor });
  }
  return { query, feed, older, loadOlder };
}

const POLL_MS = 5000;
/** Jobs under way far down the list that are asked for one by one. */
const MOST_FOLLOWED = 10;

function jobFeedKey(of: JobFilter) {
  return ["jobs", "feed", of] as const;
}

/** The newest page of jobs, joined to what is known of older ones. */
function jobFeedQuery(client: QueryClient, of: JobFilter) {
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
      state.data?.jobs.some((job) => isActive(job.status)) ? POLL_MS : healMs(state.error),
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

/** Says which of the shown jobs ended since the last look. */
export function announceEnds(jobs: () => readonly Job[]): void {
  const active = new Set<string>();
  createEffect(
    on(jobs, (seen) => {
      for (const { job_id, status, question } of seen) {
        if (isActive(status)) active.add(job_id);
        else if (active.delete(job_id)) sayEnd(status, question.slice(0, 80));
      }
    }),
  );
}

function sayEnd(status: JobStatus, question: string): void {
  if (status === "completed") announce(t().jobs.nowCompleted(question));
  if (status === "failed") announce(t().jobs.nowFailed(question));
}

/** Nearer to the top than this the reader sees the newest job anyway. */
const NEAR_TOP_PX = 240;

/** Cards are measured as they come into view, which may move the page once more after it was moved. */
const SETTLED_MS = [0, 200, 400];

function goToTop(): void {
  for (const delayMs of SETTLED_MS)
    setTimeout(() => scrollTo({ top: 0, behavior: "instant" }), delayMs);
}

/**
 * Keeps jobs that come while the reader is further down out of the list, so that nothing moves under their eyes, and
 * counts them. `filter`: with another one everything is shown.
 */
export function holdNewJobs(jobs: Accessor<readonly Job[]>, filter: Accessor<unknown>) {
  const [newest, setNewest] = createSignal("");
  const showAll = () => setNewest(jobs()[0]?.job_id ?? "");
  createComputed(on(filter, showAll));
  createComputed(
    on(jobs, () => {
      if (newest() === "" || scrollY < NEAR_TOP_PX) showAll();
    }),
  );
  const waiting = createMemo(() => {
    const at = jobs().findIndex((job) => job.job_id <= newest());
    return at < 0 ? 0 : at;
  });
  const shown = createMemo(() => (waiting() === 0 ? jobs() : jobs().slice(waiting())));
  function reveal(): void {
    showAll();
    goToTop();
  }
  return { shown, waiting, reveal };
}

const KEY = "touchstone.jobs.seen";

/**
 * The newest job the reader had seen when they last looked away; jobs with a later id are new to them. null on a first
 * visit, when everything would be new.
 */
export function createLastLook(newestSeen: Accessor<string | null>): Accessor<string | null> {
  const [seen, setSeen] = createSignal(recall(KEY));
  const keep = () => {
    const newest = newestSeen();
    // A shorter list, after a deletion, does not make old jobs new again.
    if (newest !== null && newest > (recall(KEY) ?? "")) remember(KEY, newest);
  };
  const follow = () => {
    if (document.visibilityState === "hidden") keep();
    else setSeen(recall(KEY));
  };
  listen(document, "visibilitychange", follow);
  listen(window, "pagehide", keep);
  onCleanup(keep);
  return seen;
}
