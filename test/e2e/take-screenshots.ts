import { launchBrowser, takeScreenshot } from "./browser.ts";
import { everyPage, seedDemo } from "./pages/every-page.ts";
import { nameOf, openPage, type View } from "./pages/open-page.ts";
import { wordsOf } from "./pages/words.ts";
import { startServer } from "./server.ts";

// `npm run screenshots`: every page as a reader sees it, in both languages, both themes and two widths, from a real
// server that scored the demo samples. The pictures land in `test/e2e/screenshots`, for a person to look at.

const server = await startServer();
const browser = await launchBrowser().catch(async (error: unknown) => {
  await server.close();
  throw error;
});
try {
  const pages = everyPage(await seedDemo(server.origin));
  for (const view of allViews()) {
    const { page, complaints } = await openPage(browser, view);
    for (const { name, path, ready } of pages) {
      await page.goto(`${server.origin}${path}`);
      await ready(page, wordsOf(view));
      await takeScreenshot(page, `all-${name}-${nameOf(view)}`);
    }
    await page.context().close();
    console.log(`${nameOf(view)}: ${pages.length} pages`);
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
  }
} finally {
  await browser.close();
  await server.close();
}

function* allViews(): Generator<View> {
  for (const locale of ["zh-CN", "en-US"] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1280, 390] as const) yield { locale, colorScheme, width };
    }
  }
}
