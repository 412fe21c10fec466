import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { everyPage } from "./every-page.ts";
import { overflowOf, PAIRED_VIEWS, WIDE } from "./open-page.ts";
import { scoreBatch } from "./score.ts";
import { KEEPS_SECRETS, seed } from "./seed.ts";
import { wordsOf } from "./words.ts";

const SAMPLES = 200;
const MOST_TOP = 340;
const MOST_PRESSES = 35;
const REVIEWED = 10;
const WIDTHS = [320, 390, 640, 768, 1024, 1280, 1440, 1920];
/** Nothing breaks it: no space, no hyphen. */
const TOKEN = "试金石Touchstone".repeat(29).slice(0, 400);

/** Recipes and timetables; of every second one the answer is wrong. */
function samples(isWrong: (at: number) => boolean): object[] {
  return Array.from({ length: SAMPLES }, (_, at) =>
    at % 2 === 0
      ? {
          id: `recipe-${at}`,
          question: `第 ${at} 号食谱里面粉要放多少克？`,
          answer: `面粉要放 ${isWrong(at) ? 210 + at : 480 + at} 克，烤 35 分钟。`,
          contexts: [
            `第 ${at} 号食谱：面粉 ${480 + at} 克，烤 35 分钟。`,
            "烤箱应提前十分钟预热。",
          ],
          ground_truth: `面粉 ${480 + at} 克。`,
          tags: { kind: "recipe" },
        }
      : {
          id: `tram-${at}`,
          question: `How long does tram ${at} take to the station?`,
          answer: `Tram ${at} takes ${isWrong(at) ? 45 : 20} minutes to the station.`,
          contexts: [`Tram ${at} takes 20 minutes to the station.`, "A day ticket costs 7 euros."],
          ground_truth: "20 minutes.",
          tags: { kind: "tram" },
        },
  );
}

async function isSeen(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).first().boundingBox();
  const { height = 0 } = page.viewportSize() ?? {};
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}

describePages("a report of 200 samples is read from what is wrong", (site) => {
  let job: Job;
  let base: Job;
  const report = () => `${site.origin}/runs/${job.run_id}`;
  const first = (page: Page) => page.locator(".sample-rows > tr").first();
  beforeAll(async () => {
    base = await scoreBatch(
      site.origin,
      "基线 before",
      samples((at) => at % 8 === 0),
    );
    job = await scoreBatch(
      site.origin,
      "回归 after",
      samples((at) => at % 4 < 2),
    );
  });

  it.each(["zh-CN", "en-US"] as const)(
    "the first failing sample stands within reach, with a baseline too, %s",
    async (locale) => {
      const { page } = await site.openPage({ ...WIDE, locale });
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`${report()}?base=${base.run_id}`);
      await first(page).waitFor();
      const t = wordsOf({ ...WIDE, locale });
      await page.getByText(t.baseline.against("基线 before")).waitFor();
      const top = (await first(page).boundingBox())?.y ?? MOST_TOP + 1;
      expect(top).toBeLessThanOrEqual(MOST_TOP);
      // The sentence above it says how many there are, and what to fix first.
      await page.getByText(t.finding.some("100", "200").trim()).waitFor();
    },
  );

  it("two clicks lead to the worst contradiction, marked in both texts on one screen", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(report());
    await first(page).waitFor();
    await page
      .getByRole("list")
      .getByRole("link", { name: t.causes.contradicts_context })
      .first()
      .click();
    await page.waitForURL(/cause=contradicts_context/);
    await first(page).getByRole("link").click();
    await page.locator("section[aria-labelledby=answer] mark.difference").first().waitFor();
    expect(await isSeen(page, "section[aria-labelledby=answer] mark.difference")).toBe(true);
    expect(await isSeen(page, "section[aria-labelledby=passages] mark.difference")).toBe(true);
    // The same two values in the sentence above, and the list has stayed.
    const said = await page.locator("section[aria-labelledby=answer] mark.difference").innerText();
    expect(await page.locator("[data-diagnosis]").innerText()).toContain(said);
    expect(await page.locator("nav a[aria-current=true]").count()).toBe(1);
  });

  it("ten samples are reviewed by keyboard alone", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(report());
    await first(page).waitFor();
    let presses = 0;
    const press = async (key: string) => {
      presses += 1;
      await page.keyboard.press(key);
    };
    await press("r");
    const seen = new Set<string>();
    while (seen.size < REVIEWED) {
      const open = page.locator("[data-claim][aria-expanded=true]");
      await expect.poll(() => new URL(page.url()).searchParams.get("sample")).not.toBeNull();
      const sample = new URL(page.url()).searchParams.get("sample") ?? "";
      expect(seen, "each sample once").not.toContain(sample);
      seen.add(sample);
      await open.waitFor();
      await expect.poll(() => page.locator("[data-claim]:focus").count()).toBe(1);
      const bar = page.locator("progress");
      const isDone = async () =>
        (await bar.getAttribute("value")) === (await bar.getAttribute("max"));
      while (!(await isDone())) {
        const before = await bar.getAttribute("value");
        await press("y");
        await expect.poll(() => bar.getAttribute("value")).not.toBe(before);
      }
      if (seen.size < REVIEWED) await press("j");
      await expect
        .poll(() => new URL(page.url()).searchParams.get("sample") !== sample)
        .toBe(seen.size < REVIEWED);
    }
    expect(presses).toBeLessThanOrEqual(MOST_PRESSES);
    const { people } = (await (await fetch(`${site.origin}/api/runs/${job.run_id}`)).json()) as {
      people?: { claims: { n: number } };
    };
    expect(people?.claims.n).toBeGreaterThanOrEqual(REVIEWED);
  });

  it("a bar of a histogram narrows the samples", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(report());
    await first(page).waitFor();
    await page.locator("[data-bar='0']").first().click({ force: true });
    await page.waitForURL(/metric=faithfulness.*above=0|above=0.*metric=faithfulness/);
  });

  it("paper begins with the finding, holds no button, and says what it leaves out", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.goto(report());
    await first(page).waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await isSeen(page, "main h1")).toBe(true);
    await expect.poll(() => page.locator("main button:visible").count()).toBe(0);
    expect(await page.locator("main .skeleton:visible").count()).toBe(0);
    const shown = await page.locator(".sample-rows > tr").count();
    expect(await page.getByText(t.report.leftOut(String(SAMPLES - shown))).isVisible()).toBe(true);
    expect(await isSeen(page, "#causes")).toBe(true);
    expect(await overflowOf(page)).toBe(0);
  });
});

