import { expect, it } from "vitest";
import { EXAMPLES } from "../../../ui/features/submission/draft.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS } from "./open-page.ts";
import { wordsOf } from "./words.ts";

describePages("from the form to the sentence that decides", (site) => {
  it.each(VIEWS)("in $locale, $colorScheme, $width px", async (view) => {
    const t = wordsOf(view);
    const example = EXAMPLES[view.locale === "zh-CN" ? "zh" : "en"];
    const { page, complaints } = await site.openPage(view);
    async function look(name: string): Promise<void> {
      await takeScreenshot(page, `${name}-${nameOf(view)}`);
      expect.soft(await overflowOf(page), `${name} is wider than the screen`).toBe(0);
    }

    await page.goto(site.origin);
    await page.getByRole("heading", { level: 1, name: t.jobs.title }).waitFor();
    await page
      .getByRole("navigation", { name: t.app.navigation })
      .getByRole("link", { name: t.nav.submit })
      .click();
    const fillIn = view.locale === "zh-CN" ? t.submit.exampleZh : t.submit.exampleEn;
    await page.getByRole("main").getByRole("button", { name: fillIn, exact: true }).click();
    await look("submit");
    await page.getByRole("button", { name: t.submit.send, exact: true }).click();

    const card = page.getByRole("article", { name: example.question });
    await card.getByText(t.status.completed).waitFor();
    expect(await page.getByRole("article").first().textContent()).toContain(example.question);
    await look("jobs");

    await card.getByRole("link", { name: t.jobs.viewReport }).click();
    await page.getByRole("heading", { level: 1, name: t.report.title }).waitFor();
    const claim = page.locator("[data-claim]").first();
    await claim.waitFor();
    await look("report");

    // A sentence that no chosen claim rests on lights up as soon as its claim is pointed at.
    const unlit = page.locator("[data-evidence][data-lit=false]").first();
    const claimId = (await unlit.getAttribute("data-evidence"))?.split(" ")[0];
    const evidence = page.locator(`[data-evidence~="${claimId}"]`).first();
    await page.evaluate(
      "for (const fold of document.querySelectorAll('main details')) fold.open = true",
    );
    await page.locator(`[data-claim="${claimId}"]`).hover();
    await expect.poll(() => evidence.getAttribute("data-lit")).toBe("true");
    const sentence = (await evidence.textContent()) ?? "";
    const passage = example.contexts.find((text) => sentence.startsWith(text.slice(0, 12)));
    expect(passage, "the lit sentence stands in a passage").toBeDefined();

    await page.goto(`${site.origin}/runs`);
    await page.getByRole("heading", { level: 1, name: t.runs.title }).waitFor();
    await page.getByText("0.", { exact: false }).first().waitFor({ state: "attached" });
    await look("runs");
    await page.goto(`${site.origin}/connect`);
    await page.getByText(`${site.origin}/openapi-dify.json`).waitFor();
    await look("connect");
    expect(complaints).toEqual([]);
  });
});
