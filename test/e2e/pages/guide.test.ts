import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { PAGES } from "../../../src/cli/docs/guide/pages.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, PAIRED_VIEWS, VIEWS, type View, WIDE } from "./open-page.ts";

const ENGLISH: View = { locale: "en-US", colorScheme: "light", width: 1440 };

/** Questions people ask, in their words, and what the heading that answers it is called. */
const ASKED = {
  zh: [
    ["怎么给 Dify 应用打分", "怎样给我的 Dify 应用的回答打分？"],
    ["会不会拖慢对话", "打分会拖慢对话吗？"],
    ["ToolSSRFError", "Dify 提示请求失败，怎么办？"],
    ["忠实度 不适用", "为什么“忠实度”显示不适用？"],
    ["没有标准答案", "一定要有标准答案吗？"],
    ["国内模型怎么填", "用哪个模型评判？国内模型怎么填？"],
    ["没有密钥 模型", "没有模型能用吗？"],
    ["费用 多少钱", "要花多少钱？"],
    ["中国大陆 访问", "中国大陆能访问吗？"],
    ["任务一直排队", "任务一直排队"],
  ],
  en: [
    ["score my dify app", "How do I score the answers of my Dify app?"],
    ["slower chat", "Does scoring make my chat slower?"],
    ["ToolSSRFError", "Dify says that the request failed. What now?"],
    ["faithfulness n/a", "Why is my faithfulness n/a?"],
    ["reference answers", "Do I need reference answers?"],
    ["deepseek", "Which model can judge?"],
    ["without a model", "Can I use it without a model?"],
    ["cost", "What does it cost?"],
    ["mainland china", "Can it be reached from mainland China?"],
    ["stays queued", "My job stays queued"],
  ],
} as const;

/** The words a search shows, without what stands below each. */
async function search(page: Page, query: string): Promise<string[]> {
  await page.getByRole("combobox").fill(query);
  await page.locator("#found li").first().waitFor();
  return page.locator("#found li b").allTextContents();
}

describePages("the guide", (site) => {
  it("leads to one's language, and from there each question is one click away", async () => {
    for (const view of [WIDE, ENGLISH]) {
      const { page, complaints } = await site.openPage(view);
      const language = view.locale === "zh-CN" ? "zh" : "en";
      await page.goto(`${site.origin}/guide`);
      await page.waitForURL(`${site.origin}/guide/${language}/`);
      const links = ASKED[language].map(([, name]) =>
        page.getByRole("link", { name, exact: true }),
      );
      const addresses = await Promise.all(links.map((link) => link.getAttribute("href")));
      await links[0]?.click();
      await page.waitForURL(`${site.origin}${addresses[0]}`);
      for (const [at, [, question]] of ASKED[language].entries()) {
        const heading = page.getByRole("heading", { name: question });
        expect(addresses[at]).toBe(`/guide/${language}/faq#${await heading.getAttribute("id")}`);
      }
      expect(complaints).toEqual([]);
    }
  });

  it("finds what people ask, in their words, in both languages", async () => {
    for (const view of [WIDE, ENGLISH]) {
      const { page } = await site.openPage(view);
      const language = view.locale === "zh-CN" ? "zh" : "en";
      await page.goto(`${site.origin}/guide/${language}/concepts`);
      for (const [query, question] of ASKED[language]) {
        const found = await search(page, query);
        expect(found.slice(0, 5), query).toContain(question);
      }
      expect(await search(page, "zzzzqqqq")).toEqual([]);
      await search(page, ASKED[language][3][0]);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      const chosen = page.locator("#found [aria-selected=true]");
      const address = await chosen.getAttribute("data-address");
      expect(address).toMatch(new RegExp(`^/guide/${language}/[a-z]`));
      await page.keyboard.press("Enter");
      await page.waitForURL(`${site.origin}${address}`);
    }
  });

  it("is reached by the keyboard alone: / searches, Escape ends it", async () => {
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/guide/zh/`);
    await page.keyboard.press("/");
    await page.keyboard.type("门禁");
    await page.locator("#found li").first().waitFor();
    expect(await page.getByRole("combobox").getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("Escape");
    expect(await page.locator("#found").isHidden()).toBe(true);
  });

  it.each(PAIRED_VIEWS)(
    "calls no other host and complains of nothing on every page, $locale $colorScheme $width",
    async (view) => {
      const { page, complaints } = await site.openPage(view);
      const language = view.locale === "zh-CN" ? "zh" : "en";
      const foreign: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(site.origin)) foreign.push(request.url());
      });
      for (const id of ["", ...PAGES.map((one) => one.id)]) {
        await page.goto(`${site.origin}/guide/${language}/${id}`);
        // Long references would take the checker minutes, and are made of what shorter pages have.
        if (VIEWS.includes(view) && id !== "api" && id !== "metrics") {
          expect(await findViolations(page), id).toEqual([]);
        }
        const sideways = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(sideways, id).toBeLessThanOrEqual(0);
        if (["", "start", "concepts", "faq", "comparison", "scale"].includes(id)) {
          await takeScreenshot(page, `guide-${id || "home"}-${nameOf(view)}`);
        }
      }
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it.each(VIEWS)("lets each route be tried where it is described, $locale", async (view) => {
    const { page, complaints } = await site.openPage(view);
    const isChinese = view.locale === "zh-CN";
    await page.goto(`${site.origin}/docs`);
    const attempt = page.locator('details.try[data-method="POST"][data-path="/api/score"]');
    await attempt.getByText(isChinese ? "试一试" : "Try it").click();
    await attempt.getByLabel(isChinese ? "请求体，JSON" : "Body, JSON").fill(
      JSON.stringify({
        question: "年假？",
        answer: "10天。",
        contexts: ["年假10天。"],
        judge: "offline",
      }),
    );
    expect(await findViolations(page)).toEqual([]);
    await attempt.getByRole("button", { name: isChinese ? "发送" : "Send" }).click();
    await expect
      .poll(() => attempt.locator("pre").textContent())
      .toMatch(/^200 [\s\S]*"faithfulness"/);
    const job = page.locator('details.try[data-method="GET"][data-path="/api/score/jobs/{id}"]');
    await job.locator("summary").click();
    await job.getByLabel("id", { exact: true }).fill("job_nothing");
    await job.getByRole("button").click();
    await expect.poll(() => job.locator("pre").textContent()).toMatch(/^404 /);
    // The browser says so of every answer that is no success.
    expect(complaints.filter((one) => !one.includes("404"))).toEqual([]);
  });

  it("gives each page as Markdown, and agents a list of them", async () => {
    const list = await (await fetch(`${site.origin}/llms.txt`)).text();
    const links = [...list.matchAll(/\]\((\/guide\/[^)]+\.md)\)/g)].map(([, path]) => path ?? "");
    expect(links).toHaveLength(2 * PAGES.length);
    for (const link of links) {
      const answer = await fetch(`${site.origin}${link}`);
      expect(answer.status, link).toBe(200);
      expect(answer.headers.get("content-type")).toMatch(/^text\/markdown/);
      const text = await answer.text();
      expect(text).toMatch(/^# /);
      const inner = [...text.matchAll(/\]\((\/guide\/[^)#]+\.md)/g)].map(([, path]) => path ?? "");
      expect(inner.filter((path) => !links.includes(path))).toEqual([]);
    }
  });
});
