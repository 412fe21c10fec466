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

  it.each(VIEWS)("is followed by its socket to its report, $locale", async (view) => {
    const { page, complaints } = await site.openPage(view);
    const job = await scoredJob(view);
    const asked = await holdBack(page, Number.POSITIVE_INFINITY);
    // Before the socket is there the page may ask a second time.
    const socket = page.waitForEvent("websocket");
    const whenOpen = socket.then((opened) => opened.waitForEvent("framereceived")).then(asked);
    await page.goto(`${site.origin}/jobs/${job.job_id}`);
    await expect.poll(() => page.url()).toContain(`/runs/${job.run_id}`);
    expect(asked()).toBe(await whenOpen);
    expect((await socket).url()).toContain(`/api/score/jobs/${job.job_id}/live`);
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS.slice(0, 1))("is asked for where no socket comes through", async (view) => {
    const { page } = await site.openPage(view);
    await page.routeWebSocket("**/live", (socket) => socket.close({ code: 1011 }));
    const job = await scoredJob(view);
    const asked = await holdBack(page, 2);
    await page.goto(`${site.origin}/jobs/${job.job_id}`);
    await page.getByText(wordsOf(view).job.waitingForReport).waitFor();
    await expect.poll(() => page.url()).toContain(`/runs/${job.run_id}`);
    expect(asked()).toBeGreaterThanOrEqual(3);
  });

  it.each(VIEWS.slice(0, 1))("is found ended by a page whose line went silent", async (view) => {
    const { page } = await site.openPage(view);
    // Opens, and never says nor answers anything: a machine that slept, a proxy that forgot.
    await page.routeWebSocket("**/live*", () => undefined);
    await page.clock.install();
    const job = await scoredJob(view);
    await holdBack(page, 2);
    await page.goto(`${site.origin}/jobs/${job.job_id}`);
    await page.getByText(wordsOf(view).job.waitingForReport).waitFor();
    await expect
      .poll(async () => {
        await page.clock.runFor(10_000);
        return page.url();
      })
      .toContain(`/runs/${job.run_id}`);
  });
});
