import { type Accessor, createComputed, createMemo, createSignal, on } from "solid-js";
import type { Job } from "../../src/contract.ts";

/** Nearer to the top than this the reader sees the newest job anyway. */
const NEAR_TOP_PX = 240;

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
    scrollTo({ top: 0 });
  }
  return { shown, waiting, reveal };
}
