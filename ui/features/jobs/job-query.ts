import { queryOptions, useQuery } from "@tanstack/solid-query";
import { type Accessor, createMemo } from "solid-js";
import { createClock } from "../../kit/clock.ts";
import { dataOf } from "../../kit/data-of.ts";
import { healMs } from "../../kit/queries.ts";
import { isActive } from "./job-feed.ts";
import { getJob } from "./jobs-api.ts";

export function jobKey(id: string) {
  return ["job", id] as const;
}

/** A job as it is now; the clock ticks while it waits. `isFollowed`: see `jobQuery`. */
export function useJob(id: Accessor<string>, isFollowed: Accessor<boolean> = () => false) {
  const query = useQuery(() => ({ ...jobQuery(id(), isFollowed()), enabled: id() !== "" }));
  const job = createMemo(() => dataOf(query));
  const isWaiting = createMemo(() => isActive(job()?.status ?? "completed"));
  return { query, job, isWaiting, nowMs: createClock(isWaiting) };
}

/** `isFollowed`: its socket brings what changes, so nobody need ask. */
function jobQuery(id: string, isFollowed = false) {
  return queryOptions({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => getJob(id, signal),
    refetchOnWindowFocus: "always",
    refetchInterval: ({ state }) =>
      !isFollowed && state.data && isActive(state.data.status) ? 1000 : healMs(state.error),
  });
}
