import { beforeAll, expect, it } from "vitest";
import type { JobPage } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { TROUBLE } from "./every-page.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

describePages("trouble", (site) => {
  beforeAll(async () => {
    await scoreSample(site.origin, { question: "在吗？", answer: "在。", contexts: ["在。"] });
  });

  it.each(VIEWS)("of a list's answer stands on this page and the next, $locale", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    await page.route("**/api/score/jobs?*", async (route) => {
      const list = (await (await route.fetch()).json()) as JobPage;
      await route.fulfill({ json: { ...list, trouble: TROUBLE } });
    });
    await page.goto(site.origin);
    await page.getByText(t.trouble.alerts("2")).waitFor();
    await page.getByText(t.trouble.lost("7")).waitFor();
    await page.getByText("429 Too Many Requests").waitFor();
    await takeScreenshot(page, `trouble-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole("link", { name: t.trouble.toAlerts }).click();
    await page.getByRole("heading", { name: t.settings.alerts, exact: true }).waitFor();
    await page.getByText(t.trouble.alerts("2")).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is asked for once a minute by a page nobody tells, and not while it is hidden", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.clock.install();
    let asked = 0;
    await page.route("**/api/health", async (route) => {
      asked += 1;
      const health = await (await route.fetch()).json();
      await route.fulfill({ json: { ...health, trouble: { ...TROUBLE, judge: null } } });
    });
    await page.goto(`${site.origin}/notifications`);
    await page.getByRole("heading", { name: t.settings.alerts, exact: true }).waitFor();
    await page.clock.runFor(5_000);
    await page.getByText(t.trouble.alerts("2")).waitFor();
    expect(asked).toBe(1);
    await page.clock.runFor(55_000);
    expect(asked).toBe(1);
    await page.clock.runFor(70_000);
    await expect.poll(() => asked).toBeGreaterThanOrEqual(2);
    expect(asked).toBeLessThanOrEqual(3);
    const before = asked;
    await page.evaluate(
      "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })",
    );
    await page.clock.runFor(300_000);
    expect(asked).toBe(before);
  });
});
