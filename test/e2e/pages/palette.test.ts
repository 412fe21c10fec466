import { expect, it } from "vitest";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, WIDE } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

describePages("search and commands", (site) => {
  const t = wordsOf(WIDE);

  it("Ctrl K finds a page, and a scored question by its words", async () => {
    const question = "保修期多长？";
    const sample = { question, answer: "两年。", contexts: ["保修期两年。"] };
    const job = await scoreSample(site.origin, sample);
    const { page, complaints } = await site.openPage(WIDE);
    await page.goto(site.origin);
    await page.getByRole("article").first().waitFor();

    await page.keyboard.press("Control+k");
    const box = page.getByRole("combobox", { name: t.palette.placeholder });
    await box.fill(t.nav.runs);
    await takeScreenshot(page, `palette-${nameOf(WIDE)}`);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/runs");
    expect(await box.count()).toBe(0);

    await page.keyboard.press("Control+k");
    await box.fill("保修");
    await page.getByRole("option", { name: question }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/runs/${job.run_id}`);
    expect(complaints).toEqual([]);
  });

  it("? explains the keys, but not while typing", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(site.origin);
    await page.getByRole("searchbox").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("?");
    expect(await page.getByRole("searchbox").inputValue()).toBe("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByRole("searchbox").blur();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: t.keyboard.title }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  });
});
