import { gzipSync } from "node:zlib";
import type { Response } from "playwright-core";
import { launchBrowser } from "../test/e2e/browser.ts";
import { everyPage } from "../test/e2e/pages/every-page.ts";
import { openPage, WIDE } from "../test/e2e/pages/open-page.ts";
import { KEEPS_SECRETS, seed } from "../test/e2e/pages/seed.ts";
import { wordsOf } from "../test/e2e/pages/words.ts";
import { startWorker } from "../test/e2e/worker.ts";

/** JavaScript a first visit to each page loads until it stands there, in bytes of gzip at level 9. */
export async function bytesByRoute(): Promise<Record<string, number>> {
  const worker = await startWorker(KEEPS_SECRETS);
  const browser = await launchBrowser();
  try {
    const bytes: Record<string, number> = {};
    const seeded = await seed(worker.origin);
    for (const { path, ready, prepare, act } of everyPage(seeded)) {
      // What its reader does there is no first visit.
      if (prepare || act) continue;
      const { page } = await openPage(browser, WIDE);
      const scripts = new Map<string, Promise<number>>();
      const note = (response: Response) => {
        if (response.request().resourceType() !== "script") return;
        scripts.set(
          response.url(),
          response.body().then((body) => gzipSync(body, { level: 9 }).length),
        );
      };
      page.on("response", note);
      await page.goto(`${worker.origin}${path}`);
      await ready(page, wordsOf(WIDE));
      // What still comes is no longer waited for, and its body may be gone with the page.
      page.off("response", note);
      const sizes = await Promise.all(scripts.values());
      bytes[path.replace(/_[0-9A-Z]{26}/g, "_…")] = sizes.reduce((sum, size) => sum + size, 0);
      await page.context().close();
    }
    await seeded.close();
    return bytes;
  } finally {
    await browser.close();
    await worker.close();
  }
}
