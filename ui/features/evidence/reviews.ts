import { queryOptions } from "@tanstack/solid-query";
import type { ReviewRequest } from "../../../src/contract-insight.ts";
import { request } from "../../kit/api.ts";

/** The caller's word on a claim or sample; the answer holds everybody's. */
export function putReview(runId: string, sampleId: string, body: ReviewRequest) {
  const params = { run_id: runId, sample_id: sampleId };
  return request("PUT /api/runs/:run_id/samples/:sample_id/reviews", { params, body });
}

export function reviewsQuery(runId: string, sampleId: string) {
  return queryOptions({
    queryKey: ["reviews", runId, sampleId],
    queryFn: ({ signal }) =>
      request("GET /api/runs/:run_id/samples/:sample_id/reviews", {
        params: { run_id: runId, sample_id: sampleId },
        signal,
      }),
    refetchOnWindowFocus: "always",
  });
}
