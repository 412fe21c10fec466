import { afterAll, beforeAll, expect, it } from "vitest";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { everyPage } from "./every-page.ts";
import { overflowOf, PAIRED_VIEWS, WIDE } from "./open-page.ts";
import { KEEPS_SECRETS, type Seeded, seed } from "./seed.ts";
import { wordsOf } from "./words.ts";

/** Every page of a view takes longer than a test may, on a machine that has other work. */
const PARTS = 5;

describePages("every page in every view", KEEPS_SECRETS, (site) => {
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await seed(site.origin);
  });
  afterAll(() => seeded.close());

  const parts = Array.from({ length: PARTS }, (_, part) =>
    PAIRED_VIEWS.map((view) => ({ ...view, part })),
  ).flat();
  it.each(parts)(
    "stands, fits, passes axe, and comes back, part $part, $locale $colorScheme $width px",
    async ({ part, ...view }) => {
      const { page, complaints } = await site.openPage(view);
      const t = wordsOf(view);
      let before: (() => Promise<unknown>) | null = null;
      const pages = everyPage(seeded).filter((_, at) => at % PARTS === part);
      for (const { name, path, ready, prepare, act } of pages) {
        await prepare?.(page);
        await page.goto(`${site.origin}${path}`);
        await ready(page, t);
        await act?.(page, t);
        expect.soft(await overflowOf(page), `${name} is wider than the screen`).toBe(0);
        expect.soft(await findViolations(page), name).toEqual([]);
        // What its reader did there is gone when one comes back.
        if (before && !act && !prepare) {
          await page.goBack();
          await before();
          await page.goForward();
          await ready(page, t);
        }
        before = act || prepare ? null : () => ready(page, t);
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
