import { useLocation } from "@solidjs/router";
import {
  createWindowVirtualizer,
  defaultRangeExtractor,
  type VirtualItem,
} from "@tanstack/solid-virtual";
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from "solid-js";
import { listen } from "../../kit/listen.ts";
import { type JobListProps, JobRow, ROW_PX } from "./job-row.tsx";
import { createListKeys, jobOf } from "./list-keys.ts";

const ROWS_AHEAD = 4;
/** Rows before the end at which older jobs are asked for. */
const MORE_AHEAD = 10;

/** A list of any length: only the cards near the screen are in the page. Loaded when a list is long. */
export default function LongJobList(props: JobListProps) {
  let list: HTMLDivElement | undefined;
  const [marginPx, setMarginPx] = createSignal(0);
  const [focusedId, setFocusedId] = createSignal<string | null>(null);
  const isRushing = createRush();
  const indexOf = createMemo(() => new Map(props.jobs.map((job, at) => [job.job_id, at])));
  const { pathname, search } = useLocation();
  const address = pathname + search;
  const virtualizer = createWindowVirtualizer({
    get count() {
      return props.jobs.length;
    },
    get scrollMargin() {
      return marginPx();
    },
    estimateSize: () => ROW_PX,
    getItemKey: (at) => props.jobs[at]?.job_id ?? at,
    overscan: ROWS_AHEAD,
    // The card that has the focus stays, wherever the reader scrolls.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const focused = indexOf().get(focusedId() ?? "");
      if (focused === undefined || shown.includes(focused)) return shown;
      return [...shown, focused].sort((a, b) => a - b);
    },
    initialOffset: () => scrollY,
    initialMeasurementsCache: keptHeights(address),
  });
  const shown = createMemo(
    () =>
      new Map(
        virtualizer
          .getVirtualItems()
          .map(({ key, index, start }) => [String(key), { index, start }]),
      ),
  );

  function measureMargin(): void {
    if (list) setMarginPx(Math.round(list.getBoundingClientRect().top + scrollY));
  }
  onMount(() => {
    // What stands above the list may open, close or break into another line; and the page is built before it is shown.
    const observer = new ResizeObserver(measureMargin);
    observer.observe(document.body);
    onCleanup(() => observer.disconnect());
  });
  onCleanup(() => keepHeights(address, virtualizer.measurementsCache));
  createEffect(
    on(
      () => [...shown().values()].at(-1)?.index ?? 0,
      (last) => {
        if (props.hasMore && last >= props.jobs.length - MORE_AHEAD) props.onMore();
      },
    ),
  );
  createListKeys({
    listed: () => props.jobs,
    focusedId,
    selection: props.selection,
    reveal: (at) => virtualizer.scrollToIndex(at, { align: "auto" }),
    cardOf: (id) => list?.querySelector(`[data-job="${CSS.escape(id)}"] article`) ?? null,
  });

  return (
    <div
      ref={list}
      role="feed"
      aria-busy={props.isBusy}
      class="relative"
      style={{ height: `${virtualizer.getTotalSize()}px` }}
      onFocusIn={(event) => setFocusedId(jobOf(event.target))}
      onFocusOut={() => setFocusedId(null)}
    >
      <For each={[...shown().keys()]}>
        {(id) => {
          const at = () => indexOf().get(id) ?? 0;
          // Once drawn in full it stays so.
          const isPlain = createMemo((was: boolean) => was && isRushing(), true);
          return (
            <Show when={props.jobs[at()]}>
              {(job) => (
                <div
                  ref={(row) =>
                    createEffect(() => {
                      // A plain card has no height of its own worth knowing.
                      if (!isPlain()) queueMicrotask(() => virtualizer.measureElement(row));
                    })
                  }
                  data-index={at()}
                  data-job={id}
                  class="absolute inset-x-0 top-0 contain-layout contain-style"
                  style={{
                    transform: `translateY(${(shown().get(id)?.start ?? 0) - marginPx()}px)`,
                  }}
                >
                  <JobRow job={job()} at={at()} list={props} isPlain={isPlain()} />
                </div>
              )}
            </Show>
          );
        }}
      </For>
    </div>
  );
}

/** Faster than anybody reads. */
const RUSH_PX_PER_SECOND = 1200;
/** So long after the last fast step the reader has arrived. */
const REST_MS = 120;

/** Is the window being scrolled faster than one can read? What comes by then need not be drawn in full. */
function createRush(): () => boolean {
  const [isRushing, setRushing] = createSignal(false);
  let lastY = 0;
  let lastAt = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  function look(): void {
    const now = performance.now();
    const pxPerSecond = (Math.abs(scrollY - lastY) / Math.max(1, now - lastAt)) * 1000;
    lastY = scrollY;
    lastAt = now;
    if (pxPerSecond < RUSH_PX_PER_SECOND) return;
    setRushing(true);
    clearTimeout(rest);
    rest = setTimeout(() => setRushing(false), REST_MS);
  }
  onMount(() => {
    lastY = scrollY;
    lastAt = performance.now();
  });
  listen(window, "scroll", look);
  onCleanup(() => clearTimeout(rest));
  return isRushing;
}

const kept = new Map<string, VirtualItem[]>();

/**
 * Heights of the cards that were drawn at this address: who comes back to it finds the list as tall as it was, so the
 * place the router scrolls to is the place that was left.
 */
function keptHeights(address: string): VirtualItem[] {
  return kept.get(address) ?? [];
}

function keepHeights(address: string, heights: VirtualItem[]): void {
  kept.set(address, heights);
}
