import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import { makeXlsx } from "../../intake/upload/make-xlsx.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, type View, WIDE } from "./open-page.ts";
import { wordsOf } from "./words.ts";

const CSV = [
  "编号,问题,模型回答,上下文1,上下文2,参考答案,备注",
  '1,净水器的滤芯多久换一次？,每六个月换一次。,净水器的滤芯建议每六个月更换一次。,"旧滤芯请寄回厂家，\n邮费自理。",每六个月换一次。,',
  "2,年假有几天？,入职满一年有十天年假。,入职满一年的员工每年有10天带薪年假。,,十天。,",
  "3,没有回答的一行,,某段落。,,,",
  '4,<img src=x onerror=alert(1)>,"=HYPERLINK(""http://x"")",<script>alert(1)</script>,,,<b>x</b>',
].join("\r\n");

const file = (name: string, text: string | Uint8Array) => ({
  name,
  mimeType: "",
  buffer: Buffer.from(text),
});

describePages("an upload", (site) => {
  async function openUpload(view: View): Promise<{ page: Page; complaints: string[] }> {
    const opened = await site.openPage(view);
    await opened.page.goto(`${site.origin}/submit`);
    await opened.page.getByRole("link", { name: wordsOf(view).submit.ways.file }).click();
    await opened.page.getByText(wordsOf(view).upload.drop).waitFor();
    return opened;
  }
  const choose = (page: Page, ...given: Parameters<typeof file>) =>
    page.locator("input[type=file]").setInputFiles(file(...given));

  it.each(VIEWS)("is matched, checked, sent and scored, $locale", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await openUpload(view);
    await takeScreenshot(page, `upload-empty-${nameOf(view)}`);
    await choose(page, "样本 & 第一批.csv", CSV);
    await page.getByText(t.upload.checked("3", "4")).waitFor();
    expect(await page.getByLabel("模型回答").inputValue()).toBe("answer");
    expect(await page.getByLabel("上下文2").inputValue()).toBe("contexts");
    expect(await page.getByLabel("备注").inputValue()).toBe("");
    await page.getByText(t.upload.passages("2"), { exact: true }).waitFor();
    const missing =
      view.locale === "zh-CN" ? "`answer` 缺失或为空" : "`answer` is missing or empty";
    expect(await page.getByText(missing).count()).toBe(2);
    await page.getByLabel("备注").selectOption("tag");
    await page.getByLabel(t.submission.tags, { exact: false }).last().fill("来源=上传");
    await takeScreenshot(page, `upload-matched-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: t.upload.downloadBad }).click();
    const list = readFileSync(await (await download).path(), "utf8");
    // The line the row begins at, though the first sample spans two.
    expect(list).toContain(`,5,${missing}`);

    await page.getByRole("button", { name: t.upload.send("3"), exact: true }).click();
    const card = page.getByRole("article");
    await card.getByText(t.status.completed).waitFor();
    await takeScreenshot(page, `upload-done-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    await page.reload();
    await card.getByText(t.status.completed).waitFor();
    const id = new URL(page.url()).searchParams.get("job");
    const job = (await (await fetch(`${site.origin}/api/score/jobs/${id}`)).json()) as Job;
    expect(job).toMatchObject({
      name: "样本 & 第一批",
      tags: { 来源: "上传" },
      // The row without an answer is a sample without scores.
      progress: { done: 3, failed: 1, total: 4 },
      bad_rows: 0,
    });
    await card.getByRole("link", { name: t.jobs.viewReport }).click();
    await page.getByRole("heading", { level: 1, name: t.report.title }).waitFor();
    await page.goBack();
    await card.waitFor();
    expect(complaints).toEqual([]);
  });

  it("takes an Excel workbook dropped on it, and nothing leaves before the button", async () => {
    const t = wordsOf(WIDE);
    const { page, complaints } = await openUpload(WIDE);
    const posts: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") posts.push(request.url());
    });
    const bytes = Buffer.from(
      makeXlsx([
        ["Query", "Reply", "reference"],
        ["How long?", "Two years.", "Two years."],
      ]),
    );
    // As text, because these lines run in the browser and know its globals only.
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      const raw = Uint8Array.from(atob("${bytes.toString("base64")}"), (sign) => sign.charCodeAt(0));
      data.items.add(new File([raw], "eval.xlsx"));
      return data;
    })()`);
    const zone = page.locator("label", { hasText: t.upload.drop });
    await zone.dispatchEvent("dragover", { dataTransfer: transfer });
    await zone.dispatchEvent("drop", { dataTransfer: transfer });
    await page.getByText(t.upload.needed(t.upload.targets.answer)).waitFor();
    expect(await page.getByRole("button", { name: /^给/ }).isDisabled()).toBe(true);
    await page.getByLabel("Reply").selectOption("answer");
    await page.getByText(t.upload.checked("1", "1")).waitFor();
    expect(await page.getByRole("button", { name: t.upload.send("1") }).isEnabled()).toBe(true);
    expect(posts).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("says what is wrong with a file, and what the server refuses", async () => {
    const t = wordsOf(WIDE);
    const { page } = await openUpload(WIDE);
    await choose(page, "a.xlsx", new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]));
    await page.getByRole("alert").getByText(t.upload.problems.brokenExcel).waitFor();
    await choose(page, "a.pdf", new Uint8Array([0x25, 0x50, 0, 0]));
    await page.getByRole("alert").getByText(t.upload.problems.binary).waitFor();
    await takeScreenshot(page, "upload-problem");
    await choose(page, "a.csv", "question,answer\nq,a\n");
    await page.getByText(t.upload.checked("1", "1")).waitFor();
    await page.getByLabel(t.submission.judge, { exact: true }).selectOption("llm");
    await page.getByRole("button", { name: t.upload.send("1") }).click();
    await page.getByRole("alert").getByText("#/judge").waitFor();
    await page.route("**/api/score/batch*", (route) => route.abort());
    await page.getByRole("button", { name: t.upload.send("1") }).click();
    await page.getByRole("alert").getByText(t.error.network).waitFor();
    await takeScreenshot(page, "upload-refused");
  });
});
