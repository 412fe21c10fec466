import type { CDPSession, Page } from "playwright-core";

const SLOWDOWN = 4;

/** What the browser itself noted about a page since it was opened. */
export interface Observed {
  /** First text or picture on the screen. */
  paintedMs: number;
  longestTaskMs: number;
  /** When the last task over 50 ms ended, since the navigation began. */
  lastLongTaskEndMs: number;
  layoutShift: number;
  /** How long a grey shape stood where something is to come. */
  skeletonMs: number;
  /** From each key to the next picture, in steps of 8 ms as the browser reports it. */
  keysMs: number[];
}

// Runs in the page before anything of it, so it is text: this program and the page share no code.
const OBSERVE = `
  globalThis.observed = { paintedMs: NaN, longestTaskMs: 0, lastLongTaskEndMs: 0, layoutShift: 0, skeletonMs: 0, keysMs: [] };
  const watch = (type, see, more) => new PerformanceObserver((list) => list.getEntries().forEach(see))
    .observe({ type, buffered: true, ...more });
  watch("paint", (entry) => {
    if (entry.name === "first-contentful-paint") observed.paintedMs = entry.startTime;
  });
  watch("longtask", (entry) => {
    observed.longestTaskMs = Math.max(observed.longestTaskMs, entry.duration);
    observed.lastLongTaskEndMs = Math.max(observed.lastLongTaskEndMs, entry.startTime + entry.duration);
  });
  watch("layout-shift", (entry) => {
    if (!entry.hadRecentInput) observed.layoutShift += entry.value;
  });
  let greyAt = null;
  new MutationObserver(() => {
    const isGrey = document.querySelector("main .skeleton") !== null;
    if (isGrey && greyAt === null) greyAt = performance.now();
    if (isGrey || greyAt === null) return;
    observed.skeletonMs += performance.now() - greyAt;
    greyAt = null;
  }).observe(document, { childList: true, subtree: true });
  watch("event", (entry) => {
    if (entry.name === "keydown" || entry.name === "input") observed.keysMs.push(entry.duration);
  }, { durationThreshold: 16 });
`;

/** A page on a processor that is so many times slower. */
export async function openSlowPage(page: Page, rate = SLOWDOWN): Promise<CDPSession> {
  await page.addInitScript(OBSERVE);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  return session;
}

export function readObserved(page: Page): Promise<Observed> {
  return page.evaluate("structuredClone(observed)");
}

/**
 * Until what `selector` finds is there and drawn, in the page's own time since its navigation began. The page looks by
 * itself: what a test's locator brings along would be read by the same slow processor, and count as the page's.
 */
export async function timeOf(session: CDPSession, selector: string): Promise<number> {
  const { result } = await session.send("Runtime.evaluate", {
    expression: `new Promise((tell) => {
      const look = () => document.querySelector(${JSON.stringify(selector)}) === null
        ? requestAnimationFrame(look)
        : requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
      look();
    })`,
    awaitPromise: true,
    returnByValue: true,
  });
  return Number(result.value);
}
