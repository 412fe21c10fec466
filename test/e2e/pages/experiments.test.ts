import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import type { Target, TargetList } from "../../../src/contract/target.ts";
import type { TestSet } from "../../../src/contract/test-set.ts";
import { appAddress, startFakeApps } from "../../fakes/apps.ts";
import type { AppSetup } from "../../fakes/fake-app.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreBatch, scoreSample } from "./score.ts";
import { KEEPS_SECRETS } from "./seed.ts";
import { wordsOf } from "./words.ts";

const apps = await startFakeApps();
afterAll(() => apps.close());

async function setUp(id: string, setup: Partial<AppSetup>): Promise<string> {
  await fetch(`${apps.url}/_apps/${id}`, { method: "PUT", body: JSON.stringify(setup) });
  return appAddress(apps.url, "dify", id);
}

const ANNOTATIONS = Array.from({ length: 12 }, (_, n) => ({
  question:
    n % 2 === 0 ? `第 ${n + 1} 类员工有几天年假？` : `How many days of leave has grade ${n + 1}?`,
  answer:
    n % 2 === 0
      ? `第 ${n + 1} 类员工有几天年假：五天。`
      : `How many days of leave has grade ${n + 1}：五天。`,
}));

/** Clicks of a page, as its reader counts them; what is typed or chosen by keys is none. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(`
    sessionStorage.clicks ??= "0";
    addEventListener("click", (event) => {
      if (event.isTrusted) sessionStorage.clicks = String(Number(sessionStorage.clicks) + 1);
    }, true);
  `);
  return () => page.evaluate<number>("Number(sessionStorage.clicks)");
}

describe.each(VIEWS)("a new user, $locale $colorScheme $width px", (view) => {
  describePages("the first hour with a test set", KEEPS_SECRETS, (site) => {
    it("annotations become a set, an app is connected and asked, run, changed, run again, and what got worse is shown, in fewer than ten clicks", async () => {
      const words = wordsOf(view);
      const [t, e] = [words.testSets, words.experiments];
      const { page, complaints } = await site.openPage(view);
      const clicks = await countClicks(page);
      const app = `dify-${randomUUID()}`;
      const address = await setUp(app, {
        ...{ kind: "dify", mode: "advanced-chat", key: "app-secret-7788" },
        annotations: ANNOTATIONS,
      });
      const name = `${t.namePlaceholder} <b>${nameOf(view)}</b>`;
      await page.goto(`${site.origin}/test-sets`);
      await page.getByRole("heading", { level: 1, name: t.title }).waitFor();
      await takeScreenshot(page, `journey-1-start-${nameOf(view)}`);
      const section = page.locator("#apps");
      await section.getByLabel(e.name, { exact: true }).fill(name);
      await section.getByLabel(e.address, { exact: true }).fill(address);
      await section.getByLabel(e.key, { exact: true }).fill("app-secret-7788");
      await section.getByRole("button", { name: e.connectNow, exact: true }).click();
      const row = section.getByRole("listitem").filter({ hasText: name });
      await row.getByRole("button", { name: e.ask }).click();
      await row.getByLabel(e.question).fill("年假有几天？");
      await row.getByLabel(e.question).press("Enter");
      await row.getByText("年假有几天：五天。").first().waitFor();
      await takeScreenshot(page, `journey-2-asked-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      expect(await page.content()).not.toContain("app-secret-7788");

      await page.locator("#set-name").fill(name);
      await page.locator("#set-name").press("Enter");
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByText(t.imported("12")).waitFor();
      await page.getByText(e.asks("12")).waitFor();
      await takeScreenshot(page, `journey-3-set-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole("button", { name: e.start, exact: true }).click();
      await page.getByText(e.noBase).waitFor();
      await takeScreenshot(page, `journey-4-first-run-${nameOf(view)}`);

      // Something is changed at the app, and it answers some questions otherwise.
      await setUp(app, { answers: { "1": "十天。", grade: "Ten days." } });
      await page.locator("#main").getByRole("link", { name: e.openSet }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByText(e.asks("12")).waitFor();
      await page.getByRole("button", { name: e.start, exact: true }).click();
      await page.getByText(new RegExp(`^${e.worse("")}`)).waitFor();
      await page
        .getByRole("row")
        .filter({ hasText: "grade" })
        .first()
        .getByRole("button")
        .last()
        .click();
      await page.locator("mark.difference").first().waitFor();
      await takeScreenshot(page, `journey-5-worse-${nameOf(view)}`);
      expect(await clicks()).toBeLessThan(10);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });
});

describePages("experiments", KEEPS_SECRETS, (site) => {
  it.each(VIEWS)(
    "an app is changed on the page, which says before it is done that another host deletes the key, $locale $colorScheme $width px",
    async (view) => {
      const e = wordsOf(view).experiments;
      const { page, complaints } = await site.openPage(view);
      const app = `dify-${randomUUID()}`;
      const address = await setUp(app, { kind: "dify", mode: "advanced-chat", key: "app-1" });
      const api = `${site.origin}/api/targets`;
      const headers = { "Content-Type": "application/json" };
      const name = `人事助手 ${nameOf(view)}`;
      const made = await fetch(api, {
        method: "POST",
        headers,
        body: JSON.stringify({ name, kind: "dify", base_url: address, api_key: "app-1" }),
      });
      expect(made.status).toBe(201);
      const { target_id: id } = (await made.json()) as Target;
      const known = async () => {
        const { targets } = (await (await fetch(api)).json()) as TargetList;
        return targets.find(({ target_id }) => target_id === id);
      };
      await page.goto(`${site.origin}/test-sets`);
      const row = page.locator("#apps").getByRole("listitem").filter({ hasText: name });
      await row.getByRole("button", { name: e.edit, exact: true }).click();
      await row.getByText(e.keyKept).waitFor();
      await row.getByLabel(e.name, { exact: true }).fill(`${name} 二`);
      await row.getByLabel(e.perDay, { exact: true }).fill("40");
      await row.getByRole("button", { name: e.save, exact: true }).click();
      await expect
        .poll(known)
        .toMatchObject({ name: `${name} 二`, asks_per_day: 40, has_key: true });

      // The same app under another host name: its key is another matter.
      await row.getByRole("button", { name: e.edit, exact: true }).click();
      await row
        .getByLabel(e.address, { exact: true })
        .fill(address.replace("127.0.0.1", "localhost"));
      await row.getByText(e.keyGoes).waitFor();
      await takeScreenshot(page, `app-edit-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(await findViolations(page)).toEqual([]);
      await row.getByLabel(e.key, { exact: true }).fill("app-1");
      await row.getByText(e.keyGoes).waitFor({ state: "detached" });
      await row.getByLabel(e.key, { exact: true }).fill("");
      await row.getByRole("button", { name: e.save, exact: true }).click();
      await row.getByText(e.noKey).waitFor();
      expect(await known()).toMatchObject({ has_key: false });
      expect(complaints).toEqual([]);
    },
  );

  it("a run that is pinned stays the base of an experiment and of a schedule", async () => {
    const e = wordsOf(WIDE).experiments;
    const { page } = await site.openPage(WIDE);
    const app = `dify-${randomUUID()}`;
    const address = await setUp(app, { kind: "dify", mode: "advanced-chat", key: "app-1" });
    const post = async <T>(path: string, body: object) => {
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(site.origin + path, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      return (await answer.json()) as T;
    };
    const pinned = await scoreBatch(site.origin, "发布前 before release", [
      { id: "a", question: "年假有几天？", answer: "五天。", contexts: ["五天。"] },
      { id: "b", question: "病假有几天？", answer: "五天。", contexts: ["五天。"] },
    ]);
    await post("/api/targets", {
      ...{ name: "only", kind: "dify", base_url: address, api_key: "app-1" },
    });
    const { test_set_id: set } = await post<TestSet>("/api/test-sets", {
      name: "固定基线",
      items: [{ question: "年假有几天？" }],
    });
    await page.goto(`${site.origin}/test-sets/${set}`);
    await page.getByRole("checkbox", { name: "only" }).check();
    const base = page.getByLabel(e.compareWith, { exact: true });
    await base.locator(`option[value="${pinned.run_id}"]`).waitFor({ state: "attached" });
    await base.selectOption(String(pinned.run_id));
    await page.getByRole("button", { name: e.schedule, exact: true }).click();
    await page.getByText(e.scheduled).waitFor();
    await page.getByRole("button", { name: e.start, exact: true }).click();
    await page.waitForURL(/\/experiments\//);
    const id = new URL(page.url()).pathname.split("/").at(-1);
    const started = await (await fetch(`${site.origin}/api/experiments/${id}`)).json();
    expect(started).toMatchObject({ base_run_id: pinned.run_id });
    const schedules = await (await fetch(`${site.origin}/api/schedules`)).json();
    expect(schedules).toMatchObject({
      schedules: [{ experiment: { base_run_id: pinned.run_id } }],
    });
    await page.goto(`${site.origin}/test-sets`);
    await page.getByText(e.pinned("发布前 before release")).waitFor();
  });

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
