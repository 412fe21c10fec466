import { html, raw } from "hono/html";
import type { Found } from "../../../contract/guide.ts";
import type { Language } from "../../../contract/outcome.ts";
import { addressOf, type GuidePage, LANGUAGES, PAGES, SECTIONS, WORDS } from "./pages.ts";
import { type ReadPage, readPage } from "./read-page.ts";

/** What the build has made of style and script, by address. */
export interface GuideAssets {
  styles: readonly string[];
  script: string;
}

/** Every file of the guide by its name in `dist`: pages, the same as Markdown, what the search reads, and `llms.txt`. */
export async function renderGuide(
  assets: GuideAssets,
  repository: string | null,
): Promise<Record<string, string>> {
  const files: Record<string, string> = { "guide/index.html": await renderChoice(assets) };
  for (const language of LANGUAGES) {
    const read = PAGES.map((page) => ({ page, ...readPage(page, language, repository) }));
    files[`guide/${language}/index.html`] = await renderHome(language, assets, read);
    for (const [at, one] of read.entries()) {
      files[`guide/${language}/${one.page.id}.html`] = await renderPage(language, assets, one, {
        previous: PAGES[at - 1],
        next: PAGES[at + 1],
      });
      files[`guide/${language}/${one.page.id}.md`] = one.markdown;
    }
    const found = read.flatMap(({ page, sections }) => findable(page, sections, language));
    files[`guide/${language}/search.json`] = JSON.stringify(found);
  }
  files["llms.txt"] = renderLlmsText();
  return files;
}

function findable(page: GuidePage, sections: ReadPage["sections"], language: Language): Found[] {
  return sections.map(({ depth, text, anchor, body }) => ({
    page: page.label[language],
    heading: text,
    body,
    address: addressOf(page, language) + (depth === 1 ? "" : `#${anchor}`),
  }));
}

/** For who comes by `/guide`: the script goes on to the language that is read; without it one chooses. */
function renderChoice(assets: GuideAssets) {
  const choices = LANGUAGES.map(
    (language) =>
      html`<p lang="${WORDS[language].htmlLang}"><a href="/guide/${language}/">${WORDS[language].title}</a> · ${WORDS[language].tagline}</p>`,
  );
  return render(
    { language: "en", title: WORDS.en.title, assets, isChoice: true },
    html`<main class="choice"><h1>Touchstone 试金石</h1>${choices}</main>`,
  );
}

function renderHome(
  language: Language,
  assets: GuideAssets,
  read: readonly (ReadPage & { page: GuidePage })[],
) {
  const words = WORDS[language];
  const questions = read
    .filter(({ page }) => page.id === "faq")
    .flatMap(({ sections }) => sections.filter(({ depth }) => depth === 3));
  const body = html`<article>
<h1>${words.title}</h1>
<p class="lead">${words.tagline}</p>
${SECTIONS.filter(({ pages }) => pages[0]?.id !== "faq").map(
  ({ title, pages }) => html`<h2>${title[language]}</h2>
<ul class="cards">${pages.map(
    (page) =>
      html`<li><a href="${addressOf(page, language)}"><b>${page.label[language]}</b><span>${page.about[language]}</span></a></li>`,
  )}</ul>`,
)}
<h2 id="questions">${words.questions}</h2>
<ul class="questions">${questions.map(({ text, anchor }) => html`<li><a href="/guide/${language}/faq#${anchor}">${text}</a></li>`)}</ul>
</article>`;
  return render(
    { language, title: words.title, assets, here: null },
    frame(language, null, body, null),
  );
}

function renderPage(
  language: Language,
  assets: GuideAssets,
  { page, html: content, sections }: ReadPage & { page: GuidePage },
  { previous, next }: { previous: GuidePage | undefined; next: GuidePage | undefined },
) {
  const words = WORDS[language];
  const listed = sections.filter(({ depth }) => depth === 2 || depth === 3);
  // A long reference lists its parts, not each of their entries.
  const contents = listed.length > 60 ? listed.filter(({ depth }) => depth === 2) : listed;
  const body = html`<article>${raw(content)}</article>
<footer class="more">
${previous ? html`<a rel="prev" href="${addressOf(previous, language)}"><small>${words.previous}</small>${previous.label[language]}</a>` : html`<span></span>`}
${next ? html`<a rel="next" href="${addressOf(next, language)}"><small>${words.next}</small>${next.label[language]}</a>` : html`<span></span>`}
<a class="markdown" href="${addressOf(page, language)}.md">${words.markdown}</a>
</footer>`;
  const aside =
    contents.length < 2
      ? null
      : html`<aside aria-label="${words.onThisPage}" tabindex="0"><p>${words.onThisPage}</p><ul>${contents.map(
          ({ depth, text, anchor }) =>
            html`<li class="depth-${depth}"><a href="#${anchor}">${text}</a></li>`,
        )}</ul></aside>`;
  const title = `${page.label[language]} · ${words.title}`;
  return render({ language, title, assets, here: page }, frame(language, page, body, aside));
}

