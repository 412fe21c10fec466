import { existsSync, mkdirSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where a Chromium was found, or null: then the browser tests are skipped by name. */
export const CHROMIUM = process.env.CHROMIUM ?? CANDIDATES.find((path) => existsSync(path)) ?? null;

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The tabs of a visitor share a process and what it has compiled: half the processor time of a page.
  "--process-per-site",
];

export function launchBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error("no Chromium");
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

let shared: Promise<Browser> | undefined;

/** The browser of all test files this process runs, launched for the first; it ends with the process. */
export async function sharedBrowser(): Promise<Browser> {
  const browser = await shared;
  if (browser?.isConnected()) return browser;
  shared = launchBrowser();
  return shared;
}

/**
 * With `SCREENSHOTS=1` keeps a picture of the page so that a person can look; ignored by git. Nobody looks at the
 * pictures of most runs, and each takes its time.
 */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  const directory = new URL("./screenshots/", import.meta.url);
  mkdirSync(directory, { recursive: true });
  // What sticks to the top belongs to the top of the picture.
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({ path: new URL(`${name}.png`, directory).pathname, fullPage: true });
}
