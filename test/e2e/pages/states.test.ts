import { expect, it } from "vitest";
import type { Job, JobPage } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const HOSTILE = `<img src=x onerror=alert(1)> <script>alert(2)</script> [x](https://evil.example) 试金石`;

describePages("pages in every state", (site) => {
  it.each(VIEWS)("empty pages teach, $locale, $width px", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    await page.goto(site.origin);
    await page.getByRole("heading", { name: t.firstJob.title }).waitFor();
    await page.getByText(`${site.origin}/api/score/async`, { exact: true }).waitFor();
    await takeScreenshot(page, `jobs-empty-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    await page.goto(`${site.origin}/runs`);
    await page.getByRole("heading", { name: t.runs.emptyTitle }).waitFor();
    await takeScreenshot(page, `runs-empty-${nameOf(view)}`);
    await page.goto(`${site.origin}/settings`);
    await page.getByRole("heading", { name: t.settings.openTitle }).waitFor();
    await page.getByText(t.settings.closeTitle).click();
    await page.getByText("npx wrangler secret put ADMIN_KEY").waitFor();
    await page.getByRole("link", { name: t.settings.audit, exact: true }).click();
    await page.getByText(t.settings.noAudit).waitFor();
    await takeScreenshot(page, `settings-open-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS)(
    "a page whose file a deployment took away says to reload, $locale",
    async (view) => {
      const t = wordsOf(view);
      const { page } = await site.openPage(view);
      await page.goto(site.origin);
      await page.getByRole("heading", { name: t.firstJob.title }).waitFor();
      // What a Worker answers for a file that is no longer there.
      await page.route("**/assets/*.js", (route) =>
        route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
      );
      await page.locator('a[href="/settings"]').first().click();
      await page.getByText(t.error.outdated).waitFor();
      await page.unroute("**/assets/*.js");
      await page.getByRole("button", { name: t.error.reload }).click();
      await page.getByRole("heading", { name: t.settings.openTitle }).waitFor();
    },
  );

  it.each(VIEWS)(
    "the API reference fits and can be used by everybody, $locale, $width px",
    async (view) => {
      const { page } = await site.openPage(view);
      await page.goto(`${site.origin}/docs#job`);
      await page.getByRole("heading", { name: "GET /api/health", exact: true }).waitFor();
      await takeScreenshot(page, `docs-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      // Long: looked through once.
      if (view === WIDE) expect(await findViolations(page)).toEqual([]);
    },
  );

  it.each(VIEWS)("a server that is down is said, and tried again, $locale", async (view) => {
    const t = wordsOf(view);
    const { page } = await site.openPage(view);
    await page.route("**/api/score/jobs?*", (route) => route.abort());
    await page.goto(site.origin);
    await page.getByText(t.error.network).waitFor();
    await takeScreenshot(page, `jobs-down-${nameOf(view)}`);
    await page.unroute("**/api/score/jobs?*");
    await page.getByRole("button", { name: t.app.retry }).click();
    await page.getByRole("heading", { name: t.firstJob.title }).waitFor();
  });

  it.each(VIEWS)("what is gone and what never was say where to go, $locale", async (view) => {
    const t = wordsOf(view);
    const { page } = await site.openPage(view);
    await page.goto(`${site.origin}/runs/run_00000000000000000000000000`);
    await page.getByRole("heading", { name: t.report.gone }).waitFor();
    await page.goto(`${site.origin}/jobs/job_00000000000000000000000000`);
    await page.getByRole("heading", { name: t.job.gone }).waitFor();
    await page.goto(`${site.origin}/no/such/page`);
    await page.getByRole("heading", { level: 1, name: t.notFound.title }).waitFor();
    await page.getByRole("main").getByRole("link", { name: t.nav.runs }).click();
    await page.getByRole("heading", { level: 1, name: t.runs.title }).waitFor();
  });

  it("hostile text is shown as text, in cards, evidence and the advice document", async () => {
    const t = wordsOf(WIDE);
    const job = await scoreSample(site.origin, {
      question: HOSTILE,
      answer: `The fee is 20 euros. ${HOSTILE}`,
      contexts: [`The fee is 10 euros. ${HOSTILE}`],
      name: HOSTILE,
    });
    const { page, complaints } = await site.openPage(WIDE);
    await page.goto(site.origin);
    await page.getByRole("heading", { name: HOSTILE }).waitFor();
    await page.goto(`${site.origin}/runs/${job.run_id}`);
    await page.locator("[data-claim]").first().waitFor();
    await page.getByText(t.report.document).click();
    await page.locator("article.document").waitFor();
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("a[href*='evil.example']").count()).toBe(0);
    expect(await page.locator("article.document script").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("polls while something is being scored, and not after", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await scoreSample(site.origin, {
      question: "年假几天？",
      answer: "10天。",
      contexts: ["年假10天。"],
    });
    // The page's clock goes on only as it is told: by 4 ms while the test waits, by more than a pause between two polls.
    const time = Date.now();
    await page.clock.install({ time });
    await page.clock.pauseAt(time + 1000);
    const live = async () => {
      await page.clock.runFor(4);
      return page.getByText(t.jobs.live).count();
    };
    let status: Job["status"] = "running";
    let asked = 0;
    await page.route("**/api/score/jobs?*", async (route) => {
      asked += 1;
      const real = await route.fetch();
      const list = (await real.json()) as JobPage;
      const jobs = list.jobs.slice(0, 1).map((job) => ({ ...job, status, finished_at: null }));
      await route.fulfill({ json: { ...list, jobs } });
    });
    await page.goto(site.origin);
    await expect.poll(live).toBe(1);
    expect(asked).toBe(1);
    await page.clock.runFor(5_500);
    await expect.poll(() => asked).toBe(2);
    status = "completed";
    await page.clock.runFor(5_500);
    await expect.poll(live).toBe(0);
    const askedAtEnd = asked;
    await page.clock.runFor(60_000);
    expect(asked).toBe(askedAtEnd);
  });
});
