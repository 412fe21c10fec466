import type { CDPSession, Page } from "playwright-core";
import { pause } from "../../test/e2e/server.ts";

const LOADING_MS = 120_000;
const SPEED = 3_000;
const DISTANCE = 15_000;

/** Goes down a long list until it holds `wanted` jobs or the time is up, then counts frames while it is scrolled on. */
export async function scrollList(
  page: Page,
  session: CDPSession,
  wanted: number,
  loadedSoFar: (page: Page) => Promise<number>,
) {
  const deadline = Date.now() + LOADING_MS;
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  let loaded = 0;
  while (Date.now() < deadline && loaded < wanted) {
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    const more = page.locator("main").getByRole("button", { name: MORE });
    if (await more.isVisible()) await more.click({ timeout: 1000 }).catch(() => undefined);
    await pause(30);
    loaded = await loadedSoFar(page);
  }
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)");
  await pause(1_000);
  await page.evaluate(`
    globalThis.frames = [];
    const note = (at) => { frames.push(at); requestAnimationFrame(note); };
    requestAnimationFrame(note);
  `);
  await session.send("Input.synthesizeScrollGesture", {
    x: 600,
    y: 450,
    yDistance: -DISTANCE,
    speed: SPEED,
    gestureSourceType: "mouse",
  });
  const frames = await page.evaluate<number[]>("frames");
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const seconds = ((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000;
  return {
    // Jobs the page held when it was scrolled.
    loaded,
    framesPerSecond: Math.round((gaps.length / seconds) * 10) / 10,
    longestFrameMs: Math.round(Math.max(...gaps)),
  };
}

const MORE = /load more|加载更多/i;
