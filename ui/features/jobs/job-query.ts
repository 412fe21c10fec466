import { queryOptions } from "@tanstack/solid-query";
import { getJob } from "../../kit/api.ts";
import { isActive } from "./job-feed.ts";

export const POLL_MS = 5000;

export function jobKey(id: string) {
  return ["job", id] as const;
}

/** `isFollowed`: its event stream brings what changes, so nobody need ask. */
export function jobQuery(id: string, isFollowed = false) {
  return queryOptions({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => getJob(id, signal),
    refetchOnWindowFocus: "always",
    refetchInterval: ({ state }) =>
      !isFollowed && state.data && isActive(state.data.status) ? 1000 : false,
  });
}
