import { queryOptions } from "@tanstack/solid-query";
import { request } from "../../kit/api.ts";

export function comparisonQuery(base: string, other: string) {
  return queryOptions({
    queryKey: ["comparison", base, other],
    queryFn: ({ signal }) => request("GET /api/runs/compare", { query: { base, other }, signal }),
    enabled: base !== "" && other !== "",
    staleTime: 60_000,
    // One of the runs may have been deleted in another tab.
    refetchOnWindowFocus: "always",
  });
}
