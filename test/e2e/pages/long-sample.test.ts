import { expect, it } from "vitest";
import { describePages } from "./describe-pages.ts";
import { VIEWS } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const SENTENCES = 1200;

describePages("a sample too long to show at once", (site) => {
  it.each(VIEWS)("shows the beginning and loads more when asked, $locale", async (view) => {
    const t = wordsOf(view);
    const { run_id } = await scoreSample(site.origin, {
      question: `${view.locale}: 巴黎是什么？ What is Paris?`,
      answer: "Paris is the big capital of France. ".repeat(SENTENCES),
      contexts: ["巴黎是法国首都。 Paris is the big capital of France."],
    });
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/runs/${run_id}`);
    const more = page.getByRole("button", { name: t.sample.loadMore });
    await more.waitFor({ timeout: 30_000 });
    expect(await page.getByRole("status").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining("700")]),
    );
    await more.click();
    await more.waitFor({ state: "detached", timeout: 30_000 });
    await page.locator("[data-claim=a1]").waitFor();
    expect(complaints).toEqual([]);
  });
});
