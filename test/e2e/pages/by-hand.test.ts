import { expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { wordsOf } from "./words.ts";

describePages("a sample by hand", (site) => {
  it.each(VIEWS)(
    "is kept on reload, checked while typed, sent by keyboard, shown, $locale",
    async (view) => {
      const t = wordsOf(view);
      const { page, complaints } = await site.openPage(view);
      await page.goto(`${site.origin}/submit`);
      const question = page.getByLabel(t.submit.question, { exact: true });
      const answer = page.getByLabel(t.submit.answer, { exact: true });
      await answer.focus();
      await question.focus();
      await page.getByText(t.submit.required).waitFor();
      await question.fill("<i>怎么</i> 退货？");
      await answer.fill("Within seven days.");
      expect(await page.getByText(t.submit.required).count()).toBe(0);
      await page.getByLabel(t.submit.context(1)).fill("Returns are free within seven days.");
      await page.reload();
      expect(await question.inputValue()).toBe("<i>怎么</i> 退货？");
      expect(await page.getByLabel(t.submit.context(1)).inputValue()).toContain("seven days");

      await page.getByText(t.submit.more).click();
      // The rest is folded.
      const metrics = page.getByRole("group", { name: t.submission.metrics });
      await expect.poll(() => metrics.getByRole("checkbox").count()).toBe(12);
      await page.getByRole("textbox", { name: t.submission.runName }).fill("手工 & test");
      const tags = page.getByLabel(t.submission.tags).last();
      await tags.fill("not a tag");
      await page.getByText(t.submission.tagsWrong).waitFor();
      await tags.fill("env=prod，团队=搜索");
      await takeScreenshot(page, `by-hand-${nameOf(view)}`);
      await tags.press("Control+Enter");
      const card = page.getByRole("article", { name: "<i>怎么</i> 退货？" });
      await card.getByText(t.status.completed).waitFor();
      await card.getByRole("link", { name: t.jobs.viewReport }).waitFor();
      await takeScreenshot(page, `by-hand-done-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      const id = new URL(page.url()).searchParams.get("job");
      const job = (await (await fetch(`${site.origin}/api/score/jobs/${id}`)).json()) as Job;
      expect(job).toMatchObject({ name: "手工 & test", tags: { env: "prod", 团队: "搜索" } });
      // Sent texts are no draft any more.
      await page.reload();
      await card.waitFor();
      expect(await question.inputValue()).toBe("");
      await page.getByRole("button", { name: t.submit.another }).click();
      await card.waitFor({ state: "detached" });
      expect(complaints).toEqual([]);
    },
  );

  it("a job that was deleted elsewhere is said to be gone", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/submit?job=job_gone`);
    await page.getByText(t.submit.resultGone).waitFor();
  });
});