describePages("pages stand whatever is in them", KEEPS_SECRETS, (site) => {
  let job: Job;
  beforeAll(async () => {
    const long = Array.from({ length: 4 }, (_, at) => ({
      id: `${TOKEN.slice(0, 100)}${at}`,
      question: `${TOKEN}？`,
      answer: `${TOKEN} 是 20 克。${TOKEN}. The fee is 20 euros.`,
      contexts: [`${TOKEN} 是 10 克。`, `The fee is 10 euros. ${TOKEN}`],
      ground_truth: `${TOKEN} 是 10 克。`,
      tags: { [TOKEN.slice(0, 60)]: `${TOKEN.slice(0, 60)}${at}` },
    }));
    job = await scoreBatch(site.origin, TOKEN.slice(0, 200), long);
  });

  it("no token widens report or sample, at any width", async () => {
    const { page } = await site.openPage(WIDE);
    const path = `${site.origin}/runs/${job.run_id}`;
    await page.goto(path);
    await page.locator(".sample-rows a").first().waitFor();
    const sample = await page.locator(".sample-rows a").first().getAttribute("href");
    await page.evaluate(
      "for (const fold of document.querySelectorAll('details')) fold.open = true",
    );
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect.soft(await overflowOf(page), `report at ${width}`).toBe(0);
    }
    await page.goto(`${site.origin}${sample}`);
    await page.locator("[data-claim]").first().waitFor();
    await page.evaluate(
      "for (const fold of document.querySelectorAll('details')) fold.open = true",
    );
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect.soft(await overflowOf(page), `sample at ${width}`).toBe(0);
    }
  });

  it("no token widens any other page, at any width", async () => {
    const t = wordsOf(WIDE);
    const seeded = await seed(site.origin, TOKEN);
    const { page } = await site.openPage(WIDE);
    for (const { name, path, ready, prepare, act } of everyPage(seeded)) {
      await prepare?.(page);
      await page.goto(`${site.origin}${path}`);
      await ready(page, t);
      await act?.(page, t);
      await page.evaluate(
        "for (const fold of document.querySelectorAll('details')) fold.open = true",
      );
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect.soft(await overflowOf(page), `${name} at ${width}`).toBe(0);
      }
    }
    await seeded.close();
  });

  it.each(PAIRED_VIEWS)(
    "report and sample pass axe, $locale $colorScheme $width px",
    async (view) => {
      const { page, complaints } = await site.openPage(view);
      await page.goto(`${site.origin}/runs/${job.run_id}`);
      await page.locator(".sample-rows a").first().waitFor();
      await page.locator("[aria-controls^=how-]").first().click();
      expect.soft(await findViolations(page), "report").toEqual([]);
      const sample = await page.locator(".sample-rows a").first().getAttribute("href");
      await page.goto(`${site.origin}${sample}`);
      await page.locator("[data-claim]").first().waitFor();
      await page.evaluate(
        "for (const fold of document.querySelectorAll('details')) fold.open = true",
      );
      expect.soft(await findViolations(page), "sample").toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
