import type { ReviewList, ReviewRequest, SamplePoints } from "../src/contract-insight.ts";
import { send } from "./api.ts";

export async function getReviews(
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

export async function getPoints(
  runId: string,
  axes: { x: string; y: string },
  signal: AbortSignal,
): Promise<SamplePoints> {
  const path = `/api/runs/${encodeURIComponent(runId)}/points?${new URLSearchParams(axes)}`;
  return (await send(path, { signal })).json();
}

function reviewsPath(runId: string, sampleId: string): string {
  return `/api/runs/${encodeURIComponent(runId)}/samples/${encodeURIComponent(sampleId)}/reviews`;
}
