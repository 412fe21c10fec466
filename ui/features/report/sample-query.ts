import { keepPreviousData, queryOptions } from "@tanstack/solid-query";
import { request } from "../../kit/api.ts";

/** `sentences`: how much of a long sample; null: as much as the server thinks right. */
export function sampleQuery(runId: string, sampleId: string, sentences: number | null = null) {
  return queryOptions({
    queryKey: ["sample", runId, sampleId, sentences],
    queryFn: ({ signal }) =>
      request("GET /api/runs/:run_id/samples/:sample_id", {
        params: { run_id: runId, sample_id: sampleId },
        query: { sentences },
        signal,
      }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}
