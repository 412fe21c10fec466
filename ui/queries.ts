import {
  infiniteQueryOptions,
  keepPreviousData,
  QueryClient,
  queryOptions,
} from "@tanstack/solid-query";
import {
  ApiError,
  getArtifactText,
  getHealth,
  getJob,
  getMetrics,
  getReport,
  getRuns,
  getSample,
  getSamples,
  type RunFilter,
  type SampleFilter,
} from "./api.ts";
import { isActive } from "./lists/job-feed.ts";

export const POLL_MS = 5000;
const FIRST_PAGE: string | null = null;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // A server on this machine answers without any network.
      queries: { retry: isWorthRetrying, staleTime: 2000, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
}

/** A refusal stays a refusal; a broken line or server may be better in a moment. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const status = error instanceof ApiError ? error.status : null;
  return failures < 2 && (status === null || status >= 500) && status !== 503;
}

export function jobKey(id: string) {
  return ["job", id] as const;
}

/** `isFollowed`: its event stream brings what changes, so nobody need ask. */
export function jobQuery(id: string, isFollowed = false) {
  return queryOptions({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => getJob(id, signal),
    refetchOnWindowFocus: "always",
    refetchInterval: ({ state }) =>
      !isFollowed && state.data && isActive(state.data.status) ? 1000 : false,
  });
}

export function runsQuery(filter: RunFilter) {
  return infiniteQueryOptions({
    queryKey: ["runs", "list", filter],
    queryFn: ({ pageParam, signal }) => getRuns(filter, pageParam, signal),
    placeholderData: keepPreviousData,
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    refetchOnWindowFocus: "always",
  });
}

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

export function artifactQuery(runId: string, name: string) {
  return queryOptions({
    queryKey: ["artifact", runId, name],
    queryFn: ({ signal }) => getArtifactText(runId, name, signal),
    staleTime: 60_000,
  });
}

/** The catalogue changes only with a deployment. */
export function metricsQuery() {
  return queryOptions({
    queryKey: ["metrics"],
    queryFn: ({ signal }) => getMetrics(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function healthQuery() {
  return queryOptions({
    queryKey: ["health"],
    queryFn: ({ signal }) => getHealth(signal),
    staleTime: 30_000,
  });
}
