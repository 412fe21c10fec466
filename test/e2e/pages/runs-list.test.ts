import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreBatch, scoreSample, tramSamples } from "./score.ts";
import { wordsOf } from "./words.ts";

/** A name a spreadsheet would take for a formula. */
const GOOD = "=基线 base";
const BAD = "候选 candidate";

const names = (page: Page) => page.locator("a[href^='/runs/run_']:visible").allTextContents();

describePages("the list of runs", (site) => {
  let good: Job;
  beforeAll(async () => {
    good = await scoreBatch(site.origin, GOOD, tramSamples(20));
    await scoreBatch(site.origin, BAD, tramSamples(45));
    await scoreSample(site.origin, {
      question: "谁是这次运行？",
      answer: "我。",
      contexts: ["我。"],
      tags: { app: "客服" },
    });
  });

  it.each(VIEWS)("against a baseline, by rules, with trends, $locale, $width px", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/runs`);
    await page.locator("a[href^='/runs/run_']:visible").first().waitFor();
    // A single day is no trend.
    expect(await page.getByRole("heading", { name: t.runs.trends.title("30") }).count()).toBe(0);
    await page
      .getByRole("button", { name: t.runs.versus.choose(t.runs.versus.make, GOOD) })
      .click();
    await page.getByText(t.runs.versus.note(GOOD)).waitFor();
    expect(new URL(page.url()).searchParams.get("base")).toBe(good.run_id);
    await page
      .getByText(`${t.runs.versus.verdicts.worse}: `, { exact: false })
      .first()
      .waitFor({ state: "attached" });

    await page.getByRole("button", { name: t.runs.view.title }).click();
    await page.getByRole("button", { name: t.runs.gate.add }).click();
    await page
      .getByText(t.runs.gate.verdicts.fail, { exact: false })
      .filter({ visible: true })
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get("gate")).toBe("faithfulness>=0.8");
    await takeScreenshot(page, `runs-base-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);

    // Everything is in the address, and the rule and columns are there at the next visit without it.
    await page.reload();
    await page.getByText(t.runs.versus.note(GOOD)).waitFor();
    await page.goto(`${site.origin}/runs`);
    await page
      .getByText(t.runs.gate.verdicts.fail, { exact: false })
      .filter({ visible: true })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS)(
    "single calls by a switch, names by a search, days as one chart, $locale",
    async (view) => {
      const t = wordsOf(view);
      const { page, complaints } = await site.openPage(view);
      await page.route("**/api/trends?*", async (route) => {
        const metric = new URL(route.request().url()).searchParams.get("metric");
        const today = new Date().toISOString().slice(0, 10);
        const points = [
          { day: "2026-11-01", n: 12, mean: 0.6, interval: [0.5, 0.7] },
          { day: today, n: 12, mean: 0.8, interval: [0.7, 0.9] },
        ];
        const judge_changes = [
          { day: today, before: ["offline-lexical@1"], judges: ["decision:clef-flash"] },
        ];
        await route.fulfill({
          json: { metric, days: 30, tag: null, points, whole: null, tags: [], judge_changes },
        });
      });
      await page.goto(`${site.origin}/runs`);
      await expect.poll(() => names(page)).toEqual([BAD, GOOD]);
      await page.getByRole("heading", { name: t.runs.trends.title("30") }).waitFor();
      await page.getByText("decision:clef-flash", { exact: false }).last().waitFor();
      await page.getByLabel(t.runs.trends.metric).selectOption("answer_relevancy");
      await expect
        .poll(() => new URL(page.url()).searchParams.get("trend"))
        .toBe("answer_relevancy");
      await page.getByText(t.runs.trends.numbers).click();
      await page.getByText("n = 12").first().waitFor();
      expect(await overflowOf(page)).toBe(0);
      await takeScreenshot(page, `runs-trend-${nameOf(view)}`);
      await page.getByRole("checkbox", { name: t.runs.singles }).check();
      await expect.poll(async () => (await names(page)).length).toBe(3);
      await page.getByPlaceholder(t.runs.search).fill("候选");
      await expect.poll(() => names(page)).toEqual([BAD]);
      await page.getByText(t.runs.causeSamples("10")).filter({ visible: true }).first().waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it("columns are chosen and kept; sorting lives in the address", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/runs`);
    const head = (title: string) => page.getByRole("columnheader", { name: title });
    await head("忠实度").getByRole("button").click();
    await expect.poll(() => head("忠实度").getAttribute("aria-sort")).toBe("descending");
    await head("忠实度").getByRole("button").click();
    await expect.poll(() => head("忠实度").getAttribute("aria-sort")).toBe("ascending");
    expect((await names(page))[0]).toBe(BAD);
    await page.goBack();
    await expect.poll(() => head("忠实度").getAttribute("aria-sort")).toBe("descending");

    await page.getByRole("button", { name: t.runs.view.title }).click();
    await page.getByRole("checkbox", { name: "答案相关性" }).uncheck();
    await expect.poll(() => head("答案相关性").count()).toBe(0);
    await page.goto(`${site.origin}/runs`);
    await head("忠实度").waitFor();
    expect(await head("答案相关性").count()).toBe(0);
  });

  it("what is saved as CSV is what is seen, and no name runs as a formula", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/runs?gate=faithfulness>=0.8&sort=faithfulness`);
    const button = page.getByRole("button", { name: t.runs.view.csv });
    await page.getByText(BAD).first().waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const text = await readFile(await download.path(), "utf8");
    const lines = text.trim().split("\r\n");
    expect(lines[0]).toContain(
      "run_id,name,finished_at,samples,judge,faithfulness,faithfulness_low",
    );
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(`,${BAD},`);
    expect(lines[1]).toContain(",fail,");
    expect(text).toContain(`,"'${GOOD}",`);
  });

  it.each(VIEWS)(
    "is narrowed by tag and judge; a baseline that is gone is said, $locale",
    async (view) => {
      const t = wordsOf(view);
      const { page } = await site.openPage(view);
      await page.goto(`${site.origin}/runs?tag=app=客服`);
      await expect.poll(() => names(page)).toEqual(["谁是这次运行？"]);
      await page.getByRole("button", { name: t.lists.remove(`${t.lists.tag}: app=客服`) }).click();
      await expect.poll(async () => (await names(page)).length).toBe(2);
      await page.goto(`${site.origin}/runs?judge=gpt-none`);
      await page.getByRole("heading", { name: t.runs.emptyFilterTitle }).waitFor();
      await page.goto(`${site.origin}/runs?base=run_00000000000000000000000000`);
      await page.getByText(t.runs.versus.gone).waitFor();
      await takeScreenshot(page, `runs-base-gone-${nameOf(view)}`);
    },
  );
});
