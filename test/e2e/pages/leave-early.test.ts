import { expect, it } from "vitest";
import { describePages } from "./describe-pages.ts";
import { type OpenPage, VIEWS } from "./open-page.ts";
import { wordsOf } from "./words.ts";

/** Parts of the page that is left are still on their way when the next one comes, in this order. */
const PART_MS = 300;
const NEXT_PAGE_MS = 700;

describePages("leaving a page before all of it is there", (site) => {
  async function slowDown({ page }: OpenPage, files: string, ms: number): Promise<void> {
    await page.route(files, async (route) => {
      await new Promise((late) => setTimeout(late, ms));
      await route.continue();
    });
  }

  it.each(VIEWS)("from the empty list to the form, $locale", async (view) => {
    const t = wordsOf(view);
    const opened = await site.openPage(view);
    await slowDown(opened, "**/assets/jobs-empty-*", PART_MS);
    await slowDown(opened, "**/assets/submit-page-*", NEXT_PAGE_MS);
    const { page, complaints } = opened;
    await page.goto(site.origin);
    await page.getByRole("heading", { level: 1, name: t.jobs.title }).waitFor();
    await page.getByRole("link", { name: t.nav.submit }).first().click();
    await page.getByRole("heading", { level: 1, name: t.submit.title }).waitFor();
    expect(complaints).toEqual([]);
  });
});
