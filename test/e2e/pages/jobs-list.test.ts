import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { copyOf, serveJobs } from "./make-jobs.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreBatch, scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const WRONG = "保温杯的容量多大？";
const BATCH = "夜间回归 nightly";

const cards = (page: Page) => page.getByRole("article");

describePages("the list of jobs", (site) => {
  let real: Job;
  const score = (question: string, rest: object = {}) =>
    scoreSample(site.origin, { question, answer: "是。Yes.", contexts: ["是。Yes."], ...rest });
  beforeAll(async () => {
    await score("谁属于会话？Who belongs to a session?", { session_id: "会话 1" });
    await score("带标签的问题？", { tags: { app: "客服", prompt: "v2" } });
    await score(WRONG, {
      id: "cup-1",
      answer: "星泉保温杯的容量是210毫升。",
      contexts: ["星泉保温杯的容量是480毫升。"],
    });
    await scoreBatch(site.origin, BATCH, [
      ...[1, 2].map((n) => ({ question: `批内 ${n}?`, answer: "是。", contexts: ["是。"] })),
      { question: "没有回答？", answer: "", contexts: ["是。"] },
    ]);
    real = await score("Plain?");
  });

  it.each(VIEWS)("is narrowed by tag, session and day in the address, $locale", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    await page.goto(site.origin);
    await expect.poll(() => cards(page).count()).toBe(5);
    await page.getByRole("button", { name: t.lists.filter }).click();
    await page.getByLabel(t.lists.tag, { exact: true }).fill("app=客服");
    await page.keyboard.press("Enter");
    await expect.poll(() => cards(page).count()).toBe(1);
    expect(new URL(page.url()).searchParams.get("tag")).toBe("app=客服");
    await takeScreenshot(page, `jobs-filter-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    await page.reload();
    await page.getByRole("article", { name: "带标签的问题？" }).waitFor();
    await expect.poll(() => cards(page).count()).toBe(1);
    const part = `${t.lists.tag}: app=客服`;
    await page.getByRole("button", { name: t.lists.remove(part) }).click();
    await expect.poll(() => cards(page).count()).toBe(5);
    await page.goBack();
    await expect.poll(() => cards(page).count()).toBe(1);
    await page.goForward();
    await page.getByRole("link", { name: "会话 1" }).click();
    await page.getByRole("article", { name: "谁属于会话？" }).waitFor();
    await expect.poll(() => cards(page).count()).toBe(1);
    await page.goto(`${site.origin}/?from=2026-01-01&to=2026-01-02`);
    await page.getByRole("heading", { name: t.jobs.emptyFilterTitle }).waitFor();
    await page.goto(`${site.origin}/?from=yesterday`);
    await expect.poll(() => cards(page).count()).toBe(5);
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS)("is narrowed by cause, score, way and state, $locale", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/?cause=contradicts_context`);
    const wrong = page.getByRole("article", { name: WRONG });
    await wrong.waitFor();
    expect(await cards(page).count()).toBe(1);
    if (view.width === 390) await page.getByRole("button", { name: t.lists.filter }).click();
    await page.getByLabel(t.jobs.cause, { exact: true }).selectOption("");
    await expect.poll(() => cards(page).count()).toBeGreaterThan(3);
    await page.getByLabel(t.jobs.metric, { exact: true }).selectOption("faithfulness");
    await page.getByLabel(t.jobs.limit, { exact: true }).fill("0.2");
    await page.keyboard.press("Enter");
    await expect.poll(() => cards(page).count()).toBe(1);
    await wrong.waitFor();
    await page.goto(`${site.origin}/?source=batch`);
    await page.getByRole("article", { name: BATCH }).waitFor();
    expect(await cards(page).count()).toBe(1);
    await page.goto(
      `${site.origin}/?status=failed&source=nothing&cause=x&metric=faithfulness&limit=y`,
    );
    await page.getByRole("heading", { name: t.jobs.emptyFilterTitle }).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS)("says of each what is worst, and leads to the sentence, $locale", async (view) => {
    const t = wordsOf(view);
    const { page } = await site.openPage(view);
    await page.goto(`${site.origin}/?sort=worst`);
    const [first] = [cards(page).first()];
    await first.getByText(t.causes.contradicts_context).first().waitFor();
    // The overall score is a mean; its word is that of the worst.
    expect(await first.textContent()).toContain(t.score.levels.bad);
    expect(await first.textContent()).not.toContain(t.status.completed);
    expect(await first.textContent()).toContain("星泉保温杯的容量是210毫升。");
    const batch = page.getByRole("article", { name: BATCH });
    await batch.getByText(t.jobs.rowsScored("2", "3")).waitFor();
    await first.focus();
    await page.keyboard.press("Enter");
    await page.locator("[data-claim]").first().waitFor();
    expect(new URL(page.url()).searchParams.get("sample")).toBe("cup-1");
  });

  it("shows 14 rows and more on a screen of 900 pixels", async () => {
    const { page } = await site.openPage(WIDE);
    await page.setViewportSize({ width: 1440, height: 900 });
    await serveJobs(page, real, () => 120);
    await page.goto(site.origin);
    await page.getByRole("article", { name: "question 120?" }).waitFor();
    const whole = async () =>
      page.evaluate<number>(`[...document.querySelectorAll("article")]
        .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length`);
    await expect.poll(whole).toBeGreaterThanOrEqual(14);
  });

  it.each(VIEWS)("several at once: asked once, told what came of it, $locale", async (view) => {
    const t = wordsOf(view);
    const tag = `bulk=${view.locale}`;
    const [name, value] = tag.split("=");
    for (const n of [1, 2, 3]) await score(`待删除 ${n}?`, { tags: { [String(name)]: value } });
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/?${new URLSearchParams({ tag })}`);
    await expect.poll(() => cards(page).count()).toBe(3);
    const ticks = page.getByRole("checkbox");
    await ticks.nth(0).click();
    await ticks.nth(2).click({ modifiers: ["Shift"] });
    await page.getByText(t.jobs.bulk.chosen("3")).waitFor();
    await takeScreenshot(page, `jobs-bulk-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    // Finished jobs can be neither cancelled nor retried, so that is not offered.
    expect(await page.getByRole("button", { name: t.jobs.bulk.actions.retry("3") }).count()).toBe(
      0,
    );
    // One of them is refused: the line says so.
    await page.route(
      "**/api/score/jobs/*",
      (route) =>
        route.request().method() === "DELETE"
          ? route.fulfill({ status: 500, json: {} })
          : route.continue(),
      { times: 1 },
    );
    await page.getByRole("button", { name: t.jobs.bulk.actions.delete("3") }).click();
    const dialog = page.getByRole("alertdialog", { name: t.jobs.bulk.ask.delete("3") });
    await dialog.getByRole("button", { name: t.jobs.delete, exact: true }).click();
    await page.getByText(t.jobs.bulk.outcome.delete("2", "3")).waitFor();
    await page.getByText(t.jobs.bulk.refused("1", "").trim(), { exact: false }).waitFor();
    await expect.poll(() => cards(page).count()).toBe(1);
    await takeScreenshot(page, `jobs-bulk-done-${nameOf(view)}`);
    expect(complaints.filter((text) => !text.includes("500"))).toEqual([]);
  });

  it("by keyboard: j and k walk, x ticks, Shift x a range, Escape unticks", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.goto(site.origin);
    await cards(page).nth(2).waitFor();
    await page.keyboard.press("j");
    await expect.poll(() => focusedJob(page)).not.toBeNull();
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+X");
    await page.getByText(t.jobs.bulk.chosen("3")).waitFor();
    await page.keyboard.press("k");
    await page.keyboard.press("x");
    await page.getByText(t.jobs.bulk.chosen("2")).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText(t.jobs.bulk.chosen("2")).waitFor({ state: "detached" });
  });

  it("says what is new since the last look, and holds it back while one reads further down", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    let total = 120;
    await serveJobs(page, real, () => total);
    await page.goto(site.origin);
    await page.getByRole("article", { name: "question 120?" }).waitFor();
    expect(await page.getByText(t.jobs.isNew, { exact: true }).count()).toBe(0);
    await page.goto(`${site.origin}/runs`);
    total = 122;
    await page.goto(site.origin);
    await page.getByText(t.jobs.seenBefore).waitFor();
    expect(await page.getByText(t.jobs.isNew, { exact: true }).count()).toBe(2);
    await takeScreenshot(page, "jobs-new");

    await page.mouse.wheel(0, 3000);
    await expect.poll(() => page.getByRole("article", { name: "question 122?" }).count()).toBe(0);
    const before = await firstCard(page);
    total = 125;
    await page.getByRole("button", { name: t.app.refresh }).dispatchEvent("click");
    const pill = page.getByRole("button", { name: t.jobs.newOnes("3") });
    await pill.waitFor();
    expect(await firstCard(page)).toEqual(before);
    await pill.click();
    await page.getByRole("article", { name: "question 125?" }).waitFor();
    await expect.poll(() => page.evaluate("scrollY")).toBe(0);
  });

  it("of 10,000 jobs only what is near the screen is in the page; older ones load while scrolling", async () => {
    const t = wordsOf(WIDE);
    const { page, complaints } = await site.openPage(WIDE);
    await serveJobs(page, real, () => 10_000);
    await page.goto(site.origin);
    await page.getByRole("article", { name: "question 10000?" }).waitFor();
    await expect
      .poll(async () => {
        await page.evaluate("scrollTo(0, document.body.scrollHeight)");
        return Number((await firstCard(page)).question);
      })
      .toBeLessThan(9_800);
    expect(await cards(page).count()).toBeLessThan(30);
    const place = await firstCard(page);
    // Into a job and back: the list stands where it was left.
    const link = page
      .getByRole("article", { name: place.name })
      .getByRole("link", { name: t.jobs.details });
    await page.route("**/api/score/jobs/job_*", (route) =>
      route.fulfill({ json: copyOf(real, Number(place.question)) }),
    );
    await link.dispatchEvent("click");
    await page.getByText(t.job.usage, { exact: true }).waitFor();
    await page.goBack();
    await page.getByRole("article", { name: place.name }).waitFor();
    await expect.poll(async () => (await firstCard(page)).question).toBe(place.question);
    expect(complaints).toEqual([]);
  });
});

/** The card whose upper edge is the first on the screen, and where it stands. */
async function firstCard(page: Page) {
  return page.evaluate<{ name: string; question: string; top: number }>(`(() => {
    const cards = [...document.querySelectorAll("article")];
    const card = cards.find((one) => one.getBoundingClientRect().top >= 0);
    const name = card.querySelector("h2").textContent;
    return { name, question: /question (\\d+)/.exec(name)?.[1], top: Math.round(card.getBoundingClientRect().top) };
  })()`);
}

function focusedJob(page: Page) {
  return page.evaluate("document.activeElement.closest('[data-job]')?.dataset.job ?? null");
}
