import { createSignal, For, lazy, Show, Suspense } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { type JobListProps, JobRow, ROW_PX } from "./job-row.tsx";
import { createListKeys, jobOf } from "./list-keys.ts";

const LongJobList = lazy(() => import("./long-job-list.tsx"));

/** Up to here all rows are in the page: they print, and the browser finds words in them. */
const SHORT = 50;
/** Rows of a long list on the first screen, shown until the rest of its code is here. */
const FIRST_SCREEN = 16;

/** One row a job. */
export function JobList(props: JobListProps) {
  return (
    <Show when={props.hasMore || props.jobs.length > SHORT} fallback={<ShortJobList {...props} />}>
      <Suspense fallback={<FirstScreen {...props} />}>
        <LongJobList {...props} />
      </Suspense>
    </Show>
  );
}

/** As tall as the list will be: who scrolls at once, or comes back to a place in it, is not held up. */
function FirstScreen(props: JobListProps) {
  return (
    <div style={{ "min-height": `${props.jobs.length * ROW_PX}px` }}>
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
              <div data-job={id}>
                <JobRow job={job()} at={byId(id)} list={props} />
              </div>
            )}
          </Show>
        )}
      </For>
    </div>
  );
}

/** Jobs that came while the reader was further down: nothing moves under their eyes until they ask for it. */
export function NewPill(props: { n: number; onShow: () => void }) {
  return (
    <div
      role="status"
      class="pointer-events-none sticky top-18 z-20 flex h-0 justify-center lg:top-4 print:hidden"
    >
      <Show when={props.n > 0}>
        <button
          type="button"
          class="button button-primary pointer-events-auto rounded-full shadow-lg"
          onClick={() => props.onShow()}
        >
          <Icon name="down" class="rotate-180" />
          {t().jobs.newOnes(formatCount(props.n))}
        </button>
      </Show>
    </div>
  );
}
