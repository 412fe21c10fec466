import { type Accessor, createComputed, createMemo, createSignal, on } from "solid-js";
import type { Job } from "../../../src/contract.ts";

/** Nearer to the top than this the reader sees the newest job anyway. */
const NEAR_TOP_PX = 240;

/** Cards are measured as they come into view, which may move the page once more after it was moved. */
const SETTLED_MS = [0, 200, 400];

function goToTop(): void {
  for (const delayMs of SETTLED_MS)
    setTimeout(() => scrollTo({ top: 0, behavior: "instant" }), delayMs);
}

/**
 * Keeps jobs that come while the reader is further down out of the list, so that nothing moves under their eyes, and
 * counts them. `filter`: with another one everything is shown.
 */
export function holdNewJobs(jobs: Accessor<readonly Job[]>, filter: Accessor<unknown>) {
  const [newest, setNewest] = createSignal("");
  const showAll = () => setNewest(jobs()[0]?.job_id ?? "");
  createComputed(on(filter, showAll));
  createComputed(
    on(jobs, () => {
      if (newest() === "" || scrollY < NEAR_TOP_PX) showAll();
    }),
  );
  const waiting = createMemo(() => {
    const at = jobs().findIndex((job) => job.job_id <= newest());
    return at < 0 ? 0 : at;
  });
  const shown = createMemo(() => (waiting() === 0 ? jobs() : jobs().slice(waiting())));
  function reveal(): void {
    showAll();
    goToTop();
  }
  return { shown, waiting, reveal };
}
