import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { DEMO_SAMPLES } from "../../../src/cli/demo-samples.ts";
import type { Job } from "../../../src/contract/job.ts";
import type { PeopleReport } from "../../../src/contract/review.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreBatch, scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const SAMPLES = DEMO_SAMPLES.map(({ id, question, answer, contexts, groundTruth }) => ({
  id,
  question,
  answer,
  contexts,
  ground_truth: groundTruth,
}));

/** Two cores, shared by everything a test starts. */

const opinionOf = (page: Page, claimId: string, opinion: string) =>
  page.locator(`li:has(> [data-claim=${claimId}]) [data-opinion=${opinion}]`);

describePages("the report of a run", (site) => {
  let job: Job;
  const report = () => `${site.origin}/runs/${job.run_id}`;
  beforeAll(async () => {
    job = await scoreBatch(site.origin, "客服 nightly", SAMPLES);
  });

  it.each(VIEWS)(
    "says how far the judge is trusted once claims are reviewed, $locale",
    async (view) => {
      const t = wordsOf(view);
      const { page, complaints } = await site.openPage(view);
      const { run_id } = await scoreBatch(site.origin, `${view.locale} run`, SAMPLES);
      await page.goto(`${site.origin}/runs/${run_id}`);
      const judge = page.getByRole("button", { name: /offline-lexical/ });
      await judge.click();
      await page.getByText(t.trust.notMeasured).waitFor();
      await page.keyboard.press("Escape");
      await page.locator("a[href*='sample=']").first().waitFor();
      await page.getByText(t.scatter.title).click();
      await page.locator("circle[data-dot]").first().waitFor();
      await takeScreenshot(page, `report-batch-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);

      await page.getByRole("link", { name: t.trust.start }).click();
      const agree = opinionOf(page, "a1", "agree");
      await agree.click();
      await expect.poll(() => agree.getAttribute("aria-pressed")).toBe("true");
      await opinionOf(page, "a1", "disagree").click();
      await expect.poll(() => agree.getAttribute("aria-pressed")).toBe("false");
      await page.getByLabel(t.review.instead).selectOption("unsupported");
      await page.getByLabel(t.review.note).fill("依据不足 not enough");
      await page.getByLabel(t.review.note).press("Enter");
      await takeScreenshot(page, `report-sample-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);

      const sampleId = new URL(page.url()).searchParams.get("sample");
      const path = `${site.origin}/api/runs/${run_id}`;
      await expect
        .poll(async () => (await fetch(`${path}/samples/${sampleId}/reviews`)).text())
        .toContain("依据不足 not enough");
      await page.reload();
      await page.locator("[data-claim=a1]").click({ trial: true });
      if ((await page.getByLabel(t.review.note).count()) === 0) {
        await page.locator("[data-claim=a1]").click();
      }
      expect(await page.getByLabel(t.review.note).inputValue()).toBe("依据不足 not enough");
      expect(await page.getByLabel(t.review.instead).inputValue()).toBe("unsupported");
      await page.getByRole("link", { name: t.reading.back }).click();
      const { people } = (await (await fetch(path)).json()) as { people?: PeopleReport };
      expect(people?.claims.n).toBe(1);
      await judge.click();
      await page.getByText(t.trust.rate(people?.claims.rate === 1 ? "100%" : "0%", "1")).waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it("search, bounds, cause and sample live in the address: reload and back keep them", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.goto(report());
    const lines = page.locator(".sample-rows > tr");
    await lines.first().waitFor();
    expect(await lines.count(), "what is fine is left out").toBeLessThan(SAMPLES.length);
    await page.getByLabel(t.find.problems).uncheck();
    await page.waitForURL(/all=1/);
    await expect.poll(() => lines.count()).toBe(SAMPLES.length);
    await page.getByRole("searchbox").fill("refund");
    await page.waitForURL(/q=refund/);
    await expect.poll(() => lines.count()).toBe(2);
    await page.getByLabel(t.find.metric).selectOption("faithfulness");
    await page.waitForURL(/metric=faithfulness&below=0.5|below=0.5.*metric=faithfulness/);
    await expect.poll(() => lines.count()).toBe(1);
    await page.reload();
    await expect.poll(() => lines.count()).toBe(1);
    expect(await page.getByRole("searchbox").inputValue()).toBe("refund");
    await lines.first().getByRole("link").click();
    await page.waitForURL(/sample=refund-invented/);
    await page.locator("[data-claim]").first().waitFor();
    await page.goBack();
    await expect.poll(() => lines.count()).toBe(1);
    await page.getByRole("button", { name: t.find.remove("refund") }).click();
    await expect.poll(() => lines.count()).toBeGreaterThan(1);
  });

  it("an advice shows the samples it is about", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(report());
    const link = page.locator("ol a[href*='cause=']").first();
    const cause = new URL((await link.getAttribute("href")) ?? "", site.origin).searchParams;
    await link.click();
    await page.waitForURL((url) => url.searchParams.get("cause") === cause.get("cause"));
    await expect.poll(() => page.locator(".sample-rows > tr").count()).toBeLessThan(SAMPLES.length);
  });

  it("two metrics against each other: by keyboard from dot to dot to a sample", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(report());
    await page.getByText(wordsOf(WIDE).scatter.title).click();
    const picture = page.getByRole("application");
    await picture.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL(/sample=/);
    await page.locator("[data-claim]").first().waitFor();
  });

  it("from sample to sample by keys; a new sample starts with its first problem", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(report());
    await page.locator(".sample-rows a").first().click();
    await page.locator("[data-claim]").first().waitFor();
    const first = page.url();
    await page.keyboard.press("]");
    await expect.poll(() => page.url()).not.toBe(first);
    // The first problem of the new one has the focus, and nothing of the one before is left.
    const chosen = page.locator("[data-claim][aria-expanded=true]");
    await chosen.waitFor();
    expect(await chosen.count()).toBe(1);
    await page.keyboard.press("k");
    await expect.poll(() => page.url()).toBe(first);
  });

  it("a report deleted in another tab is said, and nothing breaks", async () => {
    const t = wordsOf(WIDE);
    const doomed = await scoreBatch(site.origin, "doomed", SAMPLES.slice(0, 3));
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/runs/${doomed.run_id}`);
    await page.locator(".sample-rows a").first().click();
    await page.locator("[data-claim=a1]").click();
    await fetch(`${site.origin}/api/score/jobs/${doomed.job_id}`, { method: "DELETE" });
    await page.keyboard.press("y");
    await page.getByText(t.review.gone).waitFor();
    await page.getByRole("heading", { name: t.report.gone }).waitFor();
    await page.getByRole("link", { name: t.report.toRuns }).click();
    await page.getByRole("heading", { level: 1, name: t.runs.title }).waitFor();
  });

  it.each(VIEWS)("a server that goes away takes no page along, $locale", async (view) => {
    const t = wordsOf(view);
    const { page } = await site.openPage(view);
    await page.goto(report());
    await page.locator(".sample-rows a").first().waitFor();
    await page.route("**/api/**", (route) => route.abort());
    await page.locator(".sample-rows a").first().click();
    await page.getByText(t.error.network).waitFor();
    await takeScreenshot(page, `report-down-${nameOf(view)}`);
    await page.unroute("**/api/**");
    await page.getByRole("button", { name: t.app.retry }).click();
    await page.locator("[data-claim]").first().waitFor();
  });

  it.each(VIEWS)("nothing wrong and nothing sent are said, $locale", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    const fine = await scoreSample(site.origin, {
      question: "How long is the warranty?",
      answer: "The warranty is two years.",
      contexts: ["The warranty is two years."],
      ground_truth: "The warranty is two years.",
      metrics: ["faithfulness", "context_recall"],
    });
    await page.goto(`${site.origin}/runs/${fine.run_id}`);
    await page.getByText(t.report.adviceNone).waitFor();
    await page.locator("[data-claim=a1]").waitFor();
    const bare = await scoreSample(site.origin, { question: "保修多久？", answer: "两年。" });
    await page.goto(`${site.origin}/runs/${bare.run_id}`);
    await page.getByText(t.sample.noPassages).waitFor();
    await takeScreenshot(page, `report-bare-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    expect(complaints).toEqual([]);
  });
});

