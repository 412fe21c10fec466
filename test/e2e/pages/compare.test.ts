import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Comparison } from "../../../src/contract-insight.ts";
import { CHROMIUM, launchBrowser, takeScreenshot } from "../browser.ts";
import { type RunningServer, startServer } from "../server.ts";
import { nameOf, openPage, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreBatch } from "./score-batch.ts";
import { wordsOf } from "./words.ts";

const CITIES = ["杭州", "苏州", "Lisbon", "Porto", "成都", "Ghent", "西安", "Turin"];

describe.skipIf(CHROMIUM === null)("comparing two runs", () => {
  let server: RunningServer;
  let browser: Browser;
  let runIds: string[];
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    // The same answers over other passages: retrieval got worse, and the same claims are judged anew.
    const samplesOver = (minutes: number) =>
      CITIES.map((city, at) => ({
        id: `city-${at}`,
        question: `How long does the tram in ${city} take to the station?`,
        answer: `The tram in ${city} takes 20 minutes to the station.`,
        contexts: [`The tram in ${city} takes ${minutes} minutes to the station.`],
      }));
    const base = await scoreBatch(server.origin, "基线 base", samplesOver(20));
    const other = await scoreBatch(server.origin, "candidate 候选", samplesOver(45));
    runIds = [String(base.run_id), String(other.run_id)];
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each(VIEWS)("from the list to the claims that flipped, $locale, $width px", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await openPage(browser, view);
    await page.goto(`${server.origin}/runs`);
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

    const answer = await fetch(`${server.origin}/api/runs/compare?${query}`);
    const comparison = (await answer.json()) as Comparison;
    const faithfulness = comparison.metrics.faithfulness;
    expect(faithfulness).toMatchObject({ verdict: "real", moved: "worse" });
    const card = page.getByRole("article").filter({
      hasText: t.compare.regressed(String(faithfulness?.regressed)),
    });
    await card.getByText(t.compare.verdicts.worse).first().waitFor();
    expect(comparison.flipped_claims.total).toBeGreaterThan(0);
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

    await page.getByRole("link", { name: t.compare.swap }).click();
    await page.getByText(t.compare.verdicts.better).first().waitFor();
    await page.goBack();
    await page.getByText(t.compare.verdicts.worse).first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("says what is missing when no runs are named, or one is gone", async () => {
    const t = wordsOf(WIDE);
    const { page } = await openPage(browser, WIDE);
    await page.goto(`${server.origin}/compare`);
    await page.getByText(t.compare.chooseTwo).waitFor();
    await page.goto(`${server.origin}/compare?base=${runIds[0]}&other=run_gone`);
    await page.getByRole("heading", { name: t.report.gone }).waitFor();
    await page.context().close();
  });
});
