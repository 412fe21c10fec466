import type { QueryClient } from "@tanstack/solid-query";
import { createSignal } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import { ApiError } from "../../kit/api.ts";
import { sayWhy } from "../../kit/say-why.ts";
import { announce } from "../../kit/toasts.tsx";
import { type JobFeed, updateJobs } from "./job-feed.ts";
import { deleteJob, type JobFilter } from "./jobs-api.ts";

/** Writes what an action brought into every list that shows the job (null: gone), and asks for the rest again. */
export function noteJobs(client: QueryClient, changes: ReadonlyMap<string, Job | null>): void {
  for (const [key, feed] of client.getQueriesData<JobFeed>({ queryKey: ["jobs", "feed"] })) {
    const filter = key[2] as JobFilter | undefined;
    if (feed) client.setQueryData(key, updateJobs(feed, changes, filter?.status ?? null));
  }
  for (const first of ["jobs", "job", "runs"]) client.invalidateQueries({ queryKey: [first] });
}

const [heldIds, setHeldIds] = createSignal<ReadonlySet<string>>(new Set());

/** Jobs that lists no longer show, although the server still has them. */
export { heldIds };

/** Hides a job at once and deletes it when the offer to take it back has lapsed. */
export function deleteWithUndo(client: QueryClient, id: string): void {
  setHeldIds((held) => new Set([...held, id]));
  announce(t().jobs.deleted, {
    label: t().app.undo,
    onTake: () => release(id),
    onLapse: () => remove(client, id),
  });
}

async function remove(client: QueryClient, id: string): Promise<void> {
  try {
    await deleteJob(id);
  } catch (error) {
    // Deleted elsewhere in the meantime is what was wanted.
    if (!(error instanceof ApiError && error.status === 404)) {
      announce(sayWhy(error));
      release(id);
      return;
    }
  }
  noteJobs(client, new Map([[id, null]]));
  release(id);
}

function release(id: string): void {
  setHeldIds((held) => new Set([...held].filter((one) => one !== id)));
}
