import { keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { getPoints, getReviews } from "./report-api.ts";

export function reviewsQuery(runId: string, sampleId: string) {
  return queryOptions({
    queryKey: ["reviews", runId, sampleId],
    queryFn: ({ signal }) => getReviews(runId, sampleId, signal),
    refetchOnWindowFocus: "always",
  });
}

export function pointsQuery(runId: string, axes: { x: string; y: string }) {
  return queryOptions({
    queryKey: ["points", runId, axes],
    queryFn: ({ signal }) => getPoints(runId, axes, signal),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}
