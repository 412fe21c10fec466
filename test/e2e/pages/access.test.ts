import { expect, it } from "vitest";
import type { CreatedShare } from "../../../src/contract/access.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, WIDE } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const ADMIN_KEY = "a-long-enough-admin-key-for-tests";
const KEY = { Authorization: `Bearer ${ADMIN_KEY}` };

describePages("a server that wants a key", { ACCESS_MODE: "keys", ADMIN_KEY }, (site) => {
  const t = wordsOf(WIDE);

  it("asks for it, says when it is wrong, signs in, scores, signs out", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(site.origin);
    const key = page.getByLabel(t.error.key, { exact: true });
    await key.fill("certainly-not-the-right-key");
    await takeScreenshot(page, `jobs-locked-${nameOf(WIDE)}`);
    await page.getByRole("button", { name: t.error.keySave }).click();
    await page.getByText(t.error.keyWrong).waitFor();
    await key.fill(ADMIN_KEY);
    await page.getByRole("button", { name: t.error.keySave }).click();
    await page.getByRole("heading", { name: t.firstJob.title }).waitFor();

    await page.goto(`${site.origin}/submit`);
    await page
      .getByRole("main")
      .getByRole("button", { name: t.submit.exampleZh, exact: true })
      .click();
    await page.getByRole("button", { name: t.submit.send, exact: true }).click();
    await page.getByRole("article").first().waitFor();

    await page.getByRole("button", { name: t.app.signOut }).click();
    await key.waitFor();
    expect(await page.getByRole("article").count()).toBe(0);
  });

  it("a share link opens its report, the evidence and the files, and nothing else", async () => {
    const sample = { question: "年假几天？", answer: "10天。", contexts: ["年假10天。"] };
    const job = await scoreSample(site.origin, sample, KEY);
    const answer = await fetch(`${site.origin}/api/runs/${job.run_id}/share`, {
      method: "POST",
      headers: { ...KEY, "Content-Type": "application/json" },
      body: "{}",
    });
    const share = (await answer.json()) as CreatedShare;
    const { page, complaints } = await site.openPage(WIDE);
    await page.goto(share.url);
    await page.locator("[data-claim]").first().waitFor();
    await page.getByRole("button", { name: t.report.downloads }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "scores.csv" }).click(),
    ]);
    expect(download.suggestedFilename()).toContain("scores.csv");
    expect(complaints).toEqual([]);
    await page
      .getByRole("navigation", { name: t.app.navigation })
      .getByRole("link", { name: t.nav.jobs })
      .click();
    await page.getByLabel(t.error.key, { exact: true }).waitFor();
  });
});
