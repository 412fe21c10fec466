import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, launchBrowser, takeScreenshot } from "../browser.ts";
import { type RunningServer, startServer } from "../server.ts";
import { nameOf, openPage, WIDE } from "./open-page.ts";
import { scoreSample } from "./score-sample.ts";
import { wordsOf } from "./words.ts";

describe.skipIf(CHROMIUM === null)("search and commands", () => {
  const t = wordsOf(WIDE);
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("Ctrl K finds a page, and a scored question by its words", async () => {
    const question = "保修期多长？";
    const sample = { question, answer: "两年。", contexts: ["保修期两年。"] };
    const job = await scoreSample(server.origin, sample);
    const { page, complaints } = await openPage(browser, WIDE);
    await page.goto(server.origin);
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
    await page.context().close();
  });

  it("? explains the keys, but not while typing", async () => {
    const { page } = await openPage(browser, WIDE);
    await page.goto(server.origin);
    await page.getByRole("searchbox").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("?");
    expect(await page.getByRole("searchbox").inputValue()).toBe("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByRole("searchbox").blur();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: t.palette.helpTitle }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await page.context().close();
  });
});
