import { expect, it } from "vitest";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, VIEWS } from "./open-page.ts";
import { scoreSample } from "./score-sample.ts";
import { wordsOf } from "./words.ts";

describePages("deleting a job", (site) => {
  it.each(VIEWS)("asks first; another tab that shows it says so plainly, $locale", async (view) => {
    const t = wordsOf(view);
    const question = `Is this ${view.locale} question still here?`;
    const sample = { question, answer: "Yes.", contexts: ["Yes, it is here."] };
    const job = await scoreSample(site.origin, sample);
    const { page, complaints } = await site.openPage(view);
    const other = await page.context().newPage();
    await other.goto(`${site.origin}/jobs/${job.job_id}`);
    await other.getByRole("article", { name: question }).waitFor();

    await page.goto(site.origin);
    const card = page.getByRole("article", { name: question });
    const askToDelete = card.getByRole("button", { name: t.jobs.delete });
    await askToDelete.click();
    const dialog = page.getByRole("alertdialog", { name: t.jobs.deleteTitle });
    await dialog.waitFor();
    await takeScreenshot(page, `delete-${nameOf(view)}`);
    await dialog.getByRole("button", { name: t.jobs.keep }).click();
    await expect.poll(() => dialog.count()).toBe(0);
    // The page behind a dialog is hidden from readers, and must come back.
    await expect.poll(() => card.count()).toBe(1);

    await askToDelete.click();
    await dialog.getByRole("button", { name: t.jobs.delete, exact: true }).click();
    await expect.poll(() => card.count()).toBe(0);
    await page.getByText(t.jobs.deleted).waitFor();

    await other.getByRole("button", { name: t.jobs.delete }).click();
    const dialogThere = other.getByRole("alertdialog", { name: t.jobs.deleteTitle });
    await dialogThere.getByRole("button", { name: t.jobs.delete, exact: true }).click();
    await other.getByRole("heading", { name: t.job.gone }).waitFor();
    expect(complaints).toEqual([]);
  });
});
