import { queryOptions, useQueryClient } from "@tanstack/solid-query";
import { createEffect, createSignal, onCleanup } from "solid-js";
import type { Job } from "../../../src/contract.ts";
import { getJob } from "../../kit/api.ts";
import { isActive } from "./job-feed.ts";

export const POLL_MS = 5000;

function jobKey(id: string) {
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

const EVENTS = ["queued", "running", "progress", "done"] as const;

/**
 * Follows a job by its event stream while `isActive`; the browser comes back by itself after a broken line. True while
 * the stream is open: whoever polls may rest.
 */
export function followJob(id: () => string, isActive: () => boolean): () => boolean {
  const client = useQueryClient();
  const [isOpen, setOpen] = createSignal(false);
  createEffect(() => {
    if (!isActive()) return;
    const key = jobKey(id());
    const source = new EventSource(`/api/score/jobs/${encodeURIComponent(id())}/events`);
    const take = ({ data }: MessageEvent<string>) => {
      const job = JSON.parse(data) as Job;
      // An event shows a preview of the question, the page the whole of it.
      client.setQueryData<Job>(key, (known) => ({
        ...job,
        question: known?.question ?? job.question,
      }));
    };
    for (const name of EVENTS) source.addEventListener(name, take);
    source.addEventListener("done", () => source.close());
    source.addEventListener("open", () => setOpen(true));
    source.addEventListener("error", () => setOpen(false));
    onCleanup(() => {
      source.close();
      setOpen(false);
    });
  });
  return isOpen;
}
