import { html, raw } from "hono/html";
import { Marked } from "marked";
import type { Language } from "../../contract/outcome.ts";
import { Submission } from "../../contract/submission.ts";
import { EXAMPLE } from "../../openapi/document.ts";
import { OPERATIONS, type Operation } from "../../openapi/operations.ts";
import { anchorOf } from "./anchors.ts";
import { GROUPS, renderApiReference } from "./api-reference.ts";

const WORDS = {
  en: {
    html: "en",
    title: "Touchstone API",
    contents: "Contents",
    guide: "Guide",
    tools: "For tools",
    other: "中文",
    attempt: "Try it",
    last: { access: "Access", errors: "Errors", warnings: "Warnings", schemas: "Schemas" },
    calling:
      "Send your key as `Authorization: Bearer …` or `X-API-Key: …`. Bodies are JSON, form or multipart. Times are ISO 8601 in UTC. Lists give `next_cursor`; send it back as `cursor`. Errors are `application/problem+json` with a `code`, a sentence that says what to do, and a `request_id`.",
  },
  zh: {
    html: "zh-CN",
    title: "试金石 API",
    contents: "目录",
    guide: "指南",
    tools: "供工具使用",
    other: "English",
    attempt: "试一试",
    last: { access: "权限", errors: "错误", warnings: "警告", schemas: "数据结构" },
    calling:
      "密钥放在 `Authorization: Bearer …` 或 `X-API-Key: …` 中；请求体为 JSON、表单或 multipart；时间为 UTC 的 ISO 8601。列表返回 `next_cursor`，把它作为 `cursor` 传回即可翻页。出错时返回 `application/problem+json`，含 `code`、一句说明办法的话和 `request_id`。",
  },
} as const;

