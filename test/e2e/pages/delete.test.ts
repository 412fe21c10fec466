import { expect, it } from "vitest";
import type { JobPage } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

describePages("deleting a job", (site) => {
  const score = (question: string) =>
    scoreSample(site.origin, { question, answer: "Yes.", contexts: ["Yes, it is here."] });
  const statusOf = async (id: string) =>
    (await fetch(`${site.origin}/api/score/jobs/${id}`)).status;

  it.each(VIEWS)("can be taken back; then another tab says it plainly, $locale", async (view) => {
    const t = wordsOf(view);
    const question = `Is this ${view.locale} question still here?`;
    const job = await score(question);
    const { page, complaints } = await site.openPage(view);
    const other = await page.context().newPage();
    await other.goto(`${site.origin}/jobs/${job.job_id}`);
    await other.getByRole("article", { name: question }).waitFor();

    await page.goto(site.origin);
    const card = page.getByRole("article", { name: question });
    await card.getByRole("button", { name: t.jobs.delete }).click();
    await expect.poll(() => card.count()).toBe(0);
    await page.getByText(t.jobs.deleted).waitFor();
    await takeScreenshot(page, `delete-${nameOf(view)}`);
    await page.getByRole("button", { name: t.app.undo }).click();
    await card.waitFor();
    expect(await statusOf(job.job_id)).toBe(200);

    await card.getByRole("button", { name: t.jobs.delete }).click();
    await expect.poll(() => statusOf(job.job_id)).toBe(404);
    expect(await card.count()).toBe(0);

    // The other tab still shows it; what is done there meets a job that is no more.
    await other.bringToFront();
    await other.reload();
    await other.getByRole("heading", { name: t.job.gone }).waitFor();
    // A browser writes a 404 of a page's own request to the console.
    expect(complaints).toEqual([]);
  });

  it("leaving the page does not lose the deletion, and Ctrl Z takes it back", async () => {
    const t = wordsOf(WIDE);
    const kept = await score("保留吗？");
    const lost = await score("删除吗？");
    const { page } = await site.openPage(WIDE);
    await page.goto(site.origin);
    const remove = (question: string) =>
      page
        .getByRole("article", { name: question })
        .getByRole("button", { name: t.jobs.delete })
        .click();
    await remove(kept.question);
    await page.getByText(t.jobs.deleted).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByRole("article", { name: kept.question }).waitFor();
    await remove(lost.question);
    await page.getByText(t.jobs.deleted).waitFor();
    await page.goto("about:blank");
    await expect.poll(() => statusOf(lost.job_id)).toBe(404);
    expect(await statusOf(kept.job_id)).toBe(200);
  });

  it("a job deleted in another tab leaves the list of this one, and acting on it is no crash", async () => {
    const t = wordsOf(WIDE);
    const job = await score("另一个标签页删除了我？");
    const { page, complaints } = await site.openPage(WIDE);
    await page.goto(site.origin);
    const card = page.getByRole("article", { name: job.question });
    await card.waitFor();
    await fetch(`${site.origin}/api/score/jobs/${job.job_id}`, { method: "DELETE" });
    await card.getByRole("checkbox").check();
    await page.getByRole("button", { name: t.jobs.bulk.actions.delete("1") }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: t.jobs.delete, exact: true }).click();
    await page.getByText(t.jobs.bulk.gone("1")).waitFor();
    await expect.poll(() => card.count()).toBe(0);
    const list = (await (await fetch(`${site.origin}/api/score/jobs`)).json()) as JobPage;
    expect(list.jobs.map(({ job_id }) => job_id)).not.toContain(job.job_id);
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });
});
