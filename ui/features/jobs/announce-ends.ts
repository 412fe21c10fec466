import { createEffect, on } from "solid-js";
import type { Job, JobStatus } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { announce } from "../../kit/toasts.tsx";
import { isActive } from "./job-feed.ts";

/** Says which of the shown jobs ended since the last look. */
export function announceEnds(jobs: () => readonly Job[]): void {
  const active = new Set<string>();
  createEffect(
    on(jobs, (seen) => {
      for (const { job_id, status, question } of seen) {
        if (isActive(status)) active.add(job_id);
        else if (active.delete(job_id)) sayEnd(status, question.slice(0, 80));
      }
    }),
  );
}

function sayEnd(status: JobStatus, question: string): void {
  if (status === "completed") announce(t().jobs.nowCompleted(question));
  if (status === "failed") announce(t().jobs.nowFailed(question));
}