/** `GET /docs`: the very reference of docs/api.md as a page, with a list of contents; nothing foreign. */
export async function renderDocs(
  origin: string,
  language: Language,
  script: string,
): Promise<string> {
  const words = WORDS[language];
  const other = language === "en" ? "zh" : "en";
  const markdown = pageMarkdown(words.attempt);
  const reference = renderApiReference(language).replace(/^# API\n[\s\S]*?(?=\n## )/, "");
  const page = await html`<!doctype html>
<html lang="${words.html}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>${raw(STYLE)}</style>
<script type="module" src="${script}"></script>
</head>
<body>
<nav aria-label="${words.contents}" tabindex="0">
<details><summary>${words.contents}</summary>
${Object.entries(GROUPS).map(
  ([section, title]) => html`<p>${title[language]}</p>
<ul>
${OPERATIONS.filter((operation) => operation.section === section).map(
  ({
    method,
    path,
  }) => html`<li><a href="#${anchorOf(`${method} ${path}`)}"><b>${method}</b> ${path.replace("/api/", "")}</a></li>
`,
)}</ul>`,
)}
${Object.values(words.last).map((part) => html`<p><a href="#${anchorOf(part)}">${part}</a></p>`)}
</details>
</nav>
<main>
<p><a href="/">← Touchstone 试金石</a> · <a href="/guide/${language}/">${words.guide}</a> · <a href="/docs?language=${other}" lang="${WORDS[other].html}">${words.other}</a></p>
<h1>API</h1>
<p>${words.tools}: <a href="/openapi.json">OpenAPI 3.1</a>,
<a href="/openapi-dify.json">OpenAPI 3.0 (Dify)</a>, MCP <code>${origin}/mcp</code>.</p>
${raw(markdown.parse(words.calling))}
<pre tabindex="0"><code>curl -s ${origin}/api/score/async \\
  -H 'Authorization: Bearer YOUR_KEY' -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(EXAMPLE, null, 2)}'</code></pre>
${raw(markdown.parse(reference))}
</main>
</body>
</html>`;
  return page.toString();
}

/** Headings one can link to, named as in docs/api.md, and tables that scroll by themselves on a narrow screen. */
function pageMarkdown(attempt: string): Marked {
  return new Marked({
    async: false,
    renderer: {
      heading({ tokens, depth, text }) {
        const heading = `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
        const operation = OPERATIONS.find(({ method, path }) => `${method} ${path}` === text);
        return operation ? heading + placeToTry(operation, attempt) : heading;
      },
    },
    hooks: {
      postprocess: (page) =>
        page
          .replaceAll("<table>", '<div class="table" tabindex="0"><table>')
          .replaceAll("</table>", "</table></div>"),
    },
  });
}

/** Filled by the script, and hidden without it; what takes bytes rather than JSON is not tried here. */
function placeToTry({ method, path, body, lenientBody }: Operation, attempt: string): string {
  const wants = body ?? lenientBody;
  if (wants === "upload") return "";
  const example = wants === Submission ? JSON.stringify(EXAMPLE, null, 2) : "{}";
  const place = html`<details class="try" data-method="${method}" data-path="${path}"${wants === undefined ? "" : html` data-body="${example}"`} hidden><summary>${attempt}</summary></details>`;
  return `${place}\n`;
}

/** Of `GET /docs`. Colours of the dashboard, in light and dark. */
const STYLE = `
  :root { color-scheme: light dark; --ink: light-dark(#1d252c, #e6e8ea); --paper: light-dark(#f6f6f2, #14191d);
    --card: light-dark(#fff, #1d252c); --line: light-dark(#d9dad4, #38424a); --link: light-dark(#7a5200, #e9b949); }
  * { box-sizing: border-box; }
  html { scroll-padding-top: 1rem; }
  body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6; overflow-wrap: anywhere;
    font-family: system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
  a { color: var(--link); }
  nav { padding: 1rem 1.25rem; font-size: .875rem; }
  nav summary { cursor: pointer; font-weight: 600; padding: .25rem 0; }
  nav p { margin: 1rem 0 .25rem; font-weight: 600; }
  nav ul { list-style: none; margin: 0; padding: 0; }
  nav li a { display: flex; align-items: baseline; padding: .2rem 0; text-decoration: none; color: inherit; }
  nav li a:hover { text-decoration: underline; }
  nav b { flex: 0 0 5.2em; font-size: .7em; text-transform: uppercase; color: var(--link); }
  main { max-width: 62rem; padding: 1rem 1.25rem 4rem; min-width: 0; }
  code { font-family: ui-monospace, monospace; font-size: .9em; }
  pre { overflow-x: auto; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card);
    overflow-wrap: normal; }
  .table { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
  table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .75rem; }
  td { border-top: 1px solid var(--line); min-width: 5rem; }
  td:last-child { min-width: 9rem; overflow-wrap: anywhere; }
  h1 { margin: .5rem 0; } h2 { margin: 3rem 0 0; } h3 { margin: 2rem 0 .25rem; font-size: 1.05rem; }
  main > ul { padding-left: 1.25rem; }
  .try { margin: .25rem 0 .75rem; } .try summary { cursor: pointer; color: var(--link); width: fit-content; }
  .try form { display: grid; gap: .5rem; max-width: 44rem; margin-top: .5rem; }
  .try label { display: grid; font-size: .875rem; }
  .try input, .try textarea { font: inherit; padding: .35rem .5rem; border: 1px solid var(--ink); border-radius: .375rem; background: var(--card); color: inherit; }
  .try textarea { font-family: ui-monospace, monospace; font-size: .8125rem; }
  .try button { justify-self: start; font: inherit; padding: .35rem 1.25rem; border: 0; border-radius: .375rem; background: var(--link); color: var(--paper); cursor: pointer; }
  .try pre { max-height: 24rem; overflow: auto; margin: 0; font-size: .8125rem; }
  @media (max-width: 40rem) { th, td { padding: .4rem .5rem; } td { min-width: 3.5rem; } }
  @media (min-width: 64rem) {
    nav summary { display: none; } nav details::details-content { content-visibility: visible; height: auto; }
    body { display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
    nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; border-right: 1px solid var(--line); }
    main { padding: 1rem 2.5rem 4rem; }
  }
`;
