import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { PAGES } from "../../../src/cli/docs/guide/pages.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, PAIRED_VIEWS, type View, WIDE } from "./open-page.ts";

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
      for (const [, question] of ASKED[language]) {
        await page.goto(`${site.origin}/guide/${language}/`);
        await page.getByRole("link", { name: question, exact: true }).click();
        await page.waitForURL(new RegExp(`/guide/${language}/faq#`));
        const heading = page.getByRole("heading", { name: question });
        await expect
          .poll(() => heading.evaluate((node) => node.getBoundingClientRect().top < 900))
          .toBe(true);
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
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/guide\/(zh|en)\/[a-z]+/);
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

  it("calls no other host, complains of nothing and has no violation, on every page", async () => {
    for (const view of PAIRED_VIEWS) {
      const { page, complaints } = await site.openPage(view);
      const language = view.locale === "zh-CN" ? "zh" : "en";
      const foreign: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(site.origin)) foreign.push(request.url());
      });
      for (const id of ["", ...PAGES.map((one) => one.id)]) {
        await page.goto(`${site.origin}/guide/${language}/${id}`);
        // Long references would take the checker minutes, and are made of what shorter pages have.
        if (id !== "api" && id !== "metrics") expect(await findViolations(page), id).toEqual([]);
        const sideways = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(sideways, `${id} ${nameOf(view)}`).toBeLessThanOrEqual(0);
        if (["", "start", "concepts", "faq", "comparison"].includes(id)) {
          await takeScreenshot(page, `guide-${id || "home"}-${nameOf(view)}`);
        }
      }
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
    }
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
