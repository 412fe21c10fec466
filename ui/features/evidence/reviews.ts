import { queryOptions } from "@tanstack/solid-query";
import type { ReviewList, ReviewRequest } from "../../../src/contract-insight.ts";
import { send } from "../../kit/api.ts";

async function getReviews(
  runId: string,
  sampleId: string,
  signal: AbortSignal,
): Promise<ReviewList> {
  return (await send(reviewsPath(runId, sampleId), { signal })).json();
}

/** The caller's word on a claim or sample; the answer holds everybody's. */
export async function putReview(
  runId: string,
  sampleId: string,
  word: ReviewRequest,
): Promise<ReviewList> {
  const answer = await send(reviewsPath(runId, sampleId), {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(word),
  });
  return answer.json();
}

function reviewsPath(runId: string, sampleId: string): string {
  return `/api/runs/${encodeURIComponent(runId)}/samples/${encodeURIComponent(sampleId)}/reviews`;
}

export function reviewsQuery(runId: string, sampleId: string) {
  return queryOptions({
    queryKey: ["reviews", runId, sampleId],
    queryFn: ({ signal }) => getReviews(runId, sampleId, signal),
    refetchOnWindowFocus: "always",
  });
}
