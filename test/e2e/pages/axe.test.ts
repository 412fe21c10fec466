import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "../../../src/contract.ts";
import { CHROMIUM, launchBrowser } from "../browser.ts";
import { type RunningServer, startServer } from "../server.ts";
import { everyPage, seedDemo } from "./every-page.ts";
import { openPage, VIEWS, WIDE } from "./open-page.ts";
import { wordsOf } from "./words.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(CHROMIUM === null)("axe finds nothing serious or critical", () => {
  let server: RunningServer;
  let browser: Browser;
  let jobs: Job[];
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    jobs = await seedDemo(server.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each(VIEWS)("on any page in $locale, $colorScheme, $width px", async (view) => {
    const { page } = await openPage(browser, view);
    for (const { name, path, ready } of everyPage(jobs)) {
      await page.goto(`${server.origin}${path}`);
      await ready(page, wordsOf(view));
      expect.soft(await findViolations(page), name).toEqual([]);
    }
    await page.context().close();
  });

  it("and would find a button without a name", async () => {
    const { page } = await openPage(browser, WIDE);
    await page.goto(`${server.origin}/submit`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.evaluate("document.querySelector('main').append(document.createElement('button'))");
    expect(await findViolations(page)).toEqual([expect.stringContaining("button-name")]);
    await page.context().close();
  });
});

/** `rule: where` for each serious or critical violation. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results: AxeResults = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
