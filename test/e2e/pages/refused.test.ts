import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages, type Site } from "./describe-pages.ts";
import {
  nameOf,
  type OpenPage,
  openTab,
  overflowOf,
  PAIRED_VIEWS,
  VIEWS,
  type View,
} from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const ADMIN_KEY = "a-long-enough-admin-key-for-tests";
const NO_ID = "00000000000000000000000000";
const GONE_RUN = `/runs/run_${NO_ID}`;
const COMPARED = `/compare?base=run_${NO_ID}&other=run_${NO_ID.replace(/0$/, "1")}`;

/** Every page that asks the server for what it is about. */
const ASKING = [
  ["jobs", "/"],
  ["job", `/jobs/job_${NO_ID}`],
  ["runs", "/runs"],
  ["report", GONE_RUN],
  ["compare", COMPARED],
  ["settings", "/settings"],
] as const;

/** All pages at once as tabs of one visitor, because each of them waits before it gives up. */
async function onEach(
  site: Site,
  view: View,
  prepare: (page: Page) => Promise<unknown>,
  look: (name: string, opened: OpenPage) => Promise<void>,
) {
  const first = await site.openPage(view);
  const context = first.page.context();
  await Promise.all(
    ASKING.map(async ([name, path], at) => {
      const opened = at === 0 ? first : await openTab(context);
      await prepare(opened.page);
      await opened.page.goto(`${site.origin}${path}`);
      await look(name, opened);
    }),
  );
}

describePages("pages of a server that wants a key", { ACCESS_MODE: "keys", ADMIN_KEY }, (site) => {
  it.each(PAIRED_VIEWS)("ask for it, $locale $colorScheme $width px", async (view) => {
    const t = wordsOf(view);
    await onEach(
      site,
      view,
      async () => {},
      async (name, { page }) => {
        await page.getByRole("heading", { name: t.error.keyTitle }).waitFor();
        await page.getByLabel(t.error.key, { exact: true }).waitFor();
        expect.soft(await overflowOf(page), name).toBe(0);
        expect.soft(await findViolations(page), name).toEqual([]);
        await takeScreenshot(page, `${name}-401-${nameOf(view)}`);
      },
    );
  });
});

describePages("pages without an answer", (site) => {
  it.each(VIEWS)("say that the server is silent, and try again, $locale", async (view) => {
    const t = wordsOf(view);
    const silence = (page: Page) => page.route("**/api/**", (route) => route.abort());
    await onEach(site, view, silence, async (name, { page }) => {
      await page.getByText(t.error.network).first().waitFor();
      expect.soft(await overflowOf(page), name).toBe(0);
      await takeScreenshot(page, `${name}-down-${nameOf(view)}`);
      await page.unroute("**/api/**");
      // By itself, for whoever restarted the server has enough to do.
      await expect.poll(() => page.getByText(t.error.network).count(), { message: name }).toBe(0);
    });
  });

  it.each(PAIRED_VIEWS)("say what is gone, $locale $colorScheme $width px", async (view) => {
    const t = wordsOf(view);
    const { page } = await site.openPage(view);
    for (const [name, path, title] of [
      ["job", `/jobs/job_${NO_ID}`, t.job.gone],
      ["report", GONE_RUN, t.report.gone],
      ["compare", COMPARED, t.report.gone],
    ] as const) {
      await page.goto(`${site.origin}${path}`);
      await page.getByRole("heading", { name: title }).waitFor();
      expect.soft(await overflowOf(page), name).toBe(0);
      expect.soft(await findViolations(page), name).toEqual([]);
      await takeScreenshot(page, `${name}-404-${nameOf(view)}`);
    }
  });

  it.each(VIEWS)("whose words do not come ask to be loaded again, $locale", async (view) => {
    const { page } = await site.openPage(view);
    await page.route(/\/assets\/(en|zh)-/, (route) => route.abort());
    await page.goto(site.origin);
    await page.getByText("请刷新").waitFor();
    expect(await page.getByText("please reload it").count()).toBe(1);
  });

  it("say a fault of the server with its number, and what to send along", async () => {
    const [view] = VIEWS;
    if (!view) throw new Error("no view");
    const t = wordsOf(view);
    const { page } = await site.openPage(view);
    await page.route("**/api/score/jobs?*", (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        json: {
          type: "about:blank",
          title: "Unavailable",
          status: 503,
          code: "unavailable",
          detail: "The database does not answer.",
          request_id: "req-1",
        },
      }),
    );
    await page.goto(site.origin);
    await page.getByText("The database does not answer.", { exact: true }).waitFor();
    await page.getByText(t.error.details).click();
    await page.getByText("request: req-1").waitFor();
  });

  it.each(VIEWS)("a page that breaks over an answer says which, $locale", async (view) => {
    const t = wordsOf(view);
    const { page } = await site.openPage(view);
    await page.route("**/api/**", (route) =>
      route.fulfill({
        headers: { "X-Request-Id": "req-2" },
        json: { jobs: [{ job_id: "job_1", question: "坏了" }], next_cursor: null, metrics: [] },
      }),
    );
    await page.goto(site.origin);
    await page.getByText(t.error.crashed).waitFor();
    await takeScreenshot(page, `crashed-${nameOf(view)}`);
    await page.getByText(t.error.details).click();
    await page.getByText("request: req-2").waitFor();
    await page.unroute("**/api/**");
    await page.getByRole("button", { name: t.error.reload }).click();
    await page.getByRole("heading", { name: t.firstJob.title }).waitFor();
  });
});

describePages("two tabs, and one deletes what the other shows", (site) => {
  let kept: Job;
  beforeAll(async () => {
    const sample = { question: "年假几天？", answer: "10天。", contexts: ["年假10天。"] };
    kept = await scoreSample(site.origin, { ...sample, question: "How many days of leave?" });
  });

  it.each(VIEWS)(
    "job, report, sample and comparison say so when they are looked at again, $locale",
    async (view) => {
      const t = wordsOf(view);
      const sample = { question: `还在吗 ${view.locale}?`, answer: "在。", contexts: ["在这里。"] };
      const job = await scoreSample(site.origin, sample);
      const compared = new URLSearchParams({
        base: String(kept.run_id),
        other: String(job.run_id),
      });
      const tabs = await Promise.all(
        (
          [
            [`/jobs/${job.job_id}`, t.job.gone],
            [`/runs/${job.run_id}`, t.report.gone],
            [`/runs/${job.run_id}?sample=1`, t.report.gone],
            [`/compare?${compared}`, t.report.gone],
          ] as const
        ).map(async ([path, gone]) => {
          const { page, complaints } = await site.openPage(view);
          await page.goto(`${site.origin}${path}`);
          await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
          await page.waitForLoadState("networkidle");
          expect(await page.getByRole("heading", { name: gone }).count()).toBe(0);
          return { page, complaints, gone };
        }),
      );
      await fetch(`${site.origin}/api/score/jobs/${job.job_id}`, { method: "DELETE" });
      for (const { page, complaints, gone } of tabs) {
        // The browser itself tells of the 404; anything else would be ours.
        complaints.splice(0);
        await page.evaluate(
          "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
        );
        await page.getByRole("heading", { name: gone }).waitFor();
        expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
      }
    },
  );
});
