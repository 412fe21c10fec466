import { infiniteQueryOptions, keepPreviousData } from "@tanstack/solid-query";
import { getRuns, type RunFilter } from "../../kit/api.ts";
import { FIRST_PAGE } from "../../kit/queries.ts";

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
