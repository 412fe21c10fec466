import type { Language } from "../../../contract/outcome.ts";

// The pages of `/guide`: what they are made of, in the order people need them.

export const LANGUAGES: readonly Language[] = ["en", "zh"];

type Words = Readonly<Record<Language, string>>;

export interface GuidePage {
  /** Part of its address: `/guide/zh/faq`. */
  id: string;
  sources: Words;
  /** In the navigation. */
  label: Words;
  /** On the first page: what it answers. */
  about: Words;
}

export interface GuideSection {
  title: Words;
  pages: readonly GuidePage[];
}

export const SECTIONS: readonly GuideSection[] = [
  {
    title: { en: "Start", zh: "入门" },
    pages: [
      page(
        "start",
        "README.md",
        ["Quick start", "快速开始"],
        [
          "Two commands, Dify in three steps, every setting",
          "两条命令跑起来，三步接入 Dify，全部设置",
        ],
      ),
      page(
        "dify",
        "examples/dify/README.md",
        ["Dify", "接入 Dify"],
        ["Ready-made apps, the HTTP node field by field", "现成的应用，HTTP 节点逐项填写"],
      ),
      page(
        "traces",
        "examples/traces/README.md",
        ["Live traffic", "线上流量"],
        ["Runs that come in by themselves, as traces", "以 trace 的形式自动送来每次运行"],
      ),
      page(
        "concepts",
        "docs/concepts.md",
        ["Concepts", "概念"],
        ["From an answer to a report, in pictures", "用图说明：从回答到报告"],
      ),
    ],
  },
  {
    title: { en: "Use", zh: "使用" },
    pages: [
      page(
        "experiments",
        "docs/experiments.md",
        ["Test sets", "测试集与实验"],
        ["Change something, run again, see what got worse", "改一处，再跑一次，看哪里变差"],
      ),
      page(
        "ci",
        "docs/ci.md",
        ["CI and command line", "CI 与命令行"],
        ["GitHub, GitLab, exit codes", "GitHub、GitLab、退出码"],
      ),
      page(
        "python",
        "clients/python/README.md",
        ["Python", "Python"],
        ["The client, and a pytest fixture", "客户端与 pytest 断言"],
      ),
      page(
        "javascript",
        "clients/js/README.md",
        ["JavaScript", "JavaScript"],
        ["The client, and matchers for vitest and jest", "客户端与 vitest、jest 断言"],
      ),
    ],
  },
  {
    title: { en: "Reference", zh: "参考" },
    pages: [
      page(
        "metrics",
        "docs/metrics.md",
        ["Metrics", "指标"],
        ["Formula, range and needs of every metric", "每个指标的公式、范围与所需输入"],
      ),
      page(
        "api",
        "docs/api.md",
        ["API", "API"],
        ["Every route, field and error code", "每个接口、字段与错误码"],
      ),
      page(
        "comparison",
        "docs/comparison.md",
        ["Comparison", "对比"],
        ["Measured beside Ragas, read of the others", "与 Ragas 并列实测，其他产品的查证"],
      ),
    ],
  },
  {
    title: { en: "Operate", zh: "运维" },
    pages: [
      page(
        "operations",
        "docs/operations.md",
        ["Operations", "部署与运维"],
        ["Deploy, back up, rotate keys, costs", "部署、备份、轮换密钥、费用"],
      ),
      page(
        "scale",
        "docs/scale.md",
        ["Scale", "扩展"],
        [
          "What breaks first at 10, 100 and 1,000 jobs a second",
          "每秒 10、100、1,000 个任务时先到哪个上限",
        ],
      ),
      page(
        "security",
        "SECURITY.md",
        ["Security", "安全"],
        ["What is protected, and how it is proven", "保护什么，由什么证明"],
      ),
    ],
  },
  {
    title: { en: "Questions", zh: "常见问题" },
    pages: [
      page(
        "faq",
        "docs/faq.md",
        ["Questions", "常见问题"],
        ["What people ask, Dify teams first", "大家常问的，Dify 用户的在前"],
      ),
    ],
  },
];

export const PAGES: readonly GuidePage[] = SECTIONS.flatMap(({ pages }) => pages);

type Pair = readonly [en: string, zh: string];

function page(id: string, source: string, label: Pair, about: Pair): GuidePage {
  const both = ([en, zh]: Pair) => ({ en, zh });
  const sources = { en: source, zh: source.replace(/\.md$/, ".zh.md") };
  return { id, sources, label: both(label), about: both(about) };
}

/** Where a page of the repository is read in the guide; null: it is no page of it. */
export function guideAddress(path: string, language: Language): string | null {
  const found = PAGES.find(({ sources }) => Object.values(sources).includes(path));
  return found ? addressOf(found, language) : null;
}

export function addressOf({ id }: GuidePage, language: Language): string {
  return `/guide/${language}/${id}`;
}

export const WORDS = {
  en: {
    htmlLang: "en",
    title: "Touchstone guide",
    home: "Guide",
    tagline: "Scores the answers of RAG systems and says what to fix.",
    search: "Search the guide",
    searchHint: "Press / to search",
    noResult: "Nothing found",
    contents: "Pages",
    onThisPage: "On this page",
    dashboard: "Dashboard",
    other: "中文",
    markdown: "This page as Markdown",
    next: "Next",
    previous: "Previous",
    skip: "To the text",
    questions: "What people ask",
  },
  zh: {
    htmlLang: "zh-CN",
    title: "试金石指南",
    home: "指南",
    tagline: "给 RAG 系统的回答打分，并告诉你先改什么。",
    search: "搜索指南",
    searchHint: "按 / 搜索",
    noResult: "没有找到",
    contents: "目录",
    onThisPage: "本页内容",
    dashboard: "控制台",
    other: "English",
    markdown: "本页的 Markdown",
    next: "下一页",
    previous: "上一页",
    skip: "跳到正文",
    questions: "大家常问",
  },
} as const;
