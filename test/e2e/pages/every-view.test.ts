import { afterAll, beforeAll, expect, it } from "vitest";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { everyPage } from "./every-page.ts";
import { overflowOf, PAIRED_VIEWS, WIDE } from "./open-page.ts";
import { KEEPS_SECRETS, type Seeded, seed } from "./seed.ts";
import { wordsOf } from "./words.ts";

describePages("every page in every view", KEEPS_SECRETS, (site) => {
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await seed(site.origin);
  });
  afterAll(() => seeded.close());

  it.each(PAIRED_VIEWS)(
    "stands, fits, passes axe, and comes back, $locale $colorScheme $width px",
    async (view) => {
      const { page, complaints } = await site.openPage(view);
      const t = wordsOf(view);
      let before: (() => Promise<unknown>) | null = null;
      for (const { name, path, ready, prepare, act } of everyPage(seeded)) {
        await prepare?.(page);
        await page.goto(`${site.origin}${path}`);
        await ready(page, t);
        await act?.(page, t);
        expect.soft(await overflowOf(page), `${name} is wider than the screen`).toBe(0);
        expect.soft(await findViolations(page), name).toEqual([]);
        if (before) {
          await page.goBack();
          await before();
          await page.goForward();
          await ready(page, t);
        }
        before = () => ready(page, t);
        expect.soft(new URL(page.url()).pathname, name).toBe(path.split("?")[0]);
        // A page nobody made answers 404 to the browser too, which says so on its console.
        const said = complaints.splice(0);
        const isOf404 = (complaint: string) => /status of 404/.test(complaint);
        expect.soft(said.some(isOf404), name).toBe(name === "not-found");
        expect
          .soft(
            said.filter((complaint) => !isOf404(complaint)),
            name,
          )
          .toEqual([]);
      }
    },
  );

  it("axe would find a button without a name", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/submit`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.evaluate("document.querySelector('main').append(document.createElement('button'))");
    expect(await findViolations(page)).toEqual([expect.stringContaining("button-name")]);
  });
});
