import { useQueryClient } from "@tanstack/solid-query";
import { createEffect, createSignal, onCleanup } from "solid-js";
import type { Job } from "../../../src/contract.ts";
import { pathOf } from "../../kit/api.ts";
import { jobKey } from "./job-query.ts";

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
