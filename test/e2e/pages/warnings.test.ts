import { expect, it } from "vitest";
import type { Accepted, Job } from "../../../src/contract/job.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

const HAN = /\p{Script=Han}/u;

describePages("what the server says", (site) => {
  it.each(VIEWS)("of an odd body is in the reader's language, $locale", async (view) => {
    const t = wordsOf(view);
    const sample = {
      question: `年假几天？How many days? ${nameOf(view)}`,
      answer: "10 天。",
      contexts: "{{#1718000000000.result#}}",
      gruond_truth: "10 days.",
    };
    const job = await scoreSample(site.origin, sample, { "Accept-Language": view.locale });
    expect(job.warnings.map(({ code }) => code)).toEqual(["unresolved_variable", "unknown_field"]);
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/jobs/${job.job_id}`);
    const card = page.getByRole("article", { name: job.question });
    await card.getByText(t.jobs.warnings(2)).click();
    for (const { message, fix } of job.warnings) {
      if (view.locale === "zh-CN") expect(message + fix).toMatch(HAN);
      else expect(message + fix).not.toMatch(HAN);
      await card.getByText(message).waitFor();
      await card.getByText(fix).waitFor();
    }
    expect(await overflowOf(page)).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    await takeScreenshot(page, `warnings-${nameOf(view)}`);
    expect(complaints).toEqual([]);
  });

  it("of a batch that failed changes where the reader changes the language", async () => {
    const accepted = await fetch(`${site.origin}/api/score/batch`, {
      method: "POST",
      headers: { "Content-Type": "application/x-ndjson" },
      body: '{"answer":"只有答案"}',
    });
    const { job_id } = (await accepted.json()) as Accepted;
    const errorFor = async (language: string) => {
      const headers = { "Accept-Language": language };
      const answer = await fetch(`${site.origin}/api/score/jobs/${job_id}`, { headers });
      return ((await answer.json()) as Job).error?.message ?? "";
    };
    const { page, complaints } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/jobs/${job_id}`);
    await page.getByText(/无法评分。第 1 行：`question` 缺失或为空/).waitFor();
    await page.getByRole("button", { name: "EN", exact: true }).click();
    await page.getByText(await errorFor("en")).waitFor();
    expect(await page.getByText(await errorFor("zh")).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
