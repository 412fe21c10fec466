import { QueryClient, queryOptions } from "@tanstack/solid-query";
import { ApiError, noting, request } from "./api.ts";

/** Where a list read page by page begins. */
export const FIRST_PAGE: string | null = null;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // A server on this machine answers without any network.
      queries: {
        retry: isWorthRetrying,
        staleTime: 2000,
        networkMode: "always",
        refetchInterval: ({ state }) => healMs(state.error),
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** A refusal stays a refusal; a broken line or server may be better in a moment. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const status = error instanceof ApiError ? error.status : null;
  return failures < 2 && (status === null || status >= 500) && status !== 503;
}

/** A page whose server is away comes back by itself when the server does; a hidden one when it is looked at. */
export function healMs(error: Error | null): number | false {
  const isAway = error instanceof ApiError && (error.status === null || error.status >= 502);
  return isAway ? 5000 : false;
}

/** The catalogue changes only with a deployment. */
export function metricsQuery() {
  return queryOptions({
    queryKey: ["metrics"],
    queryFn: async ({ signal }) => (await request("GET /api/metrics", { signal })).metrics,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function healthQuery() {
  return queryOptions({
    queryKey: ["health"],
    queryFn: ({ signal }) => noting(request("GET /api/health", { signal })),
    staleTime: 30_000,
  });
}

export function testSetsQuery() {
  return queryOptions({
    queryKey: ["test-sets"],
    queryFn: async ({ signal }) => (await request("GET /api/test-sets", { signal })).test_sets,
  });
}
