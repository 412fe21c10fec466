import { afterAll, expect, it } from "vitest";
import { type BotLog, type BotName, botAddress, startFakeBots } from "../../fakes/bots.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, type View } from "./open-page.ts";
import { KEEPS_SECRETS } from "./seed.ts";
import { wordsOf } from "./words.ts";

const bots = await startFakeBots();
afterAll(() => bots.close());

async function setUpBot(kind: BotName, id: string, setup: object = {}): Promise<string> {
  const body = JSON.stringify({ kind, ...setup });
  await fetch(`${bots.url}/_bots/${id}`, { method: "PUT", body });
  return botAddress(bots.url, kind, id);
}

async function logOf(id: string): Promise<BotLog> {
  return (await (await fetch(`${bots.url}/_bots/${id}`)).json()) as BotLog;
}

const LANGFUSE = { id: "pk-lf-page", secret: "sk-lf-page" };

describePages("notifications", KEEPS_SECRETS, (site) => {
  async function open(view: View) {
    const t = wordsOf(view);
    const opened = await site.openPage(view);
    await opened.page.goto(`${site.origin}/notifications`);
    await opened.page.getByRole("heading", { level: 1, name: t.notifications.title }).waitFor();
    return { t: t.notifications, app: t.app, ...opened };
  }

  it.each(VIEWS)(
    "a bot is added beside a picture of what arrives, tested, refuses, and is mended, $locale $colorScheme $width px",
    async (view) => {
      const { page, t, app, complaints } = await open(view);
      const id = `feishu-${nameOf(view)}`;
      const name = `${t.namePlaceholder} <b>${nameOf(view)}</b>`;
      await page.getByLabel(t.name, { exact: true }).fill(name);
      // The address of a group tells whose it is; that of a fake does not.
      await page
        .getByLabel(t.address, { exact: true })
        .fill("https://oapi.dingtalk.com/robot/send?access_token=x");
      await page.getByText(t.found(t.kinds.dingtalk)).waitFor();
      await page
        .getByLabel(t.address, { exact: true })
        .fill(await setUpBot("feishu", id, { secret: "SECtest", keyword: "密码" }));
      await page.getByLabel(t.kind, { exact: true }).selectOption("feishu");
      await page.getByLabel(t.secret, { exact: true }).fill("SECtest");
      await page.getByRole("figure").getByText("试金石 Touchstone · ").first().waitFor();
      await takeScreenshot(page, `notifications-form-${nameOf(view)}`);
      await page.getByRole("button", { name: t.create, exact: true }).click();
      const row = page.getByRole("listitem").filter({ hasText: name });
      await row.getByText(t.states.on, { exact: true }).waitFor();
      expect(await page.content()).not.toContain("SECtest");

      await row.getByRole("button", { name: `${t.test}: ${name}` }).click();
      await row.getByText(t.testRefused("19024 Key Words Not Found"), { exact: true }).waitFor();
      await row.getByText(t.states.refused, { exact: true }).waitFor();
      await row.getByText(t.refused("19024 Key Words Not Found")).waitFor();
      await takeScreenshot(page, `notifications-refused-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      expect((await logOf(id)).shown).toEqual([]);

      await setUpBot("feishu", id, { secret: "SECtest", keyword: "试金石" });
      const test = row.getByRole("button", { name: `${t.test}: ${name}` });
      await expect
        .poll(async () => {
          // A bot is tested once in five seconds.
          await test.click();
          return (await logOf(id)).shown.length;
        })
        .toBeGreaterThan(0);
      await row.getByText(t.states.refused, { exact: true }).waitFor({ state: "detached" });
      await row.getByRole("button", { name: `${t.edit}: ${name}` }).click();
      await row.getByLabel(t.events["judge.paused"]).check();
      const address = row.getByLabel(t.address, { exact: true });
      await row.getByText(t.secretKept).waitFor();
      await address.fill("https://oapi.dingtalk.com/robot/send?access_token=x");
      await row.getByText(t.secretGoes).waitFor();
      await row.getByLabel(t.secret, { exact: true }).fill("SECother");
      await row.getByText(t.secretGoes).waitFor({ state: "detached" });
      await row.getByLabel(t.secret, { exact: true }).fill("");
      // The same server, so it goes on being signed for.
      const moved = `feishu-${nameOf(view)}-moved`;
      await address.fill(await setUpBot("feishu", moved, { secret: "SECtest" }));
      await row.getByText(t.secretGoes).waitFor({ state: "detached" });
      await takeScreenshot(page, `notifications-edit-${nameOf(view)}`);
      expect(await findViolations(page)).toEqual([]);
      await row.getByRole("button", { name: t.save, exact: true }).click();
      await row.getByText(t.events["judge.paused"]).waitFor();
      await row.getByText(t.secretKept).waitFor({ state: "detached" });
      await row.getByText("…oved").waitFor();
      await expect
        .poll(async () => {
          await test.click();
          return (await logOf(moved)).shown.length;
        })
        .toBeGreaterThan(0);

      await row.getByRole("button", { name: `${t.log}: ${name}` }).click();
      await row.getByText(t.logNone).waitFor();

      await row.getByRole("button", { name: `${t.remove}: ${name}` }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: t.remove }).click();
      await row.waitFor({ state: "detached" });
      await page.getByText(app.name).first().waitFor();
      // The browser reports the tests that came too soon.
      expect(complaints.filter((complaint) => !/429/.test(complaint))).toEqual([]);
    },
  );

  it.each(VIEWS)(
    "Langfuse is added with its keys, tells whose they are, and takes no other event, $locale",
    async (view) => {
      const { page, t, complaints } = await open(view);
      const { id, secret } = { ...LANGFUSE, id: `${LANGFUSE.id}-${view.width}` };
      await fetch(`${bots.url}/_langfuse/${id}`, {
        method: "PUT",
        body: JSON.stringify({ secret }),
      });
      const form = page.getByRole("region", { name: t.add });
      await form.getByLabel(t.name, { exact: true }).fill(`Langfuse ${view.width}`);
      // Two channels of a project may not have one address.
      await form.getByLabel(t.address, { exact: true }).fill(`${bots.url}/?${view.width}`);
      await form.getByLabel(t.kind, { exact: true }).selectOption("langfuse");
      await form.getByText(t.langfuseNote).waitFor();
      expect(await form.getByRole("checkbox").count()).toBe(0);
      await form.getByLabel(t.keysLangfuse, { exact: true }).fill(`${id}:${secret}`);
      await takeScreenshot(page, `notifications-langfuse-${nameOf(view)}`);
      await form.getByRole("button", { name: t.create, exact: true }).click();
      const row = page.getByRole("listitem").filter({ hasText: `Langfuse ${view.width}` });
      await row.getByText(t.events["trace.scored"]).waitFor();
      await row.getByRole("button", { name: new RegExp(`^${t.test}: `) }).click();
      await row.getByText(t.testOk(`客服 "${id}"`)).waitFor();
      expect(await page.content()).not.toContain(secret);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
