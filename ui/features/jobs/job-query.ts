import { queryOptions, useQuery, useQueryClient } from "@tanstack/solid-query";
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { getJob, pathOf } from "../../kit/api.ts";
import { createClock } from "../../kit/clock.ts";
import { dataOf } from "../../kit/data-of.ts";
import { isActive } from "./job-feed.ts";

export const POLL_MS = 5000;

function jobKey(id: string) {
  return ["job", id] as const;
}

/** A job as it is now; the clock ticks while it waits. `isFollowed`: see `jobQuery`. */
export function useJob(id: Accessor<string>, isFollowed: Accessor<boolean> = () => false) {
  const query = useQuery(() => ({ ...jobQuery(id(), isFollowed()), enabled: id() !== "" }));
  const job = createMemo(() => dataOf(query));
  const isWaiting = createMemo(() => isActive(job()?.status ?? "completed"));
  return { query, job, isWaiting, nowMs: createClock(isWaiting) };
}

/** `isFollowed`: its event stream brings what changes, so nobody need ask. */
function jobQuery(id: string, isFollowed = false) {
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
    const source = new EventSource(pathOf("GET /api/score/jobs/:id/events", { id: id() }));
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
