import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, type View, WIDE } from "./open-page.ts";
import { wordsOf } from "./words.ts";

const ADMIN_KEY = "a-long-enough-admin-key-for-tests";

describePages("settings", { ACCESS_MODE: "keys", ADMIN_KEY }, (site) => {
  async function enter(view: View, key: string): Promise<{ page: Page; complaints: string[] }> {
    const t = wordsOf(view);
    const opened = await site.openPage(view);
    await opened.page.goto(`${site.origin}/settings`);
    await opened.page.getByLabel(t.error.key, { exact: true }).fill(key);
    await opened.page.getByRole("button", { name: t.error.keySave }).click();
    await opened.page.getByRole("heading", { name: t.settings.you }).waitFor();
    // The refusals that led to the form are what the browser reported so far.
    opened.complaints.length = 0;
    return opened;
  }

  const openPart = (page: Page, name: string) =>
    page.locator("main nav").getByRole("link", { name, exact: true }).click();

  function statusWith(key: string): Promise<number> {
    const headers = { Authorization: `Bearer ${key}` };
    return fetch(`${site.origin}/api/runs`, { headers }).then(({ status }) => status);
  }

  it.each(VIEWS)("a key is made, shown once, renamed and revoked, $locale", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await enter(view, ADMIN_KEY);
    const name = `${t.settings.keyNamePlaceholder} <b>${nameOf(view)}</b>`;
    await openPart(page, t.settings.keys);
    const keys = page.getByRole("region", { name: t.settings.keys, exact: true });
    await keys.getByLabel(t.settings.keyName, { exact: true }).fill(name);
    await keys.getByLabel(t.settings.role, { exact: true }).selectOption("read");
    await keys.getByLabel(t.settings.expires, { exact: true }).selectOption("90");
    await keys.getByRole("button", { name: t.settings.create, exact: true }).click();
    await page.getByText(t.settings.newKeyText).waitFor();
    const key = (await page.locator("code").first().textContent())?.trim() ?? "";
    expect(await statusWith(key)).toBe(200);
    await takeScreenshot(page, `settings-new-key-${nameOf(view)}`);
    await page.getByRole("button", { name: t.settings.newKeyDone }).click();
    expect(await page.content()).not.toContain(key);

    await page.getByRole("button", { name: `${t.settings.rename}: ${name}` }).click();
    const renamed = `${nameOf(view)} 2`;
    const row = page.getByRole("listitem").filter({ has: page.locator("form") });
    await row.getByRole("textbox").fill(renamed);
    await row.getByRole("textbox").press("Enter");
    // Said once the server has it; what follows is about the list.
    await page.getByText(t.settings.renamed).first().waitFor();
    await page.getByRole("button", { name: `${t.settings.revoke}: ${renamed}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: t.app.cancel }).click();
    expect(await statusWith(key)).toBe(200);
    await page.getByRole("button", { name: `${t.settings.revoke}: ${renamed}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: t.settings.revoke }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: renamed })
      .getByText(t.settings.states.revoked, { exact: true })
      .waitFor();
    expect(await statusWith(key)).toBe(401);
    await openPart(page, t.settings.audit);
    const log = page.getByRole("region", { name: t.settings.audit });
    await log.getByText(t.settings.actions["key.revoked"], { exact: true }).first().waitFor();
    expect(await overflowOf(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("limits and privacy of a project are kept, and its keys stand apart", async () => {
    const t = wordsOf(WIDE);
    const { page, complaints } = await enter(WIDE, ADMIN_KEY);
    await openPart(page, t.settings.projects);
    const form = page.locator("details form").first();
    await form.getByLabel(t.settings.redact.email).check();
    await form.getByLabel(t.settings.samplesPerDay).fill("5000");
    await form.getByRole("button", { name: t.settings.save }).click();
    await page.getByText(t.settings.saved, { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => form.getByLabel(t.settings.samplesPerDay).inputValue()).toBe("5000");
    expect(await form.getByLabel(t.settings.redact.email).isChecked()).toBe(true);
    expect(await form.getByLabel(t.settings.redact.phone).isChecked()).toBe(false);
    await page.getByText(t.settings.ofLimit("0", "5,000")).waitFor();

    const create = page.locator("form").filter({ has: page.locator("#project-id") });
    await create.getByLabel(t.settings.projectId).fill("support-bot");
    await create.getByLabel(t.settings.projectName).fill("客服机器人");
    await create.getByRole("button", { name: t.settings.create }).click();
    await page.getByLabel(t.settings.chooseProject).selectOption("support-bot");
    await openPart(page, t.settings.keys);
    await page.getByText(t.settings.noKeys).waitFor();
    await openPart(page, t.settings.audit);
    const log = page.getByRole("region", { name: t.settings.audit });
    await log.getByText(t.settings.actions["project.created"], { exact: true }).waitFor();
    await takeScreenshot(page, `settings-projects-${nameOf(WIDE)}`);

    await openPart(page, t.settings.projects);
    await create.getByLabel(t.settings.projectId).fill("support-bot");
    await create.getByLabel(t.settings.projectName).fill("客服机器人");
    await create.getByRole("button", { name: t.settings.create }).click();
    await page.getByRole("alert").getByText("support-bot").waitFor();
    // The browser writes down the 409 by itself; nothing else may be there.
    expect(complaints.filter((line) => !line.includes("409"))).toEqual([]);
  });

  it("who is no admin sees what they are, and no keys", async () => {
    const t = wordsOf(WIDE);
    const answer = await fetch(`${site.origin}/api/keys`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ADMIN_KEY}`, "Content-Type": "application/json" },
      body: JSON.stringify({ name: "只读", role: "read" }),
    });
    const { key } = (await answer.json()) as { key: string };
    const { page, complaints } = await enter(WIDE, key);
    await page.getByText(t.settings.notAdmin).waitFor();
    await page.getByText(t.settings.roleMeaning.read).waitFor();
    expect(await page.getByRole("heading", { name: t.settings.keys, exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
