import { randomUUID } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { appAddress, startFakeApps } from "../../fakes/apps.ts";
import type { AppSetup } from "../../fakes/fake-app.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const apps = await startFakeApps();
afterAll(() => apps.close());

async function setUp(id: string, setup: Partial<AppSetup>): Promise<string> {
  await fetch(`${apps.url}/_apps/${id}`, { method: "PUT", body: JSON.stringify(setup) });
  return appAddress(apps.url, "dify", id);
}

const VARS = {
  ACCESS_MODE: "open",
  SECRETS_KEY: "dGhlIGtleSBvZiB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE=",
};

const ANNOTATIONS = Array.from({ length: 12 }, (_, n) => ({
  question:
    n % 2 === 0 ? `第 ${n + 1} 类员工有几天年假？` : `How many days of leave has grade ${n + 1}?`,
  answer:
    n % 2 === 0
      ? `第 ${n + 1} 类员工有几天年假：五天。`
      : `How many days of leave has grade ${n + 1}：五天。`,
}));

describePages("experiments", VARS, (site) => {
  it.each(VIEWS)(
    "annotations become a set, an app is connected and asked, run, changed, run again, and what got worse is shown, $locale $colorScheme $width px",
    async (view) => {
      const words = wordsOf(view);
      const [t, e] = [words.testSets, words.experiments];
      const { page, complaints } = await site.openPage(view);
      const app = `dify-${randomUUID()}`;
      const address = await setUp(app, {
        ...{ kind: "dify", mode: "advanced-chat", key: "app-secret-7788" },
        annotations: ANNOTATIONS,
      });
      const name = `${t.namePlaceholder} <b>${nameOf(view)}</b>`;
      await page.goto(`${site.origin}/test-sets`);
      await page.getByRole("heading", { level: 1, name: t.title }).waitFor();
      await page.getByLabel(e.name, { exact: true }).last().fill(name);
      await page.getByLabel(e.address, { exact: true }).fill(address);
      await page.getByLabel(e.key, { exact: true }).fill("app-secret-7788");
      await page.getByRole("button", { name: e.connectNow, exact: true }).click();
      const row = page.getByRole("listitem").filter({ hasText: name });
      await row.getByRole("button", { name: e.ask }).click();
      await row.getByLabel(e.question).fill("年假有几天？");
      await row.locator("form").getByRole("button", { name: e.ask }).click();
      await row.getByText("年假有几天：五天。").first().waitFor();
      await takeScreenshot(page, `test-sets-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      expect(await page.content()).not.toContain("app-secret-7788");

      await page.locator("#set-name").fill(name);
      await page.getByRole("button", { name: t.createNow, exact: true }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByText(t.imported("12")).waitFor();
      await page.getByRole("checkbox", { name }).check();
      await page.getByText(e.asks("12")).waitFor();
      await takeScreenshot(page, `test-set-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole("button", { name: e.start, exact: true }).click();
      await page.getByText(e.noBase).waitFor();

      // Something is changed at the app, and it answers some questions otherwise.
      await setUp(app, { answers: { "1": "十天。", grade: "Ten days." } });
      await page.locator("#main").getByRole("link", { name: e.openSet }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByRole("checkbox", { name }).check();
      await page.getByRole("button", { name: e.start, exact: true }).click();
      await page.getByText(new RegExp(`^${e.worse}`)).waitFor();
      await page.getByLabel(e.show, { exact: true }).selectOption("worse");
      await page
        .getByRole("row")
        .filter({ hasText: "grade" })
        .first()
        .getByRole("button")
        .last()
        .click();
      await page.locator("mark.difference").first().waitFor();
      await takeScreenshot(page, `experiment-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it.each(VIEWS)(
    "a scored sample goes into a test set with the answer it should have had, $locale $colorScheme $width px",
    async (view) => {
      const t = wordsOf(view).toTestSet;
      const { page, complaints } = await site.openPage(view);
      const [question, right] = [`年假有几天？${nameOf(view)}`, "十天 <b>ten</b>"];
      const job = await scoreSample(site.origin, {
        question,
        answer: "五天。",
        contexts: ["十天。"],
      });
      const api = `${site.origin}/api/test-sets`;
      const headers = { "Content-Type": "application/json" };
      const made = await fetch(api, {
        method: "POST",
        headers,
        body: JSON.stringify({ name: nameOf(view) }),
      });
      const { test_set_id } = (await made.json()) as { test_set_id: string };

      await page.goto(`${site.origin}/runs/${job.run_id}`);
      await page.getByRole("button", { name: t.open, exact: true }).click();
      await page.getByLabel(t.set, { exact: true }).selectOption({ label: nameOf(view) });
      await page.getByLabel(t.answer, { exact: true }).fill(right);
      expect(await findViolations(page)).toEqual([]);
      await takeScreenshot(page, `to-test-set-${nameOf(view)}`);
      await page.getByRole("button", { name: t.add, exact: true }).click();
      await page.getByText(t.done(nameOf(view))).waitFor();
      const kept: unknown = await (await fetch(`${api}/${test_set_id}/items`)).json();
      expect(kept).toMatchObject({ items: [{ question, ground_truth: right }] });
      expect(complaints).toEqual([]);
    },
  );
});
