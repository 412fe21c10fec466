import { expect, it } from "vitest";
import { describePages } from "./describe-pages.ts";
import type { View } from "./open-page.ts";
import { wordsOf } from "./words.ts";

const ENGLISH: View = { locale: "en-US", colorScheme: "light", width: 1440 };
const CHINESE: View = { ...ENGLISH, locale: "zh-CN" };

describePages("what the reader set stays set", (site) => {
  it("filter and search live in the address: reload, back and forward keep them", async () => {
    const t = wordsOf(ENGLISH);
    const { page } = await site.openPage(ENGLISH);
    await page.goto(site.origin);
    const status = page.getByLabel(t.jobs.filter, { exact: true });
    await status.selectOption("failed");
    await page.getByRole("searchbox").fill("warranty 保修");
    await page.waitForURL(/q=/);
    await page.reload();
    expect(await page.getByRole("searchbox").inputValue()).toBe("warranty 保修");
    expect(await status.inputValue()).toBe("failed");
    await page.getByRole("link", { name: t.jobs.clearFilter }).click();
    await expect.poll(() => page.getByRole("searchbox").inputValue()).toBe("");
    await page.goBack();
    await expect.poll(() => page.getByRole("searchbox").inputValue()).toBe("warranty 保修");
    await page.goForward();
    await expect.poll(() => page.getByRole("searchbox").inputValue()).toBe("");
  });

  it("language and theme are the browser's at first, then the reader's", async () => {
    const { page } = await site.openPage(CHINESE);
    const html = page.locator("html");
    await page.goto(site.origin);
    await page.getByRole("heading", { level: 1, name: wordsOf(CHINESE).jobs.title }).waitFor();
    expect(await html.getAttribute("lang")).toBe("zh-Hans");
    expect(await html.getAttribute("data-theme")).toBeNull();
    await page.getByRole("button", { name: "EN", exact: true }).click();
    await page.getByRole("button", { name: wordsOf(ENGLISH).app.themes.dark }).click();
    // The theme is there before the page is: no flash of the other one.
    await page.goto(site.origin, { waitUntil: "commit" });
    await page.locator("body").waitFor({ state: "attached" });
    expect(await html.getAttribute("data-theme")).toBe("dark");
    await page.getByRole("heading", { level: 1, name: wordsOf(ENGLISH).jobs.title }).waitFor();
    expect(await html.getAttribute("lang")).toBe("en");
  });
});
