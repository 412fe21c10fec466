import { createSignal, For, lazy, Show, Suspense } from "solid-js";
import { CARD_PX, type JobListProps, JobRow } from "./job-row.tsx";
import { createListKeys, jobOf } from "./list-keys.ts";

const LongJobList = lazy(() => import("./long-job-list.tsx"));

/** Up to here all cards are in the page: they print, and the browser finds words in them. */
const SHORT = 20;
/** Cards of a long list on the first screen, shown until the rest of its code is here. */
const FIRST_SCREEN = 4;

/** The cards, newest first. */
export function JobList(props: JobListProps) {
  return (
    <Show when={props.jobs.length > SHORT} fallback={<ShortJobList {...props} />}>
      <Suspense fallback={<FirstScreen {...props} />}>
        <LongJobList {...props} />
      </Suspense>
    </Show>
  );
}

/** As tall as the list will be: who scrolls at once, or comes back to a place in it, is not held up. */
function FirstScreen(props: JobListProps) {
  return (
    <div style={{ "min-height": `${props.jobs.length * CARD_PX}px` }}>
      <ShortJobList {...props} jobs={props.jobs.slice(0, FIRST_SCREEN)} />
    </div>
  );
}

function ShortJobList(props: JobListProps) {
  let list: HTMLDivElement | undefined;
  const [focusedId, setFocusedId] = createSignal<string | null>(null);
  createListKeys({
    listed: () => props.jobs,
    focusedId,
    selection: props.selection,
    reveal: () => undefined,
    cardOf: (id) => list?.querySelector(`[data-job="${CSS.escape(id)}"] article`) ?? null,
  });
  const byId = (id: string) => props.jobs.findIndex((job) => job.job_id === id);
  return (
    <div
      ref={list}
      role="feed"
      aria-busy={props.isBusy}
      onFocusIn={(event) => setFocusedId(jobOf(event.target))}
      onFocusOut={() => setFocusedId(null)}
    >
      <For each={props.jobs.map((job) => job.job_id)}>
        {(id) => (
          <Show when={props.jobs[byId(id)]}>
            {(job) => (
              <div data-job={id} class="pb-4">
                <JobRow job={job()} at={byId(id)} list={props} />
              </div>
            )}
          </Show>
        )}
      </For>
    </div>
  );
}
