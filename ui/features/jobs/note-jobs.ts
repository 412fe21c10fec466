import type { QueryClient } from "@tanstack/solid-query";
import type { Job } from "../../../src/contract.ts";
import type { JobFilter } from "../../kit/api.ts";
import { type JobFeed, updateJobs } from "./job-feed.ts";

/** Writes what an action brought into every list that shows the job (null: gone), and asks for the rest again. */
export function noteJobs(client: QueryClient, changes: ReadonlyMap<string, Job | null>): void {
  for (const [key, feed] of client.getQueriesData<JobFeed>({ queryKey: ["jobs", "feed"] })) {
    const filter = key[2] as JobFilter | undefined;
    if (feed) client.setQueryData(key, updateJobs(feed, changes, filter?.status ?? null));
  }
  for (const first of ["jobs", "job", "runs"]) client.invalidateQueries({ queryKey: [first] });
}