const ADMIN_KEY = "a-long-enough-admin-key-for-tests";
const KEY = { Authorization: `Bearer ${ADMIN_KEY}`, "Content-Type": "application/json" };

describePages("two people and one claim", { ACCESS_MODE: "keys", ADMIN_KEY }, (site) => {
  it.each(VIEWS)("each sees what the other said, and that they differ, $locale", async (view) => {
    const t = wordsOf(view);
    const [sample] = SAMPLES;
    const job = await scoreSample(site.origin, { ...sample, name: view.locale }, KEY);
    const made = await fetch(`${site.origin}/api/keys`, {
      method: "POST",
      headers: KEY,
      body: JSON.stringify({ name: "李雷", role: "run" }),
    });
    const { key } = (await made.json()) as { key: string };
    const path = `/api/runs/${job.run_id}/samples/${sample?.id}/reviews`;
    const said = await fetch(`${site.origin}${path}`, {
      method: "PUT",
      headers: { ...KEY, Authorization: `Bearer ${key}` },
      body: JSON.stringify({ claim_id: "a1", opinion: "disagree", note: "看第二段" }),
    });
    expect(said.status).toBe(200);

    const { page } = await site.openPage(view);
    await page.goto(`${site.origin}/runs/${job.run_id}`);
    await page.getByLabel(t.error.key, { exact: true }).fill(ADMIN_KEY);
    await page.getByRole("button", { name: t.error.keySave }).click();
    await page.getByText(t.review.by("李雷", t.review.disagree)).waitFor();
    expect(await page.getByText(t.review.peopleDisagree).count()).toBe(0);
    await opinionOf(page, "a1", "agree").click();
    await page.getByText(t.review.peopleDisagree).waitFor();
    await takeScreenshot(page, `report-dispute-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
  });
});
