import { expect, it } from "vitest";
import { describePages } from "./describe-pages.ts";
import { WIDE } from "./open-page.ts";

/** All a page can keep for its next visit. */
const KEPT = `({ local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie,
  isClockReal: String(setTimeout).includes("[native code]") })`;

describePages("whoever comes after a visitor", (site) => {
  it.each([1, 2, 3])("is a first visitor, time %i", async (time) => {
    const { page } = await site.openPage(WIDE);
    // The second visitor has a clock of its own.
    if (time === 2) await page.clock.install();
    await page.goto(site.origin);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.evaluate(KEPT)).toEqual({
      local: {},
      session: {},
      cookies: "",
      isClockReal: time !== 2,
    });
    await page.evaluate(
      "localStorage.setItem('k', '值'), sessionStorage.setItem('k', '值'), document.cookie = 'k=1; max-age=999'",
    );
    expect(page.context().pages().length).toBe(2);
  });
});
