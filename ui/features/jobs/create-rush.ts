import { createSignal, onCleanup, onMount } from "solid-js";

/** Faster than anybody reads. */
const RUSH_PX_PER_SECOND = 1200;
/** So long after the last fast step the reader has arrived. */
const REST_MS = 120;

/** Is the window being scrolled faster than one can read? What comes by then need not be drawn in full. */
export function createRush(): () => boolean {
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
    addEventListener("scroll", look, { passive: true });
  });
  onCleanup(() => {
    removeEventListener("scroll", look);
    clearTimeout(rest);
  });
  return isRushing;
}