type Html = ReturnType<typeof html>;

function frame(language: Language, here: GuidePage | null, body: Html, aside: Html | null): Html {
  const words = WORDS[language];
  const links = SECTIONS.map(
    ({ title, pages }) => html`<p>${title[language]}</p>
<ul>${pages.map(
      (page) =>
        html`<li><a href="${addressOf(page, language)}"${page === here ? raw(' aria-current="page"') : ""}>${page.label[language]}</a></li>`,
    )}</ul>`,
  );
  return html`<a class="skip" href="#main">${words.skip}</a>
<header>
<a class="brand" href="/guide/${language}/"><svg viewBox="0 0 28 28" fill="none" aria-hidden="true"><path d="M7 19.5 20 6.5" stroke-width="3.4" stroke-linecap="round"/><path class="second" d="M12.5 22 22 12.8" stroke-width="1.7" stroke-linecap="round"/></svg><span>${words.title}</span></a>
<search><input id="search" type="search" role="combobox" autocomplete="off" spellcheck="false" aria-label="${words.search}" placeholder="${words.searchHint}" aria-controls="found" aria-expanded="false" aria-autocomplete="list"><ul id="found" role="listbox" aria-label="${words.search}" data-none="${words.noResult}" hidden></ul></search>
<a class="other" href="${otherAddress(language, here)}" lang="${language === "zh" ? "en" : "zh-CN"}" data-language="${language === "zh" ? "en" : "zh"}">${words.other}</a>
<a class="dashboard" href="/">${words.dashboard}</a>
</header>
<div class="frame">
<nav aria-label="${words.contents}" tabindex="0"><details><summary>${words.contents}</summary>${links}</details></nav>
<main id="main" tabindex="-1">${body}</main>
${aside ?? ""}
</div>`;
}

function otherAddress(language: Language, here: GuidePage | null): string {
  const other = language === "zh" ? "en" : "zh";
  return here ? addressOf(here, other) : `/guide/${other}/`;
}

interface Frame {
  language: Language;
  title: string;
  assets: GuideAssets;
  here?: GuidePage | null;
  isChoice?: boolean;
}

async function render(
  { language, title, assets, here, isChoice = false }: Frame,
  body: Html,
): Promise<string> {
  const alternates = isChoice
    ? []
    : LANGUAGES.map(
        (one) =>
          html`<link rel="alternate" hreflang="${WORDS[one].htmlLang}" href="${here ? addressOf(here, one) : `/guide/${one}/`}">`,
      );
  const page = await html`<!doctype html>
<html lang="${WORDS[language].htmlLang}"${isChoice ? raw(' data-choose=""') : ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${WORDS[language].tagline}">
<title>${title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${alternates}
${here ? html`<link rel="alternate" type="text/markdown" href="${addressOf(here, language)}.md">` : ""}
${assets.styles.map((style) => html`<link rel="stylesheet" href="${style}">`)}
<script src="/theme.js"></script>
<script type="module" src="${assets.script}"></script>
</head>
<body>
${body}
</body>
</html>
`;
  return page.toString();
}

function renderLlmsText(): string {
  const list = (language: Language) =>
    PAGES.map(
      (page) =>
        `- [${page.label[language]}](${addressOf(page, language)}.md): ${page.about[language]}`,
    );
  return [
    "# Touchstone 试金石",
    "",
    "> Scores the answers of retrieval-augmented generation (RAG) systems and says what to fix. POST question, answer, contexts and, if known, the reference answer to `/api/score/async`; the `job_id` comes at once, the report later.",
    "> 给 RAG 系统的回答打分，并告诉你先改什么：向 `/api/score/async` POST 问题、回答、检索内容与参考答案，立即得到 `job_id`，报告随后生成。",
    "",
    "Reading and writing need a key (`Authorization: Bearer …`) unless the server is open. Errors are `application/problem+json`. 除开放模式外，读写都需要密钥；错误均为 `application/problem+json`。",
    "",
    "## API",
    "",
    "- [Documentation 接口文档](/docs): every route, field and error code",
    "- [OpenAPI 3.1](/openapi.json): the same for machines",
    "- [OpenAPI 3.0 for Dify 自定义工具](/openapi-dify.json): tools for Dify's importer",
    "- [Model Context Protocol](/mcp): `POST`, streamable HTTP, the same key",
    "- [Health 健康检查](/api/health): version, judge, backlog, problems; needs no key",
    "",
    "## Guide",
    "",
    ...list("en"),
    "",
    "## 指南",
    "",
    ...list("zh"),
    "",
  ].join("\n");
}
