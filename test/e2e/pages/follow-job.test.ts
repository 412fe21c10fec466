import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, VIEWS, type View } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const ONE_JOB = /\/api\/score\/jobs\/job_[^/]+$/;

describePages("a job that is being scored", (site) => {
  async function scoredJob(view: View): Promise<Job> {
    return scoreSample(site.origin, {
      question: `年假有几天？How many days? ${nameOf(view)}`,
      answer: "10 天。",
      contexts: ["员工每年有 10 天年假。"],
    });
  }

  /** The page is told that the job is being scored for the first `times` it asks; gives back how often it asked. */
  async function holdBack(page: Page, times: number): Promise<() => number> {
    let asked = 0;
    await page.route(ONE_JOB, async (route) => {
      asked += 1;
      if (asked > times) return route.continue();
      const job = (await (await route.fetch()).json()) as Job;
      await route.fulfill({ json: { ...job, status: "running", finished_at: null, run_id: null } });
    });
    return () => asked;
  }

  it.each(VIEWS)("is followed by its events to its report, $locale", async (view) => {
    const { page, complaints } = await site.openPage(view);
    const job = await scoredJob(view);
    const asked = await holdBack(page, Number.POSITIVE_INFINITY);
    // Before the stream is there the page may ask a second time.
    const stream = page.waitForResponse("**/events").then(asked);
    await page.goto(`${site.origin}/jobs/${job.job_id}`);
    await expect.poll(() => page.url()).toContain(`/runs/${job.run_id}`);
    expect(asked()).toBe(await stream);
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS.slice(0, 1))("is asked for where no stream comes through", async (view) => {
    const { page } = await site.openPage(view);
    await page.route("**/events", (route) => route.abort());
    const job = await scoredJob(view);
    const asked = await holdBack(page, 2);
    await page.goto(`${site.origin}/jobs/${job.job_id}`);
    await page.getByText(wordsOf(view).job.waitingForReport).waitFor();
    await expect.poll(() => page.url()).toContain(`/runs/${job.run_id}`);
    expect(asked()).toBeGreaterThanOrEqual(3);
  });
});
