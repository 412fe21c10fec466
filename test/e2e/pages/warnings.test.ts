import { expect, it } from "vitest";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

describePages("what intake found odd", (site) => {
  it.each(VIEWS)("is said in the reader's language, $locale", async (view) => {
    const t = wordsOf(view);
    const job = await scoreSample(site.origin, {
      question: `年假几天？How many days? ${nameOf(view)}`,
      answer: "10 天。",
      contexts: "{{#1718000000000.result#}}",
      gruond_truth: "10 天。",
    });
    expect(job.warnings.map(({ code }) => code)).toEqual(["unresolved_variable", "unknown_field"]);
    const { page, complaints } = await site.openPage(view);
    await page.goto(site.origin);
    const card = page.getByRole("article", { name: job.question });
    await card.getByText(t.jobs.warnings(2)).click();
    for (const { code, message, fix } of job.warnings) {
      const known = t.warnings.known[code];
      await card.getByText(known?.fix ?? fix).waitFor();
      if (known) await card.getByText(known.message).waitFor();
      // Names and numbers stand in the server's own words only.
      await card.getByText(message).waitFor();
    }
    expect(await card.getByText(t.warnings.original).count()).toBe(view === VIEWS[0] ? 2 : 0);
    expect(await overflowOf(page)).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    await takeScreenshot(page, `warnings-${nameOf(view)}`);
    expect(complaints).toEqual([]);
  });
});
