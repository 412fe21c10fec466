import { queryOptions } from "@tanstack/solid-query";
import type { Comparison } from "../../../src/contract-insight.ts";
import { send } from "../../kit/api.ts";

export function comparisonQuery(base: string, other: string) {
  return queryOptions({
    queryKey: ["comparison", base, other],
    queryFn: async ({ signal }): Promise<Comparison> => {
      const runs = new URLSearchParams({ base, other });
      return (await send(`/api/runs/compare?${runs}`, { signal })).json();
    },
    enabled: base !== "" && other !== "",
    staleTime: 60_000,
    // One of the runs may have been deleted in another tab.
    refetchOnWindowFocus: "always",
  });
}
