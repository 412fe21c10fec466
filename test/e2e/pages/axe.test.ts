import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import type { Job } from "../../../src/contract.ts";
import { describePages } from "./describe-pages.ts";
import { everyPage, seedDemo } from "./every-page.ts";
import { VIEWS, WIDE } from "./open-page.ts";
import { wordsOf } from "./words.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describePages("axe finds nothing serious or critical", (site) => {
  let jobs: Job[];
  beforeAll(async () => {
    jobs = await seedDemo(site.origin);
  });

  it.each(VIEWS)("on any page in $locale, $colorScheme, $width px", async (view) => {
    const { page } = await site.openPage(view);
    for (const { name, path, ready } of everyPage(jobs)) {
      await page.goto(`${site.origin}${path}`);
      await ready(page, wordsOf(view));
      expect.soft(await findViolations(page), name).toEqual([]);
    }
  });

  it("and would find a button without a name", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/submit`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.evaluate("document.querySelector('main').append(document.createElement('button'))");
    expect(await findViolations(page)).toEqual([expect.stringContaining("button-name")]);
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
