import { beforeAll, expect, it } from "vitest";
import type { Comparison } from "../../../src/contract/comparison.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreBatch, tramSamples } from "./score.ts";
import { wordsOf } from "./words.ts";

describePages("comparing two runs", (site) => {
  let runIds: string[];
  beforeAll(async () => {
    const base = await scoreBatch(site.origin, "基线 base", tramSamples(20));
    const other = await scoreBatch(site.origin, "candidate 候选", tramSamples(45));
    runIds = [String(base.run_id), String(other.run_id)];
  });

  it.each(VIEWS)("from the list to the claims that flipped, $locale, $width px", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/runs`);
    // The newer first: the baseline is the older one all the same.
    const choose = (run: string) =>
      page.getByRole("checkbox", { name: t.compare.choose(run) }).check();
    await choose("candidate 候选");
    await page.getByText(t.compare.oneMore).waitFor();
    await choose("基线 base");
    await takeScreenshot(page, `runs-chosen-${nameOf(view)}`);
    await page.getByRole("link", { name: t.compare.action }).click();
    await page.getByRole("heading", { level: 1, name: t.compare.title }).waitFor();
    const query = new URLSearchParams({ base: String(runIds[0]), other: String(runIds[1]) });
    expect(new URL(page.url()).search).toBe(`?${query}`);

    const answer = await fetch(`${site.origin}/api/runs/compare?${query}`);
    const comparison = (await answer.json()) as Comparison;
    const faithfulness = comparison.metrics.faithfulness;
    expect(faithfulness).toMatchObject({ verdict: "real", moved: "worse" });
    await page.getByText(t.compare.verdicts.worse).first().waitFor();
    // Worse first, counted once; one press shows both answers in full.
    const worse = page.getByRole("button", { name: t.compare.moves.worse("10") });
    await worse.click();
    const first = page.getByRole("button", { name: comparison.pairs[0]?.question });
    await first.click();
    const place = (n: string) => page.getByText(t.compare.place(n, "10"));
    await place("1").waitFor();
    for (const role of [t.compare.base, t.compare.other]) {
      await page.getByRole("article", { name: role }).locator(".claim-mark").first().waitFor();
    }
    await takeScreenshot(page, `compare-pair-${nameOf(view)}`);
    await page.getByRole("button", { name: t.compare.next }).click();
    await place("2").waitFor();
    await page.keyboard.press("k");
    await place("1").waitFor();
    expect(comparison.flipped_claims.total).toBeGreaterThan(0);
    await page.getByText(t.compare.flipped).click();
    await page
      .getByText(
        t.compare.flippedCount(
          String(comparison.flipped_claims.total),
          String(comparison.flipped_claims.checked_pairs),
        ),
      )
      .waitFor();
    await takeScreenshot(page, `compare-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);

    await page.getByRole("button", { name: t.compare.swap }).click();
    await page.getByText(t.compare.verdicts.better).first().waitFor();
    await page.goBack();
    await page.getByText(t.compare.verdicts.worse).first().waitFor();
    expect(complaints).toEqual([]);
  });

  it("says what is missing when no runs are named, or one is gone", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/compare`);
    await page.getByText(t.compare.chooseTwo).waitFor();
    await page.getByLabel(t.compare.base, { exact: true }).selectOption(String(runIds[0]));
    await page.getByLabel(t.compare.other, { exact: true }).selectOption(String(runIds[1]));
    await page.getByText(t.compare.verdicts.worse).first().waitFor();
    await page.goto(`${site.origin}/compare?base=${runIds[0]}&other=run_gone`);
    await page.getByRole("heading", { name: t.report.gone }).waitFor();
  });
});
