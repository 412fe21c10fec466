import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { EXAMPLES } from "../../../ui/features/submission/draft.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import type { View } from "./open-page.ts";
import { wordsOf } from "./words.ts";

const VIEW: View = { locale: "en-US", colorScheme: "light", width: 1440 };
const MOST_STOPS = 80;

describePages("by keyboard alone", (site) => {
  it("submit, report, evidence, verdict", async () => {
    const t = wordsOf(VIEW);
    const { page } = await site.openPage(VIEW);
    await page.goto(site.origin);
    await page.getByRole("heading", { level: 1, name: t.jobs.title }).waitFor();

    await page.keyboard.press("Tab");
    expect(await focusedText(page)).toBe(t.app.skip);
    await tabTo(page, t.nav.submit);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: t.submit.title }).waitFor();
    await tabTo(page, t.submit.exampleEn);
    await page.keyboard.press("Enter");
    await tabTo(page, t.submit.send);
    await page.keyboard.press("Enter");

    const card = page.getByRole("article", { name: EXAMPLES.en.question });
    await card.getByText(t.status.completed).waitFor();
    await tabTo(page, t.jobs.viewReport);
    await page.keyboard.press("Enter");
    // The first problem has the focus, and the next key is a word on it.
    const chosen = page.locator("[data-claim][aria-expanded=true]");
    const idOf = (locator: Locator) => locator.getAttribute("data-claim");
    await chosen.waitFor();
    const [first, second] = await claimsInOrder(page);
    await expect.poll(() => idOf(page.locator(":focus"))).toBe(first);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => idOf(chosen)).toBe(second);
    expect(await idOf(page.locator(":focus"))).toBe(second);
    const verdicts = Object.values(t.sample.verdicts);
    const text = await focusedText(page);
    expect(verdicts.filter((verdict) => text.includes(verdict))).toHaveLength(1);

    // The reader's own verdict: a word goes on to the next claim that has none, and `u` takes it back.
    const pressed = (claimId = "") =>
      page.locator(`li:has(> [data-claim=${claimId}]) [aria-pressed=true]`);
    await page.keyboard.press("Home");
    await page.keyboard.press("y");
    await expect.poll(() => pressed(first).innerText()).toContain(t.review.agree);
    await expect.poll(() => idOf(chosen)).toBe(second);
    await page.keyboard.press("n");
    await expect.poll(() => pressed(second).innerText()).toContain(t.review.disagree);
    await page.keyboard.press("u");
    await expect.poll(() => pressed(second).count()).toBe(0);
    await page.keyboard.press("Home");
    await page.keyboard.press("s");
    await expect.poll(() => pressed(first).innerText()).toContain(t.review.unsure);
    await page.keyboard.press("Shift+Y");
    const whole = page.getByRole("group", { name: t.review.ofSample });
    await expect.poll(() => whole.locator("[aria-pressed=true]").count()).toBe(1);
    // The question mark is help here too.
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: t.keyboard.title }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: t.keyboard.title }).waitFor({ state: "detached" });

    // To the sentence a claim rests on, and back.
    await page.locator("[data-claim=a1]").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator(":focus").getAttribute("data-evidence")).toContain("a1");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => idOf(page.locator(":focus"))).toBe("a1");
  });

  it("single keys can be switched off, and stay so", async () => {
    const t = wordsOf(VIEW);
    const { page } = await site.openPage(VIEW);
    await page.goto(`${site.origin}/runs`);
    const help = page.getByRole("dialog", { name: t.keyboard.title });
    const press = async () => {
      await page.getByRole("heading", { level: 1, name: t.runs.title }).waitFor();
      await page.locator("body").press("?");
    };
    await press();
    await help.getByRole("checkbox", { name: t.keyboard.letters }).uncheck();
    await takeScreenshot(page, "letter-keys-off");
    await help.getByRole("button", { name: t.app.close }).click();
    await help.waitFor({ state: "detached" });
    await page.reload();
    await press();
    // What the search offers comes after the key would have opened the overview.
    await page.keyboard.press("Control+K");
    const box = page.getByRole("combobox", { name: t.palette.placeholder });
    await box.waitFor();
    expect(await help.count()).toBe(0);
    await box.fill(t.keyboard.title);
    await page.getByRole("option", { name: t.keyboard.title }).click();
    await help.getByRole("checkbox", { name: t.keyboard.letters }).check();
    await help.getByRole("button", { name: t.app.close }).click();
    await help.waitFor({ state: "detached" });
    await press();
    await help.waitFor();
  });
});

/** Tabs until the focused element starts with these words; fails when the page has no such stop. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    if ((await focusedText(page)).startsWith(words)) return;
  }
  throw new Error(`Tab never reached "${words}"`);
}

/** Problems first; what has none is unfolded to be seen. */
async function claimsInOrder(page: Page): Promise<string[]> {
  await page.evaluate(
    "for (const fold of document.querySelectorAll('main details')) fold.open = true",
  );
  await page.locator("[data-claim]").nth(1).waitFor();
  return page
    .locator("[data-claim]")
    .evaluateAll((claims) => claims.map((claim) => claim.getAttribute("data-claim") ?? ""));
}

async function focusedText(page: Page): Promise<string> {
  const focused = page.locator(":focus");
  if ((await focused.count()) === 0) return "";
  return (await focused.first().innerText()).trim();
}
